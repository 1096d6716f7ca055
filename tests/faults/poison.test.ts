// What no page ever sends: the hub closes or refuses it and goes on for everybody else.
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, connect, openSocket, pause, until, type TestSocket } from '../support/sockets.ts';
import { gather, type Crowd } from './recorder.ts';
import { makeWorld, type World } from './world.ts';

let world: World;
let women: Crowd;

beforeAll(async () => {
  world = await makeWorld({ women: 4 });
  women = await gather([world.net.origin], world.cookies.slice(0, 2), world.roomId);
}, 240_000);
afterAll(async () => {
  women.leave();
  await world.close();
});

async function attacker(): Promise<TestSocket> {
  const socket = openSocket(world.net.origin, world.cookies[3] ?? '');
  socket.io.reconnection(false);
  expect(await connect(socket)).toBeNull();
  return socket;
}
/** Past the client library: exactly these bytes as one frame. */
function raw(socket: TestSocket, frame: string | Buffer): void {
  const { ws } = socket.io.engine.transport as unknown as { ws: { send(frame: string | Buffer): void } };
  ws.send(frame);
}
const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const post = (more: string): string => `421["message:post",${more}]`;

test.each<[string, (socket: TestSocket) => void]>([
  ['a frame of one megabyte', (socket) => raw(socket, `42["message:post","${'x'.repeat(1024 * 1024)}"]`)],
  ['lists in lists, thirty thousand deep', (socket) => raw(socket, post(deep(30_000)))],
  ['objects in objects', (socket) => raw(socket, post(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`))],
  [
    'a prototype',
    (socket) => raw(socket, post('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')),
  ],
  [
    'operators of the database',
    (socket) => raw(socket, post('{"roomId":{"$ne":null},"clientId":{"$gt":""},"text":{"$where":"1"}}')),
  ],
  [
    'a binary message',
    (socket) =>
      void ask(socket, 'message:post', { roomId: Buffer.alloc(1_000), text: Buffer.from('x') }).catch(() => null),
  ],
  ['parts that never come', (socket) => raw(socket, '459-["message:post",{"_placeholder":true,"num":0}]')],
  ['a placeholder without parts', (socket) => raw(socket, '42["message:post",{"_placeholder":true,"num":99}]')],
  ['half a packet', (socket) => raw(socket, '42["message:post",{"roomId":"')],
  ['an unknown packet', (socket) => raw(socket, '9hello')],
  ['bytes that are no text', (socket) => raw(socket, Buffer.from([0xff, 0xfe, 0x00, 0x80]))],
  ['an acknowledgement nobody waits for', (socket) => raw(socket, '43999["gotcha"]')],
  ['a foreign namespace', (socket) => raw(socket, '40/admin,{}')],
  [
    'names of every object',
    (socket) =>
      ['__proto__', 'constructor', 'hasOwnProperty', 'disconnect'].forEach((name) => raw(socket, `42["${name}",{}]`)),
  ],
])('%s', async (_name, send) => {
  const socket = await attacker();
  send(socket);
  // answered or closed: either way the hub has dealt with it
  await Promise.race([ask(socket, 'rooms:watch', {}), new Promise((over) => socket.once('disconnect', over))]);
  socket.disconnect();
  await women.talk(1, 1);
  expect((await fetch(`${world.net.origin}/healthz`)).status).toBe(200);
});

test('ten thousand events at once close that socket, and nobody else waits', async () => {
  const socket = await attacker();
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  for (let i = 0; i < 10_000; i++) socket.emit('room:typing', { roomId: world.roomId });
  await Promise.all([closed, women.talk(1, 1)]);
});

test('another version of the protocol, and a door that is none, are refused', async () => {
  /** Refused before or right after the handshake: either way the connection is over. */
  const turnedAway = (path: string): Promise<number> =>
    new Promise((resolve) => {
      const headers = { connection: 'upgrade', upgrade: 'websocket', origin: world.net.origin };
      const wire = { 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };
      const sent = request(`${world.net.origin}${path}`, { headers: { ...headers, ...wire } });
      sent.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      sent.on('upgrade', (_response, socket) => socket.resume().on('close', () => resolve(0)));
      sent.on('error', () => resolve(0));
      sent.end();
    });
  expect(await turnedAway('/live/?EIO=3&transport=websocket')).toBe(0);
  expect(await turnedAway('/live/?EIO=4&transport=polling')).toBe(400);
  expect(await turnedAway('/elsewhere/')).not.toBe(200);
});

test('after all of it the hub is the same process, and everything that was said is there', async () => {
  await until('the attackers are gone', async () => {
    await pause(50);
    return world.net.open() <= 4;
  });
  expect(world.servers[0]?.child.exitCode).toBeNull();
  await women.judge(world.net.origin);
});
