// The built files go from under a running hub, as when somebody builds again: it says so, and goes on.
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPages } from '../../server/build.ts';
import { createApp } from '../../server/http/app.ts';
import { readConfig } from '../../server/config.ts';
import { loadPages, type Pages } from '../../server/kit.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const HUB = Symbol.for('strong-together.hub');

let root: string;
let running: TestHub;
let pages: Pages;
let http: Server;
let origin: string;
let script: string;

beforeAll(async () => {
  // the settings of Vite leave the pages out for tests
  const { VITEST } = process.env;
  delete process.env.VITEST;
  await buildPages(ROOT, () => undefined);
  process.env.VITEST = VITEST;
  root = await mkdtemp(join(tmpdir(), 'st-pages-'));
  await cp(join(ROOT, 'build'), join(root, 'build'), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  await symlink(join(ROOT, 'package.json'), join(root, 'package.json'));
  const files = await readdir(join(root, 'build', 'client', '_app', 'immutable'), { recursive: true });
  script = files.find((name) => name.endsWith('.js')) ?? '';
  running = await startTestHub();
  http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  origin = `http://localhost:${port}`;
  const config = readConfig({ PORT: String(port) }, 'start');
  const hub = { ...running.hub, config, pagesWhole: () => pages.built() };
  (globalThis as { [key: symbol]: unknown })[HUB] = hub;
  pages = await loadPages({ root, config, http });
  http.on('request', createApp({ hub, pages: pages.handler, built: () => pages.built(), draining: () => false }));
}, 240_000);
afterAll(async () => {
  http.closeAllConnections();
  http.close();
  Reflect.deleteProperty(globalThis, HUB);
  await running.close();
  await rm(root, { recursive: true, force: true });
});

const get = (path: string, encoding = 'identity'): Promise<Response> =>
  fetch(origin + path, { redirect: 'manual', headers: { 'accept-encoding': encoding, 'accept-language': 'en' } });
const statusOf = async (path: string, encoding?: string): Promise<number> => {
  const answer = await get(path, encoding);
  await answer.arrayBuffer();
  return answer.status;
};
const scripts = () => [`/_app/immutable/${script}`, '/icon.svg', '/service-worker.js'];

test('while everything is there it is served', async () => {
  for (const path of scripts()) expect(await statusOf(path, 'br')).toBe(200);
  expect(await statusOf('/sign-in')).toBe(200);
  expect(await statusOf('/readyz')).toBe(200);
});

test('a file that was replaced by a longer one is not served by halves', async () => {
  await writeFile(
    join(root, 'build', 'client', 'robots.txt'),
    'another text, and longer than the first was\n'.repeat(9),
  );
  expect(await statusOf('/robots.txt')).toBe(404);
  expect(await statusOf('/sign-in')).toBe(200);
});

test('when the files are gone, a script is a 404, a page says that it tries again, and health says why', async () => {
  await rm(join(root, 'build'), { recursive: true });
  for (const path of scripts())
    for (const encoding of ['identity', 'gzip', 'br']) expect(await statusOf(path, encoding)).toBe(404);
  const page = await get('/sign-in');
  expect(page.status).toBe(503);
  expect(page.headers.get('retry-after')).toBe('5');
  expect(await page.text()).toContain('This page tries again by itself');
  const health = await get('/readyz');
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ build: false, database: true });
  expect(await statusOf('/healthz')).toBe(200);
});

test('with another build in its place it is still not ready: that one is for the next start', async () => {
  await cp(join(ROOT, 'build'), join(root, 'build'), { recursive: true });
  expect(await statusOf('/readyz')).toBe(503);
  expect(await statusOf('/sign-in')).toBe(503);
});
