// A bad network between the women and the hub: late, in pieces, cut, silent, and an answer that is lost on its way.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ask, connect, must, openSocket, pause, until } from '../support/sockets.ts';
import { gather, inLongForm, LONG, type Crowd } from './recorder.ts';
import { makeWorld, type World } from './world.ts';

const WOMEN = LONG ? 60 : 16;
let world: World;
let women: Crowd;

beforeAll(async () => {
  world = await makeWorld({ women: WOMEN });
  women = await gather([world.net.origin], world.cookies, world.roomId);
}, 240_000);
afterEach(() => world.net.weather({ delayMs: 0, jitterMs: 0, sliceBytes: 0, silent: false }));
afterAll(async () => {
  women.leave();
  await world.close();
});

test('a slow network that delivers in pieces of seven bytes: everything arrives, once, in order', async () => {
  world.net.weather({ delayMs: 20, jitterMs: 60, sliceBytes: 7 });
  // they come back through it, too
  world.net.cut();
  await women.talk(2, 100);
  world.net.weather({ delayMs: 0, jitterMs: 0, sliceBytes: 0 });
  await women.judge(world.net.origin, 'late and in pieces');
});

test('a third of them is cut off again and again while all of them write: nothing is lost or doubled', async () => {
  let over = false;
  const each = LONG ? 60 : 5;
  const talking = women.talk(each, LONG ? 1_000 : 400).finally(() => (over = true));
  let cuts = 0;
  while (!over) {
    await pause(LONG ? 5_000 : 700);
    cuts += world.net.cut(0.3);
  }
  await talking;
  expect(cuts).toBeGreaterThan(0);
  await women.judge(world.net.origin, `${cuts} cuts`);
});

test('exactly the answer is lost: she sends again, it stands there once, and the same id with other words is refused', async () => {
  const [writer] = women.rooms;
  if (!writer) throw new Error('nobody is there');
  for (let i = 0; i < 3; i++) {
    const lost = world.net.loseOnce(/43\d+\[\{"ok":true,"data":\{"message"/);
    const mark = `woman 0, lost.${i}`;
    const before = lost();
    women.recording.sent.push({ who: 'woman 0', mark });
    const clientId = randomUUID();
    const { id, roomId } = await writer.post(mark, clientId);
    expect(lost()).toBe(before + 1);
    women.recording.acknowledged.push({ who: 'woman 0', mark, id });
    const again = await ask(writer.socket, 'message:post', { roomId, clientId, text: 'other words' });
    expect(again.ok).toBe(false);
  }
  await women.judge(world.net.origin, '3 answers lost');
});

test('the same message through two of her phones at once stands there once', async () => {
  const phone = openSocket(world.net.origin, world.cookies[1] ?? '');
  expect(await connect(phone)).toBeNull();
  const [, writer] = women.rooms;
  if (!writer) throw new Error('nobody is there');
  const roomId = women.roomId;
  for (let i = 0; i < 3; i++) {
    const input = { roomId, clientId: randomUUID(), text: `woman 1, twice.${i}` };
    women.recording.sent.push({ who: 'woman 1', mark: input.text });
    const answers = await Promise.all([writer.socket, phone].map((socket) => must(socket, 'message:post', input)));
    const ids = answers.map(({ message }) => message.id);
    expect(ids[0]).toBe(ids[1]);
    women.recording.acknowledged.push({ who: 'woman 1', mark: input.text, id: ids[0] ?? '' });
  }
  phone.disconnect();
  await women.judge(world.net.origin, '3 sent twice');
});

test.skipIf(!LONG)(
  inLongForm('the network goes silent for half a minute and nobody is told: all find back, nothing is missing'),
  async () => {
    const talking = women.talk(20, 1_500);
    const before = women.said();
    await until('they talk', () => women.said() > before + WOMEN);
    world.net.weather({ silent: true });
    await pause(30_000);
    world.net.weather({ silent: false });
    world.net.cut();
    await talking;
    await women.judge(world.net.origin, '30 s of silence');
  },
);
