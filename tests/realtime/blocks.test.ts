// Two who want nothing of each other, in a room: numbers, stones, what cannot be done to what is not seen, and the way back.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { ask, connect, followRoom, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let blocker: TestPerson;
let blocked: TestPerson;
let third: TestPerson;
let roomId: string;
const open: TestSocket[] = [];

beforeAll(async () => {
  running = await startTestHub();
  await running.join('nour', 'coordinator');
  blocker = await running.join('xanthippe');
  blocked = await running.join('yevheniia');
  third = await running.join('zohra', 'mentor');
  for (const { actor } of [blocker, blocked, third]) {
    await running.hub.accounts.setPresence(actor, { showsPresence: true });
  }
  roomId = await running.roomId();
  const first = { roomId, text: 'first words', clientId: '00000000-0000-4000-8000-00000000dddd' };
  await running.hub.messages.post(third.actor, first);
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.disconnect();
  await running.hub.blocks.unblock(blocker.actor, { userId: blocked.actor.id });
});
afterAll(() => running.close());

async function socketOf(person: TestPerson): Promise<TestSocket> {
  const socket = openSocket(running.origin, person.cookie);
  open.push(socket);
  expect(await connect(socket)).toBeNull();
  return socket;
}
const block = () => running.hub.blocks.block(blocker.actor, { userId: blocked.actor.id });

describe('a room', () => {
  test('her unread number does not count what is kept from her', async () => {
    await block();
    const room = followRoom(await socketOf(blocked), roomId);
    await until('she is in', () => room.state.rev > 0);
    await must(room.socket, 'room:read', { roomId, posts: room.state.posts });
    const start = room.state.posts;
    await followRoom(await socketOf(blocker), roomId).post('nobody counts this for her');
    const shown = await followRoom(await socketOf(third), roomId).post('and this once');
    await until('it came', () => room.state.messages.some(({ id }) => id === shown.id));
    expect(room.state.posts).toBe(start + 1);
    expect(room.state.messages.at(-1)?.post).toBe(start + 1);
    const mine = (await must(room.socket, 'rooms:watch', {})).find((one) => one.roomId === roomId);
    expect(mine?.posts).toBe(start + 1);
    expect(mine?.readPosts).toBe(start);
    expect(await must(room.socket, 'room:read', { roomId, posts: start + 1 })).toEqual({ readPosts: start + 1 });
  });

  test('what she cannot see she cannot answer, mention or react to; it is as if it were not there', async () => {
    const message = await followRoom(await socketOf(blocker), roomId).post('out of reach');
    await block();
    const socket = await socketOf(blocked);
    const one = { roomId, messageId: message.id };
    const post = { roomId, text: 'hello', clientId: '00000000-0000-4000-8000-00000000aaaa' };
    for (const answer of [
      await ask(socket, 'message:react', { ...one, reaction: 'heart', on: true }),
      await ask(socket, 'message:locate', one),
      await ask(socket, 'thread:open', { roomId, rootId: message.id }),
      await ask(socket, 'message:post', { ...post, replyTo: message.id }),
    ]) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
    }
    expect(await ask(socket, 'message:post', { ...post, mentions: [blocker.actor.id] })).toMatchObject({
      error: { code: 'input.invalid' },
    });
  });

  test('who blocks may look behind a stone, one at a time', async () => {
    const message = await followRoom(await socketOf(blocked), roomId).post('behind the stone');
    await block();
    const room = followRoom(await socketOf(blocker), roomId);
    await until('she is in', () => room.state.messages.some(({ id }) => id === message.id));
    const stone = room.state.messages.find(({ id }) => id === message.id);
    expect(stone).toMatchObject({ removedBy: 'you', author: null, text: null });
    const { blocks } = running.hub;
    const one = { roomId, messageId: message.id };
    expect(await blocks.peek(blocker.actor, one)).toMatchObject({
      ...{ text: 'behind the stone', author: { id: blocked.actor.id } },
    });
    // the others have nothing to look behind, and of hers the other sees nothing
    for (const { actor } of [third, blocked]) {
      await expect(blocks.peek(actor, one)).rejects.toMatchObject({ code: 'not-found' });
    }
    const { message: hers } = await running.hub.messages.post(blocker.actor, {
      ...{ roomId, text: 'not for her', clientId: '00000000-0000-4000-8000-00000000cccc' },
    });
    await expect(blocks.peek(blocked.actor, { roomId, messageId: hers.id })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('open pages change at once, and an end of it brings everything back', async () => {
    const room = followRoom(await socketOf(blocked), roomId);
    const message = await followRoom(await socketOf(blocker), roomId).post('for a while');
    await until('it is there', () => room.state.messages.some(({ id }) => id === message.id));
    await block();
    await until('it is gone', () => !room.state.messages.some(({ id }) => id === message.id));
    await running.hub.blocks.unblock(blocker.actor, { userId: blocked.actor.id });
    await until('it is back', () => room.state.messages.some(({ id }) => id === message.id));
  });

  test('what is asked anonymously stays for everybody', async () => {
    await block();
    const room = followRoom(await socketOf(blocked), roomId);
    await until('she is in', () => room.state.rev > 0);
    const asked = { roomId, text: 'without a name', anonymous: true, clientId: '00000000-0000-4000-8000-00000000bbbb' };
    const { message } = await running.hub.messages.post(blocker.actor, asked);
    await until('it came', () => room.state.messages.some(({ id }) => id === message.id));
  });
});
