// Keeps the help page, with its styles, for times without network: for whoever is not signed in. Small, since prepaid data pays for it;
// the worker of the app (src/service-worker.ts) keeps the rest after a sign-in. It answers under /help alone. keep.js registers it.
const HELP = '/help';
const KEPT = 'help';
/** ms after which a kept page is fetched again, when she is there anyway. */
const FRESH = 24 * 60 * 60 * 1000;
const FILES = /(?:href|src)="([^"]+\.(?:css|js))"/g;

/** She left: what is kept goes, and nothing brings it back. */
let left = false;
async function forget() {
  left = true;
  await caches.delete(KEPT);
  await self.registration.unregister();
}

/** As a stranger reads it: fetched without cookies, so that no name can be in it. */
async function keep(language) {
  const old = await caches.match(HELP, { cacheName: KEPT });
  const fresh = old && Date.now() - Date.parse(old.headers.get('date') ?? '') < FRESH;
  if (left || (fresh && (await old.text()).includes(`<html lang="${language}"`))) return;
  const headers = language ? { 'accept-language': language } : {};
  const answer = await fetch(HELP, { credentials: 'omit', cache: 'no-store', headers });
  if (!answer.ok || answer.redirected) return;
  const html = await answer.clone().text();
  const files = [...html.matchAll(FILES)].map(([, file]) => new URL(file, new URL(HELP, self.location.origin)).href);
  const cache = await caches.open(KEPT);
  await cache.addAll([...new Set(files)]);
  await cache.put(HELP, answer);
}

/** One after the other, so that her language is the last word; when she left meanwhile, it was for nothing. */
let last = Promise.resolve();
function inTurn(language) {
  last = last
    .catch(() => undefined)
    .then(() => keep(language))
    .finally(() => (left ? forget() : undefined));
  return last;
}

self.addEventListener('install', (event) => event.waitUntil(inTurn().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  const { language, leave } = event.data ?? {};
  if (leave === true) event.waitUntil(forget());
  else if (/^[a-z]{2}$/.test(language)) event.waitUntil(inTurn(language).catch(() => undefined));
});

const kept = async (request, path) => {
  const found = left ? undefined : await caches.match(path, { cacheName: KEPT });
  return found ?? fetch(request);
};
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (left || request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept(request, HELP)));
  else if (/\.(css|js)$/.test(pathname)) event.respondWith(fetch(request).catch(() => kept(request, pathname)));
});
