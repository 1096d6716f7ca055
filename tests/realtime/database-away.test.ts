// The database goes away under a running hub and comes back: nobody restarts anything, nothing that was written is lost.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, prepareCommunity, startDatabase, startServer, temporaryFolder } from '../support/servers.ts';
import type { RunningProcess, TestServer } from '../support/servers.ts';
import { ask, connect, followRoom, openSocket, until, type TestSocket } from '../support/sockets.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let port: number;
let database: RunningProcess;
let server: TestServer;
let socket: TestSocket;
let community: { cookies: string[]; roomId: string };

beforeAll(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  const started = await startDatabase(folder.path, port);
  database = started;
  community = await prepareCommunity({ folder: folder.path, mongodbUri: started.uri }, 2);
  server = await startServer({ folder: folder.path, port: await freePort(), mongodbUri: started.uri });
  socket = openSocket(server.origin, community.cookies[1] ?? '');
}, 180_000);
afterAll(async () => {
  socket.disconnect();
  await server.end('SIGTERM');
  await database.end('SIGTERM');
  await folder.remove();
});

const page = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(server.origin + path, {
    redirect: 'manual',
    ...init,
    headers: { accept: 'text/html', cookie: community.cookies[1] ?? '', origin: server.origin, ...init.headers },
  });
const status = async (path: string): Promise<number> => (await page(path)).status;

describe('the database goes away', () => {
  const clientId = randomUUID();
  const text = 'Written while the database was away';

  test('while it is there, all is well', async () => {
    const room = followRoom(socket, community.roomId);
    expect(await connect(socket)).toBeNull();
    await room.post('Before');
    expect(await status('/rooms')).toBe(200);
    expect(await status('/readyz')).toBe(200);
  });

  test('a message is not taken, and says so with a code; the socket stays', async () => {
    await database.end('SIGKILL');
    const answer = await ask(socket, 'message:post', { roomId: community.roomId, clientId, text }, 40_000);
    expect(answer, server.output()).toEqual({ ok: false, error: { code: 'unavailable' } });
    expect(socket.connected).toBe(true);
    await until('its health says so', async () => (await status('/readyz')) === 503);
  });

  test('a page is a calm one that looks again by itself; a sent form keeps what was typed', async () => {
    const began = Date.now();
    const looked = await page('/rooms', { headers: { 'accept-language': 'uk' } });
    expect(looked.status).toBe(503);
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(looked.headers.get('retry-after')).toBe('5');
    expect(looked.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await looked.text();
    expect(html).toContain('<meta http-equiv="refresh"');
    expect(html).toContain('lang="uk"');
    const body = new URLSearchParams({ displayName: 'Somebody' });
    const sent = await page('/me?/profile', { method: 'POST', body });
    expect(sent.status).toBe(503);
    expect(await sent.text()).not.toContain('http-equiv="refresh"');
    const headers = { 'x-sveltekit-action': 'true', accept: 'application/json' };
    const enhanced = await page('/me?/profile', { method: 'POST', body, headers });
    expect(await enhanced.json()).toMatchObject({ type: 'failure', status: 503 });
  });

  test('pages that need no database are there, so is the help', async () => {
    const stranger = await fetch(`${server.origin}/help`);
    expect(stranger.status).toBe(200);
  });

  test('when it is back, the same message is taken once, and pages work, without a restart', async () => {
    database = await startDatabase(folder.path, port);
    await until('the hub is ready', async () => (await status('/readyz')) === 200, 30_000);
    for (let i = 0; i < 2; i++) {
      const answer = await ask(socket, 'message:post', { roomId: community.roomId, clientId, text }, 30_000);
      expect(answer.ok).toBe(true);
    }
    expect(await status('/rooms')).toBe(200);
    const history = await ask(socket, 'room:history', { roomId: community.roomId });
    const texts = history.ok ? history.data.messages.map((message) => message.text) : [];
    expect(texts).toEqual(['Before', text]);
  });
});
