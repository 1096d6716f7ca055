// The hub dies in the middle of a conversation of fifty and is started again: nothing that was acknowledged is lost or doubled.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HistoryPage, MessageView } from '#shared/messages.ts';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity, startServer } from '../support/servers.ts';
import { temporaryFolder, withHub, type TestServer } from '../support/servers.ts';
import {
  connect,
  followRoom,
  must,
  openSocket,
  pause,
  until,
  type TestRoom,
  type TestSocket,
} from '../support/sockets.ts';

const CLIENTS = 50;
const EACH = 6;

const mongodbUri = ownDatabaseUri();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let port: number;
let server: TestServer;
let rooms: TestRoom[] = [];
let community: { cookies: string[]; roomId: string };

beforeAll(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  community = await prepareCommunity({ folder: folder.path, mongodbUri }, CLIENTS);
  server = await startServer({ folder: folder.path, port, mongodbUri });
}, 180_000);
afterAll(async () => {
  for (const room of rooms) room.close();
  await server.end('SIGKILL');
  await dropDatabase(mongodbUri, folder.path);
  await folder.remove();
});

/** Everything the room has, read page by page as someone who just came. */
async function readAll(socket: TestSocket, roomId: string): Promise<MessageView[]> {
  const all: MessageView[] = [];
  for (let before: number | null = null; ;) {
    const page: HistoryPage = await must(socket, 'room:history', { roomId, before });
    all.unshift(...page.messages);
    if (!page.hasOlder) return all;
    before = page.messages[0]?.seq ?? null;
  }
}

test('fifty women talk, the hub is killed and started again: each message is there once, and all see the same', async () => {
  const { cookies, roomId } = community;
  const sockets = cookies.map((cookie) => openSocket(server.origin, cookie));
  rooms = sockets.map((socket) => followRoom(socket, roomId));
  for (const socket of sockets) expect(await connect(socket)).toBeNull();

  const acknowledged: MessageView[] = [];
  const talking = rooms.map(async (room, who) => {
    for (let i = 0; i < EACH; i++) {
      await pause(Math.random() * 200);
      acknowledged.push(await room.post(`${who}: ${i}`));
    }
  });
  await until('a third is said', () => acknowledged.length > (CLIENTS * EACH) / 3, 60_000);
  await server.end('SIGKILL');
  const before = acknowledged.length;
  expect(before).toBeLessThan(CLIENTS * EACH);
  server = await startServer({ folder: folder.path, port, mongodbUri });
  await Promise.all(talking);
  expect(acknowledged).toHaveLength(CLIENTS * EACH);

  const reader = openSocket(server.origin, cookies[0] ?? '');
  expect(await connect(reader)).toBeNull();
  const fresh = await readAll(reader, roomId);
  reader.disconnect();

  const said = Array.from({ length: CLIENTS }, (_, who) => Array.from({ length: EACH }, (_n, i) => `${who}: ${i}`));
  expect(fresh.map(({ text }) => text).sort()).toEqual(said.flat().sort());
  expect(fresh.map(({ seq }) => seq)).toEqual(fresh.map((_message, i) => i + 1));
  const stored = new Map(fresh.map((message) => [message.id, message]));
  for (const message of acknowledged) expect(stored.get(message.id)).toEqual(message);
  for (const [who, texts] of said.entries()) {
    // each woman's own messages stand in the order in which she sent them
    expect(fresh.flatMap(({ text }) => (text?.startsWith(`${who}: `) ? [text] : []))).toEqual(texts);
  }

  await until('everybody has everything', () => rooms.every((room) => room.state.rev === fresh.at(-1)?.rev), 30_000);
  for (const room of rooms) {
    expect(room.state.messages.length).toBeGreaterThan(0);
    expect(room.state.messages).toEqual(fresh.slice(-room.state.messages.length));
  }
}, 180_000);

test('the hub that was killed left nothing half done in the database', async () => {
  for (const room of rooms) room.close();
  await server.end('SIGTERM');
  const heads = await withHub({ folder: folder.path, mongodbUri }, (hub) => hub.messages.heads([community.roomId]));
  expect(heads.get(community.roomId)).toBe(CLIENTS * EACH);
});
