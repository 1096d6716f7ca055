/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true" />
/// <reference lib="esnext" />
/// <reference lib="webworker" />
// Keeps the shell, the offline page and the help page for times without network. Never a signed-in page, never a message.
import { build, files, version } from '$service-worker';
import type { PushPayload } from '#shared/push.words.ts';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const SHELL = `shell-${version}`;
/** Pages that belong to nobody. Fetched without cookies, so that no name can be in them. */
const PAGES = ['/offline', '/help'];
const ASSETS = [...build, ...files.filter((file) => !file.endsWith('robots.txt'))];
/** Where the cache notes in which language its pages are. */
const LANGUAGE = '/shell-language';

interface PushChange {
  oldSubscription: PushSubscription | null;
  newSubscription: PushSubscription | null;
}

/** She left: what is kept goes, also when her page is gone before it could see to that, and nothing brings it back. */
let left = false;
async function forget(): Promise<void> {
  left = true;
  // a second look: Chromium brought back an empty one that was being read while it was deleted
  for (let look = 0; look < 2; look++) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await hush().catch(() => undefined);
}
/** Nothing on the screen tells of her, and this browser is told no more: the hub's half is its own. */
async function hush(): Promise<void> {
  const { registration } = worker;
  for (const one of await registration.getNotifications()) one.close();
  await (await registration.pushManager.getSubscription())?.unsubscribe();
}

/** The shell that is kept; one that is empty was deleted as she left, and was only brought back by asking for it. */
async function keptShell(): Promise<Cache | null> {
  const cache = await caches.open(SHELL);
  if (!left && (await cache.match(ASSETS[0] ?? '/'))) return cache;
  await caches.delete(SHELL);
  return null;
}

async function keepPages(language: string | null): Promise<void> {
  const cache = await keptShell();
  if (!cache) return;
  for (const path of PAGES) {
    const answer = await fetch(path, {
      credentials: 'omit',
      cache: 'no-store',
      headers: language ? { 'accept-language': language } : {},
    });
    if (answer.ok && !answer.redirected) await cache.put(path, answer);
  }
  await cache.put(LANGUAGE, new Response(language ?? ''));
}

/** Work on what is kept; when she left meanwhile, it was for nothing. */
async function whileHere(work: () => Promise<void>): Promise<void> {
  try {
    if (!left) await work();
  } finally {
    if (left) await forget();
  }
}

worker.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(ASSETS);
    await keepPages(null);
    await worker.skipWaiting();
  };
  event.waitUntil(whileHere(keep));
});

worker.addEventListener('activate', (event) => {
  const tidy = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

/** A page says in which language it is read; the kept pages follow. */
worker.addEventListener('message', (event) => {
  const { language, leave } = (event.data ?? {}) as { language?: unknown; leave?: unknown };
  if (leave === true) return event.waitUntil(forget());
  if (typeof language !== 'string' || !/^[a-z]{2}$/.test(language)) return;
  const follow = async () => {
    const cache = await keptShell();
    if (!cache) return;
    const noted = await (await cache.match(LANGUAGE))?.text();
    if (noted !== language) await keepPages(language);
  };
  event.waitUntil(whileHere(follow).catch(() => undefined));
});

async function fromNetworkOrKept(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const { pathname, search } = new URL(request.url);
    const kept = await caches.match(pathname, { cacheName: SHELL });
    if (kept && PAGES.includes(pathname)) return kept;
    if (!(await caches.match('/offline', { cacheName: SHELL }))) return Response.error(); // nothing is kept
    // an address of its own: the page's relative links and the router then agree on where they are
    return Response.redirect(`/offline?to=${encodeURIComponent(pathname + search)}`);
  }
}

/** The router asks the hub for the way to a page. Without network: none, so that the browser goes there, and lands on the offline page. */
const wayTo = (request: Request): Promise<Response> =>
  fetch(request).catch(
    () => new Response('export const route = null, params = {};', { headers: { 'content-type': 'text/javascript' } }),
  );

/** The newest word on one thing takes the place of the older; the same one twice rings once. */
worker.addEventListener('push', (event) => {
  const show = async () => {
    if (left) return;
    const { id, tag, title, lang, dir, url } = event.data?.json() as PushPayload;
    const shown = await worker.registration.getNotifications({ tag });
    const again = shown.some(({ data }) => (data as { id?: unknown }).id === id);
    const looks = { icon: '/icon-plain.svg', lang, dir, data: { id, url } };
    // `renotify` is not among the types
    await worker.registration.showNotification(title, { ...looks, tag, renotify: !again } as NotificationOptions);
  };
  event.waitUntil(show().catch(() => undefined));
});

/** The browser gave this device another address: the hub gets it, or she would never be told again. */
worker.addEventListener('pushsubscriptionchange', (event) => {
  const renew = async () => {
    const { oldSubscription, newSubscription } = event as unknown as PushChange;
    const made =
      newSubscription ??
      (oldSubscription && (await worker.registration.pushManager.subscribe(oldSubscription.options)));
    const { endpoint, keys } = made?.toJSON() ?? {};
    if (left || !endpoint) return;
    const body = new URLSearchParams({ endpoint, p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' });
    await fetch('/me/push?/on', { method: 'POST', body, headers: { 'x-sveltekit-action': 'true' } });
  };
  (event as ExtendableEvent).waitUntil(renew().catch(() => undefined));
});

/** A tap opens what it is about, in the page that is open if there is one. */
worker.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  notification.close();
  const path = String((notification.data as { url?: unknown } | null)?.url ?? '/');
  const open = async () => {
    const address = new URL(path, worker.location.origin);
    if (address.origin !== worker.location.origin) return;
    const [page] = await worker.clients.matchAll({ type: 'window' });
    const there = await page?.navigate(address.href).catch(() => null);
    await (there ? there.focus() : worker.clients.openWindow(address.href));
  };
  event.waitUntil(open().catch(() => undefined));
});

worker.addEventListener('fetch', (event) => {
  if (left) return event.waitUntil(forget());
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fromNetworkOrKept(request));
  else if (url.pathname.endsWith('/__route.js')) event.respondWith(wayTo(request));
  else if (ASSETS.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname, { cacheName: SHELL }).then((kept) => kept ?? fetch(request)));
  }
});
