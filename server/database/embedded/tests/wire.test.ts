// Tests of the byte stream: split and joined messages, the old handshake, and messages that make no sense.
import { once } from 'node:events';
import type net from 'node:net';
import { serialize } from 'bson';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BareConnection, message, type Reply } from './frames.ts';
import { useEngine } from './support.ts';

const engine = useEngine();
let connection: BareConnection;
let socket: net.Socket;

beforeEach(async () => {
  connection = new BareConnection(engine.it.embedded.uri);
  ({ socket } = connection);
  await once(socket, 'connect');
});
afterEach(() => void socket.destroy());

const replies = (): Reply[] => connection.replies();

test('a message that arrives byte by byte is understood', async () => {
  for (const byte of message(1, { ping: 1, $db: 'test' })) {
    socket.write(Buffer.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(replies).toEqual([{ to: 1, body: { ok: 1 } }]);
});

test('messages that arrive together are answered in their order, also a read behind a write', async () => {
  const $db = 'test';
  const insert = { insert: 'wire', documents: [{ _id: 1 }], $db };
  socket.write(Buffer.concat([message(1, insert), message(2, { count: 'wire', $db }), message(3, { ping: 1, $db })]));
  await expect.poll(() => replies().map(({ to }) => to)).toEqual([1, 2, 3]);
  expect(replies()[1]?.body).toEqual({ n: 1, ok: 1 });
});

test('a message that wants no answer gets none', async () => {
  const $db = 'test';
  socket.write(
    Buffer.concat([message(1, { insert: 'quiet', documents: [{}], $db }, 2), message(2, { count: 'quiet', $db })]),
  );
  await expect.poll(replies).toEqual([{ to: 2, body: { n: 1, ok: 1 } }]);
});

test('the handshake of older drivers is answered', async () => {
  const bson = serialize({ ismaster: 1 });
  const name = Buffer.from('admin.$cmd\0');
  const head = Buffer.alloc(20);
  head.writeInt32LE(20 + name.length + 8 + bson.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(2004, 12);
  socket.write(Buffer.concat([head, name, Buffer.alloc(8), bson]));
  await expect.poll(replies).toMatchObject([{ to: 7, body: { ismaster: true, ok: 1, maxWireVersion: 25 } }]);
});

const oversized = Buffer.alloc(16);
oversized.writeInt32LE(60_000_000, 0);
const tooShort = Buffer.alloc(16);
tooShort.writeInt32LE(3, 0);
const unknownOperation = message(1, { ping: 1, $db: 'test' });
unknownOperation.writeInt32LE(2012, 12);
const brokenBody = message(1, { ping: 1, $db: 'test' });
brokenBody.writeInt32LE(5_000, 21);

test.each([
  ['larger than the limit', oversized],
  ['shorter than its header', tooShort],
  ['of an unknown operation', unknownOperation],
  ['whose body exceeds it', brokenBody],
  ['with a flag it must understand', message(1, { ping: 1, $db: 'test' }, 8)],
])('a message %s ends the connection, and only that one', async (_what, bytes) => {
  socket.write(bytes);
  await connection.closed;
  expect(connection.received).toHaveLength(0);
  expect(await engine.it.db.command({ ping: 1 })).toEqual({ ok: 1 });
});
