// A phone that stops reading: the others do not notice, the hub does not grow, and it catches up or is let go.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RoomChanges } from '#shared/messages.ts';
import { SLOW } from '../../server/realtime/slow.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { connect, must, openSocket, pause, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let reader: TestPerson;
let sleeper: TestPerson;
let roomId: string;
let rev = 0;
const open: TestSocket[] = [];
const usual = { ...SLOW };

beforeAll(async () => {
  running = await startTestHub();
  reader = await running.join('reader', 'coordinator');
  sleeper = await running.join('sleeper');
  roomId = await running.roomId();
});
afterEach(() => {
  Object.assign(SLOW, usual);
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => running.close());

async function inRoom(person: TestPerson): Promise<TestSocket> {
  const socket = openSocket(running.origin, person.cookie);
  socket.io.reconnection(false);
  open.push(socket);
  expect(await connect(socket)).toBeNull();
  await must(socket, 'room:join', { roomId });
  return socket;
}

/** The network side of a client, to stop reading from. */
function wireOf(socket: TestSocket): { pause(): void; resume(): void } {
  return (socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket;
}
/** The hub's side of it. */
function queueOf(socket: TestSocket): { data?: { length?: number } }[] {
  const own = running.realtime.io.sockets.sockets.get(socket.id ?? '');
  return (own?.conn as unknown as { writeBuffer: { data?: { length?: number } }[] } | undefined)?.writeBuffer ?? [];
}
const bytesOf = (socket: TestSocket): number => queueOf(socket).reduce((sum, { data }) => sum + (data?.length ?? 0), 0);

/** Large envelopes past every limit of posting: what matters here is only how they leave. */
async function talk(megabytes: number): Promise<void> {
  for (let i = 0; i < megabytes * 16; i++) {
    rev += 1;
    const message = { id: rev.toString(16).padStart(24, '0'), text: 'x'.repeat(64 * 1024) };
    const change = { rev, kind: 'posted', message } as unknown as RoomChanges['changes'][number];
    running.hub.bus.emit('room.changed', { roomId, from: rev, to: rev, posts: rev, changes: [change] });
    await pause(1);
  }
}

test('while one does not read, another gets everything, and little waits in the hub', async () => {
  const [awake, asleep] = [await inRoom(reader), await inRoom(sleeper)];
  let got = 0;
  let largest = 0;
  awake.on('room:changes', ({ from, to }) => {
    got = to;
    largest = Math.max(largest, to - from + 1);
  });
  wireOf(asleep).pause();
  await talk(24);
  await until('the reader has all', () => got === rev);
  expect(queueOf(asleep).length).toBeGreaterThan(0);
  // one bundle may go beyond the limit; a busy machine makes larger ones
  expect(bytesOf(asleep)).toBeLessThan(SLOW.bytes + (largest + 1) * 65 * 1024);

  const told: string[] = [];
  asleep.on('room:resync', (input) => told.push(input.roomId));
  wireOf(asleep).resume();
  await until('it is told to join again', () => told.length > 0);
  expect(told).toEqual([roomId]);
  const seen: number[] = [];
  asleep.on('room:changes', ({ to }) => seen.push(to));
  await talk(1);
  await until('it gets new messages again', () => seen.at(-1) === rev);
});

test('who has not read for too long is closed', async () => {
  SLOW.closeAfterMs = 500;
  const [awake, asleep] = [await inRoom(reader), await inRoom(sleeper)];
  const { id } = asleep;
  wireOf(asleep).pause();
  await talk(16);
  await until('the hub let it go', () => !running.realtime.io.sockets.sockets.has(id ?? ''), 10_000);
  expect(awake.connected).toBe(true);
});
