// Who may open a socket, and what happens to those who misuse one.
import { request } from 'node:http';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '#shared/limits.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { ask, connect, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let amira: TestPerson;
let roomId: string;
const open: TestSocket[] = [];

beforeAll(async () => {
  running = await startTestHub();
  await running.join('coordinator', 'coordinator');
  amira = await running.join('amira');
  roomId = await running.roomId();
});
afterAll(async () => {
  for (const socket of open) socket.disconnect();
  await running.close();
});

function socketOf(cookie: string | null, origin: string | null = running.origin): TestSocket {
  const socket = openSocket(running.origin, cookie, origin);
  socket.io.reconnection(false);
  open.push(socket);
  return socket;
}
async function connected(cookie: string): Promise<TestSocket> {
  const socket = socketOf(cookie);
  expect(await connect(socket)).toBeNull();
  return socket;
}
const closing = (socket: TestSocket): Promise<string> =>
  new Promise((resolve) => socket.once('disconnect', (reason) => resolve(reason)));

describe('opening a socket', () => {
  test('our own page with a login may', async () => {
    expect((await connected(amira.cookie)).connected).toBe(true);
  });

  test.each(['https://evil.example', 'null', null])('a page from %s may not, even with her cookie', async (origin) => {
    expect(await connect(socketOf(amira.cookie, origin))).toBeInstanceOf(Error);
  });

  test('without a cookie, or with one that nobody was given, it is refused with a code', async () => {
    for (const cookie of [null, 'session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'session=%00']) {
      expect((await connect(socketOf(cookie)))?.data).toEqual({ code: 'auth.required' });
    }
  });

  test('long polling is not a way around: only websockets are spoken', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const url = `${running.origin}/live/?EIO=4&transport=polling`;
      const headers = { origin: running.origin, cookie: amira.cookie };
      request(url, { headers }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(400);
  });
});

describe('what a socket sends', () => {
  test('a packet that is too large closes the connection and nothing else', async () => {
    const socket = await connected(amira.cookie);
    const other = await connected(amira.cookie);
    const closed = closing(socket);
    socket.emit('room:typing', { roomId: 'x'.repeat(LIMITS.payloadBytes + 1) });
    expect(await closed).toMatch(/transport/);
    expect((await ask(other, 'rooms:watch', {})).ok).toBe(true);
  });

  test('a flood of events closes the socket that sends it', async () => {
    const socket = await connected(amira.cookie);
    const closed = closing(socket);
    for (let i = 0; i < 1000; i++) socket.emit('room:typing', { roomId });
    expect(await closed).toBe('io server disconnect');
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list', []],
    ['a query', { roomId: { $ne: null } }],
    ['a polluting object', JSON.parse('{"__proto__":{"roomId":"x"},"constructor":{"prototype":{}}}')],
    ['binary', Buffer.from('abc')],
    ['an object with binary inside', { roomId: Buffer.from('abc') }],
    ['an id of nothing', { roomId: '0'.repeat(24) }],
  ])('%s as input is answered with a code, on every event', async (_name, input) => {
    const socket = await connected(amira.cookie);
    const codes = new Set<string>();
    for (const name of [
      'room:join',
      'room:leave',
      'room:read',
      'room:history',
      'message:post',
      'message:remove',
    ] as const) {
      const answer = await ask(socket, name, input);
      if (!answer.ok) codes.add(answer.error.code);
    }
    socket.emit('room:typing', input as { roomId: string });
    for (const code of codes) expect(['input.invalid', 'not-found']).toContain(code);
    expect(codes.size).toBeGreaterThan(0);
    expect({}).not.toHaveProperty('roomId');
    expect((await ask(socket, 'rooms:watch', {})).ok).toBe(true);
  });

  test('an event without a question for an answer is still done', async () => {
    const socket = await connected(amira.cookie);
    const text = `no ack ${randomUUID()}`;
    (socket as unknown as { emit(name: string, input: unknown): void }).emit('message:post', {
      roomId,
      clientId: randomUUID(),
      text,
    });
    await until('the message is stored', async () => {
      const page = await running.hub.messages.history(amira.actor, { roomId });
      return page.messages.some((message) => message.text === text);
    });
  });
});

describe('a login that ends', () => {
  test('"sign out everywhere" closes all her open pages at once, and nobody else\'s', async () => {
    const bea = await running.join('bea');
    const again = await running.signIn('bea');
    const hers = [await connected(bea.cookie), await connected(again.cookie)];
    const other = await connected(amira.cookie);
    const told = hers.map((socket) => new Promise((resolve) => socket.once('session:ended', resolve)));
    const closed = hers.map(closing);
    await running.hub.accounts.signOutEverywhere(bea.actor);
    await Promise.all([...told, ...closed]);
    expect(other.connected).toBe(true);
    expect((await connect(socketOf(bea.cookie)))?.data).toEqual({ code: 'auth.required' });
  });

  test('signing out on one device leaves the other one connected', async () => {
    const cleo = await running.join('cleo');
    const phone = await running.signIn('cleo');
    const [here, there] = [await connected(cleo.cookie), await connected(phone.cookie)];
    const closed = closing(here);
    await running.hub.accounts.signOut(cleo.actor);
    await closed;
    expect(there.connected).toBe(true);
    expect(await must(there, 'rooms:watch', {})).toHaveLength(3);
  });

  test('a login that another process ended is found by the look that is taken every half minute', async () => {
    const dina = await running.join('dina');
    const socket = await connected(dina.cookie);
    const other = await connected(amira.cookie);
    const closed = closing(socket);
    await running.hub.database.connection.collection('sessions').deleteMany({ userId: dina.actor.id });
    await running.realtime.recheckLogins();
    await closed;
    expect(other.connected).toBe(true);
  });

  test('a new role holds on open sockets at once', async () => {
    const ema = await running.join('ema');
    const socket = await connected(ema.cookie);
    expect((await must(socket, 'room:join', { roomId })).abilities.removeOthers).toBe(false);
    await running.hub.database.connection
      .collection<{ _id: string }>('users')
      .updateOne({ _id: ema.actor.id }, { $set: { role: 'moderator' } });
    running.hub.bus.emit('user.changed', { userId: ema.actor.id });
    await until('she may', async () => (await must(socket, 'room:join', { roomId })).abilities.removeOthers);
  });
});
