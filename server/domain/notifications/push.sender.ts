// Sends notices on to devices: each once, again when a push service was busy, never to a login that is over. The hub makes one.
import { createHash } from 'node:crypto';
import { directionOf, type Locale } from '#shared/locales.ts';
import { noticePath, PUSH_KINDS, PUSH_WORDS, type PushPayload } from '#shared/push.words.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import type { NotificationEvents } from './notifications.events.ts';
import type { Due, NotificationsRepository, Outgoing } from './notifications.repository.ts';
import type { Post } from './push.post.ts';
import { quietUntil } from './push.quiet.ts';
import type { Device, PushRepository } from './push.repository.ts';

/** What encrypts and signs: RFC 8291 and 8292. */
export type Seal = (
  device: Pick<Device, 'endpoint' | 'p256dh' | 'auth'>,
  text: string,
  how: { ttl: number; urgency: 'high' | 'normal'; topic: string },
) => Promise<{ headers: Record<string, string>; body: Buffer }>;

export interface PushSenderParts {
  notices: Pick<NotificationsRepository, 'due' | 'nobodys' | 'claim' | 'pushed' | 'pushLater'>;
  push: Pick<PushRepository, 'haveSome' | 'ofUser' | 'remove' | 'reached' | 'rest' | 'quiet'>;
  /** Those of these logins that hold. */
  alive(sessionIds: string[]): Promise<Set<string>>;
  localeOf(userId: string): Promise<Locale | null>;
  seal: Seal;
  post: Post;
  bus: Pick<EventBus<NotificationEvents>, 'on'>;
  clock: Clock;
  log: Logger;
}

/** So long a notice belongs to the process that took it: longer than any device can keep it. */
const LEASE_MS = 60_000;
const DEVICES = 50;
/** Notices on their way at once; each waits for the slowest of its own devices only. */
const AT_ONCE = 64;
const BACKOFF_MS = { first: 5_000, most: 15 * 60_000 };
/** However long a push service wants to be left alone. */
const REST_MS = 24 * 60 * 60_000;
/** All messages are so long, so that their length says nothing. */
const LENGTH = 512;

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 32);

/** Seconds or a date, as moments; null when it says neither. */
function retryAt(header: string | null, now: Date): number {
  if (header === null) return 0;
  if (/^\d{1,8}$/.test(header)) return now.getTime() + Number(header) * 1000;
  return Date.parse(header) || 0;
}

export type PushSender = ReturnType<typeof createPushSender>;

export function createPushSender(parts: PushSenderParts) {
  const { notices, push, alive, localeOf, seal, post, bus, clock, log } = parts;
  const underWay = new Map<string, Promise<void>>();
  let looking: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  function payloadOf({ id, kind, params }: Outgoing, locale: Locale): string {
    const url = noticePath(params);
    const title = PUSH_WORDS[PUSH_KINDS[kind].words][locale];
    const payload: PushPayload = { id, tag: hash(url), title, lang: locale, dir: directionOf(locale), url };
    const text = JSON.stringify(payload);
    return text + ' '.repeat(Math.max(0, LENGTH - Buffer.byteLength(text)));
  }

  /** When to try this device again; null: done with it. */
  async function toDevice(notice: Outgoing, device: Device, text: string): Promise<Date | null> {
    const left = Math.floor((notice.until.getTime() - clock.now().getTime()) / 1000);
    const urgency = PUSH_KINDS[notice.kind].waiting ? 'high' : 'normal';
    let status = 0;
    let wanted = 0;
    try {
      const topic = hash(`${device.id} ${noticePath(notice.params)}`);
      const { headers, body } = await seal(device, text, { ttl: Math.max(0, left), urgency, topic });
      const answer = await post(device.endpoint, headers, body);
      status = answer.status;
      wanted = retryAt(answer.retryAfter, clock.now());
    } catch (error) {
      // never the error itself: it has the address in it
      log.info({ code: (error as { code?: unknown }).code ?? 'unknown' }, 'a push service did not answer');
    }
    if (status === 404 || status === 410) {
      await push.remove([device.id]);
      return null;
    }
    if (status >= 200 && status < 300) {
      await notices.pushed(notice.id, device.id);
      if (device.failures > 0) await push.reached(device.id);
      return null;
    }
    if (status === 0 || status === 429 || status >= 500) {
      const failures = device.failures + 1;
      const pause = Math.min(BACKOFF_MS.first * 2 ** (failures - 1), BACKOFF_MS.most);
      const now = clock.now().getTime();
      const until = new Date(Math.min(Math.max(now + pause, wanted), now + REST_MS));
      await push.rest(device.id, until, failures);
      return until;
    }
    log.warn({ status }, 'a push service refused');
    await notices.pushed(notice.id, device.id);
    return null;
  }

  /** When to look at this notice again; null: it is done. */
  async function deliver(notice: Outgoing): Promise<Date | null> {
    const now = clock.now();
    if (notice.read || notice.until <= now) return null;
    const devices = (await push.ofUser(notice.userId, DEVICES)).filter(({ id }) => !notice.done.includes(id));
    if (devices.length === 0) return null;
    const holds = await alive([...new Set(devices.map(({ sessionId }) => sessionId))]);
    const over = devices.filter(({ sessionId }) => !holds.has(sessionId));
    if (over.length > 0) await push.remove(over.map(({ id }) => id));
    const locale = await localeOf(notice.userId);
    if (locale === null) return null;
    if (!PUSH_KINDS[notice.kind].waiting) {
      const quiet = quietUntil(await push.quiet(notice.userId), now);
      if (quiet) return quiet;
    }
    const text = payloadOf(notice, locale);
    const open = devices.filter((device) => !over.includes(device));
    const next = await Promise.all(
      open.map((device) =>
        device.restUntil && device.restUntil > now ? device.restUntil : toDevice(notice, device, text),
      ),
    );
    const times = next.flatMap((at) => (at ? [at.getTime()] : []));
    return times.length === 0 ? null : new Date(Math.min(...times));
  }

  async function one(found: Due): Promise<void> {
    const notice = await notices.claim(found, new Date(clock.now().getTime() + LEASE_MS));
    if (!notice) return;
    const next = await deliver(notice);
    await notices.pushLater(notice.id, next && next < notice.until ? next : null);
  }

  function start(found: Due): void {
    const run = one(found)
      // it belongs to nobody again when its lease is over
      .catch((error: unknown) => log.warn({ err: error }, 'a notice not sent on yet'))
      .finally(() => {
        underWay.delete(found.id);
        if (underWay.size === AT_ONCE - 1) look();
      });
    underWay.set(found.id, run);
  }
  async function round(): Promise<void> {
    do {
      again = false;
      if (underWay.size >= AT_ONCE) return;
      const now = clock.now();
      // those under way are among them until they are taken
      const due = (await notices.due(now, AT_ONCE)).filter(({ id }) => !underWay.has(id));
      if (due.length === 0) continue;
      const reached = await push.haveSome([...new Set(due.map(({ userId }) => userId))]);
      const { here = [], nobodys = [] } = Object.groupBy(due, ({ userId }) =>
        reached.has(userId) ? 'here' : 'nobodys',
      );
      for (const found of here.slice(0, AT_ONCE - underWay.size)) start(found);
      if (nobodys.length === 0) continue;
      await notices.nobodys(
        nobodys.map(({ id }) => id),
        now,
      );
      // there may be more behind them
      again = true;
    } while (again);
  }
  /** Does not wait for anybody. */
  function look(): void {
    again = true;
    if (looking || stopped) return;
    looking = round()
      .catch((error: unknown) => log.warn({ err: error }, 'notices for devices not looked for'))
      .finally(() => {
        looking = null;
        if (again) look(); // came while the last round ended
      });
  }
  bus.on('notice.created', look);

  /** Resolves when nothing is on its way in this process. */
  async function settled(): Promise<void> {
    while (looking ?? underWay.size > 0) await Promise.all([looking, ...underWay.values()]);
  }

  return {
    look,
    settled,
    /** Begins nothing new; what is on its way has `ms` to end. Another process takes the rest up. */
    async stop(ms: number): Promise<void> {
      stopped = true;
      await Promise.race([settled(), new Promise((resolve) => setTimeout(resolve, ms).unref())]);
    },
  };
}
