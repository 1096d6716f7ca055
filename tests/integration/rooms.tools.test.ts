// Keeping a room calm, with real parts: who writes, how often, from when on; and that mentors are not held up.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { ask, connect, openSocket } from '../support/sockets.ts';

let running: TestHub;
let hub: TestHub['hub'];
let roomId = '';
const people: Record<'boss' | 'vera' | 'mentor' | 'amal', TestPerson> = {} as never;
const CALM = { writing: 'everyone', slowSeconds: '0', newcomerHours: '0' };

beforeAll(async () => {
  running = await startTestHub();
  ({ hub } = running);
  people.boss = await running.join('boss', 'coordinator');
  people.vera = await running.join('vera', 'moderator');
  people.mentor = await running.join('mentor', 'mentor');
  people.amal = await running.join('amal');
  roomId = await running.roomId();
}, 60_000);
afterAll(() => running.close());

const as = (name: keyof typeof people) => people[name].actor;
const post = (name: keyof typeof people, clientId: string = randomUUID()) =>
  hub.messages.post(as(name), { roomId, clientId, text: 'hello' });
const set = (tools: object, name: keyof typeof people = 'vera') =>
  hub.rooms.setTools(as(name), { roomId, ...CALM, ...tools });
const abilities = async (name: keyof typeof people) => (await hub.messages.join(as(name), { roomId })).abilities;

test('only moderators set it, and only what there is', async () => {
  await expect(set({}, 'amal')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(set({}, 'mentor')).rejects.toMatchObject({ code: 'forbidden' });
  for (const wrong of [{ writing: 'nobody' }, { slowSeconds: '7' }, { slowSeconds: '' }, { newcomerHours: '-1' }]) {
    await expect(set(wrong)).rejects.toMatchObject({ code: expect.stringMatching(/^input\./) as string });
  }
  await expect(hub.rooms.setTools(as('vera'), { ...CALM, roomId: 'f'.repeat(24) })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('in a slow room a member waits for her next message, a retry of the same one does not, a mentor never', async () => {
  await set({ slowSeconds: '30' });
  expect(await abilities('amal')).toMatchObject({ post: true, slow: 30 });
  expect(await abilities('mentor')).not.toHaveProperty('slow');
  const clientId = randomUUID();
  const first = await post('amal', clientId);
  expect((await post('amal', clientId)).message.id).toBe(first.message.id);
  const error: unknown = await post('amal').catch((raised: unknown) => raised);
  expect(error).toMatchObject({ code: 'rate.limited' });
  const { seconds } = (error as { params: { seconds: number } }).params;
  expect(seconds).toBeGreaterThan(25);
  expect(seconds).toBeLessThanOrEqual(30);
  await post('mentor');
  await post('mentor');
  await set({});
  await post('amal');
});

test('of many messages at once in a slow room exactly one comes through', async () => {
  await set({ slowSeconds: '60' });
  const tries = await Promise.allSettled(Array.from({ length: 4 }, () => post('amal')));
  await set({});
  expect(tries.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
});

test('a locked room is for moderators, an announcement room for mentors too; members read and are told why', async () => {
  await set({ writing: 'moderators' });
  expect(await abilities('amal')).toMatchObject({ read: true, post: false, silent: { why: 'locked', until: null } });
  await expect(post('amal')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(post('mentor')).rejects.toMatchObject({ code: 'forbidden' });
  await post('vera');
  await set({ writing: 'staff' });
  expect((await abilities('amal')).silent).toEqual({ why: 'staff', until: null });
  await post('mentor');
  await set({});
});

test('a newcomer reads first and is told until when; who has been here for long writes', async () => {
  await set({ newcomerHours: '24' });
  const { silent, post: posts } = await abilities('amal');
  expect(posts).toBe(false);
  expect(silent?.why).toBe('newcomer');
  const joined = as('amal').joinedAt?.getTime() ?? 0;
  expect(Date.parse(silent?.until ?? '')).toBe(joined + 24 * 60 * 60 * 1000);
  await expect(post('amal')).rejects.toMatchObject({ code: 'forbidden' });
  await post('mentor');
  const old = { ...as('amal'), joinedAt: new Date(Date.now() - 25 * 60 * 60 * 1000) };
  await hub.messages.post(old, { roomId, clientId: randomUUID(), text: 'long here' });
  await set({});
});

test('who has the room open is told at once that it was locked', async () => {
  const socket = openSocket(running.origin, people.amal.cookie);
  await connect(socket);
  await ask(socket, 'room:join', { roomId });
  const told = new Promise((resolve) => socket.once('room:resync', resolve));
  await set({ writing: 'moderators' });
  await told;
  const refused = await ask(socket, 'message:post', { roomId, clientId: randomUUID(), text: 'x' });
  expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  await set({});
  socket.disconnect();
});
