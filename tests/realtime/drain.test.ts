// The hub is told to stop in the middle of a conversation: what it took is kept, everybody is told when to come back, and it is gone in time.
import { randomBytes, randomUUID } from 'node:crypto';
import { createConnection, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SOCKET_PATH } from '#shared/realtime.ts';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity, startServer } from '../support/servers.ts';
import { temporaryFolder, withHub, type TestServer } from '../support/servers.ts';
import { ask, connect, must, openSocket, until } from '../support/sockets.ts';

const PEOPLE = 8;
let mongodbUri: string | undefined;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestServer;
let port: number;
let community: { cookies: string[]; roomId: string };

beforeEach(async () => {
  mongodbUri = ownDatabaseUri();
  folder = await temporaryFolder();
  port = await freePort();
  community = await prepareCommunity({ folder: folder.path, mongodbUri }, PEOPLE);
  server = await startServer({ folder: folder.path, port, mongodbUri, env: { LOG_LEVEL: 'info' } });
}, 180_000);
afterEach(async () => {
  await server.end('SIGKILL');
  await dropDatabase(mongodbUri, folder.path);
  await folder.remove();
});

/** A phone that fell asleep: its line is open, but it neither reads nor answers any more. */
function asleep(cookie: string): Promise<Socket> {
  const socket = createConnection(port, '127.0.0.1');
  const head = [
    `GET ${SOCKET_PATH}/?EIO=4&transport=websocket HTTP/1.1`,
    `Host: localhost:${port}`,
    `Origin: ${server.origin}`,
    `Cookie: ${cookie}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  return new Promise((resolve, reject) => {
    socket.on('error', () => undefined);
    socket.once('close', () => reject(new Error('the phone was not let in')));
    socket.once('data', (first: Buffer) => {
      if (!first.toString().startsWith('HTTP/1.1 101')) reject(new Error(first.toString()));
      socket.pause();
      resolve(socket);
    });
  });
}

test('told to stop while eight women write, it keeps every message it took, tells each her own time, and ends by itself', async () => {
  const { cookies, roomId } = community;
  const phone = await asleep(cookies[0] ?? '');
  const sockets = cookies.map((cookie) => openSocket(server.origin, cookie));
  const told: number[] = [];
  for (const socket of sockets) {
    socket.io.reconnection(false);
    socket.on('hub:restarting', ({ retryInMs }) => told.push(retryInMs));
    expect(await connect(socket)).toBeNull();
    await must(socket, 'room:join', { roomId });
  }
  const taken: string[] = [];
  let talking = true;
  const writing = sockets.map(async (socket) => {
    for (let i = 0; talking && i < 100; i++) {
      const input = { roomId, clientId: randomUUID(), text: `number ${i}` };
      const answer = await ask(socket, 'message:post', input, 2_000).catch(() => null);
      if (answer?.ok) taken.push(answer.data.message.id);
      else if (!socket.connected) return;
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  await until('they talk', () => taken.length > PEOPLE);

  const began = Date.now();
  const code = await server.end('SIGTERM');
  const took = Date.now() - began;
  talking = false;
  for (const socket of sockets) socket.disconnect();
  phone.destroy();
  await Promise.all(writing);
  expect({ code, said: server.output() }).toMatchObject({ code: 0 });
  expect(took).toBeLessThan(10_000);
  expect(server.output()).toContain('hub stopped');
  expect(server.output()).not.toContain('did not');

  expect(told).toHaveLength(PEOPLE);
  expect(new Set(told).size).toBeGreaterThan(1);
  for (const ms of told) expect(ms).toBeGreaterThanOrEqual(500);

  await withHub({ folder: folder.path, mongodbUri }, async (hub) => {
    const { actor } = (await hub.accounts.actorFromCookie(cookies[0] ?? '')) ?? {};
    if (!actor) throw new Error('nobody is signed in');
    const stored = new Set<string>();
    for (let before: number | null = null; ;) {
      const page: Awaited<ReturnType<typeof hub.messages.history>> = await hub.messages.history(actor, {
        roomId,
        before,
      });
      for (const { id } of page.messages) stored.add(id);
      if (!page.hasOlder) break;
      before = page.messages[0]?.seq ?? null;
    }
    expect(taken.filter((id) => !stored.has(id))).toEqual([]);
  });
}, 120_000);

test('while it stops nobody new is let in', async () => {
  const { cookies } = community;
  const phone = await asleep(cookies[0] ?? '');
  server.child.kill('SIGTERM');
  await until('the door is closed', () =>
    fetch(`${server.origin}/healthz`).then(
      () => false,
      () => true,
    ),
  );
  const late = openSocket(server.origin, cookies[1] ?? '');
  late.io.reconnection(false);
  expect(await connect(late)).not.toBeNull();
  late.disconnect();
  expect(await server.ended).toBe(0);
  phone.destroy();
}, 60_000);
