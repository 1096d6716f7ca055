// A phone whose browser can be told something: its worker is the real one, its push service ours. End-to-end tests only.
import type { Page } from 'playwright';
import type { PushServiceOfOurs, TestDevice } from './push-service.ts';
import type { Site, Visitor } from './site.ts';
import { until } from './sockets.ts';

export interface Phone extends Visitor {
  device: TestDevice;
  origin: string;
}

/**
 * Headless Chromium shows no notifications and knows no push service: what it would ask her and what it would subscribe to
 * are ours here; page, hub, push service and worker are the real ones.
 */
export async function visitPhone(
  { site, service }: { site: Site; service: PushServiceOfOurs },
  userName: string,
  answer: 'granted' | 'denied',
): Promise<Phone> {
  const device = service.device();
  const visitor = await site.visit();
  const { endpoint, p256dh, auth } = device;
  await visitor.context.addInitScript(
    ({ json, said }) => {
      const kept = (name: string) => localStorage.getItem(`test ${name}`);
      const subscription = {
        toJSON: () => json,
        unsubscribe: () => Promise.resolve(localStorage.removeItem('test on')),
      };
      Object.defineProperty(Notification, 'permission', { get: () => kept('permission') ?? 'default' });
      Notification.requestPermission = () => {
        localStorage.setItem('test permission', said);
        localStorage.setItem('test asked', String(Number(kept('asked')) + 1));
        return Promise.resolve(said);
      };
      PushManager.prototype.getSubscription = () => Promise.resolve(kept('on') ? (subscription as never) : null);
      PushManager.prototype.subscribe = (options) => {
        localStorage.setItem('test on', JSON.stringify(options));
        return Promise.resolve(subscription as never);
      };
    },
    { json: { endpoint, keys: { p256dh, auth } }, said: answer },
  );
  await site.signIn(visitor, userName);
  return { ...visitor, device, origin: site.origin };
}
export const asked = (page: Page) => page.evaluate(() => Number(localStorage.getItem('test asked')));
/** The app's own worker; the one that keeps the help for strangers is another. */
const workerOf = (context: Visitor['context']) =>
  context.serviceWorkers().find((worker) => !worker.url().endsWith('/help-worker.js'));

/** What the hub sent arrives at her worker; answers all that it has shown. */
export async function arrives({ page, context, origin }: Phone, text: string): Promise<Record<string, unknown>[]> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const worker = workerOf(context);
  if (!worker) throw new Error('no worker');
  type Shown = typeof globalThis & { shown?: Record<string, unknown>[]; registration: Record<string, unknown> };
  await worker.evaluate(() => {
    const self = globalThis as Shown;
    const shown = (self.shown ??= []);
    self.registration['getNotifications'] = () => Promise.resolve(shown);
    self.registration['showNotification'] = (title: string, options: object) => {
      shown.push({ title, ...options });
      return Promise.resolve();
    };
  });
  const before = await worker.evaluate(() => (globalThis as Shown).shown?.length ?? 0);
  const session = (await context.newCDPSession(page)) as unknown as {
    on(name: string, heard: (event: { registrations: { registrationId: string; scopeURL: string }[] }) => void): void;
    send(name: string, params?: object): Promise<unknown>;
    detach(): Promise<void>;
  };
  const ids: string[] = [];
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const own = registrations.filter(({ scopeURL }) => new URL(scopeURL).pathname === '/');
    ids.push(...own.map(({ registrationId }) => registrationId));
  });
  await session.send('ServiceWorker.enable');
  await until('the registration is known', () => ids.length > 0);
  const message = { origin, registrationId: ids[0], data: text };
  await session.send('ServiceWorker.deliverPushMessage', message);
  const all = () => worker.evaluate(() => (globalThis as Shown).shown ?? []);
  await until('it is shown', async () => (await all()).length > before);
  await session.detach();
  return all();
}
/** She taps on a notification about this page. */
export async function taps({ context }: Visitor, url: string): Promise<void> {
  await workerOf(context)?.evaluate(async (path) => {
    type Worker = typeof globalThis & { ExtendableEvent: typeof Event; dispatchEvent(event: Event): boolean };
    const worker = globalThis as Worker;
    const waits: Promise<unknown>[] = [];
    const notification = { close: () => undefined, data: { url: path } };
    const waitUntil = (work: Promise<unknown>) => void waits.push(work);
    worker.dispatchEvent(Object.assign(new worker.ExtendableEvent('notificationclick'), { notification, waitUntil }));
    await Promise.all(waits);
  }, url);
}
/** Her browser gives her device another address, by itself. */
export async function moves({ page, context }: Visitor, { endpoint, p256dh, auth }: TestDevice): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const json = { endpoint, keys: { p256dh, auth } };
  await workerOf(context)?.evaluate(async (given) => {
    type Worker = typeof globalThis & { ExtendableEvent: typeof Event; dispatchEvent(event: Event): boolean };
    const worker = globalThis as Worker;
    const waits: Promise<unknown>[] = [];
    const newSubscription = { toJSON: () => given };
    const waitUntil = (work: Promise<unknown>) => void waits.push(work);
    worker.dispatchEvent(
      Object.assign(new worker.ExtendableEvent('pushsubscriptionchange'), { newSubscription, waitUntil }),
    );
    await Promise.all(waits);
  }, json);
}
