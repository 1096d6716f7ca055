// Two who want nothing of each other: everything that reaches either by socket is recorded and searched for the other.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { MessageView } from '#shared/messages.ts';
import { withoutDetail } from '../support/blocks.ts';
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
/** Every frame that comes from now on, as text; answers are added by `asked`. */
function record(socket: TestSocket): string[] {
  const frames: string[] = [];
  socket.onAny((...frame: unknown[]) => frames.push(JSON.stringify(frame)));
  return frames;
}
const block = () => running.hub.blocks.block(blocker.actor, { userId: blocked.actor.id });

const LISTS = [
  ['rooms:watch', {}],
  ['room:history', { roomId: '' }],
  ['room:pins', { roomId: '' }],
  ['room:questions', { roomId: '', state: 'open' }],
  ['room:questions', { roomId: '', state: 'answered' }],
  ['room:people-suggest', { roomId: '', query: '' }],
  ['room:people-suggest', { roomId: '', query: 'x' }],
  ['room:people-suggest', { roomId: '', query: 'y' }],
  ['saved:list', {}],
  ['mentions:list', {}],
  ['mentions:counts', {}],
  ['notes:look', {}],
  ['ticket:mine', {}],
] as const;

describe('everything', () => {
  test('neither receives anything of the other, in any list or event, before, during and after', async () => {
    const before = [followRoom(await socketOf(blocker), roomId), followRoom(await socketOf(blocked), roomId)] as const;
    const others = followRoom(await socketOf(third), roomId);
    await until('all are in', () => running.hub.presence.here(roomId) === 3);
    const hers = await before[0].post('PEONY from before');
    const its = await before[1].post('QUARTZ from before');
    const root = await others.post('a question of a third person');
    const { hub } = running;
    for (const [who, id] of [
      [blocked.actor, hers.id],
      [blocker.actor, its.id],
    ] as const) {
      await hub.messages.save(who, { roomId, messageId: id, on: true });
      await hub.messages.react(who, { roomId, messageId: root.id, reaction: 'heart', on: true });
    }
    for (const one of [hers, its]) await hub.messages.pin(third.actor, { roomId, messageId: one.id, on: true });
    await hub.messages.flush();
    for (const room of before) room.close();

    await block();
    const [a, b] = [await socketOf(blocker), await socketOf(blocked)];
    const frames = [record(a), record(b)] as const;
    const rooms = [followRoom(a, roomId), followRoom(b, roomId)] as const;
    await until('both are in', () => running.hub.presence.here(roomId) === 3);
    for (const socket of [a, b]) await must(socket, 'rooms:watch', {});

    let clientIds = 0;
    const post = (person: TestPerson, text: string, more: object = {}): Promise<{ message: MessageView }> =>
      hub.messages.post(person.actor, {
        ...{ roomId, text, clientId: `00000000-0000-4000-8000-${String(++clientIds).padStart(12, '0')}` },
        ...more,
      });
    for (const [person, word] of [
      [blocker, 'PEONY'],
      [blocked, 'QUARTZ'],
    ] as const) {
      const { message } = await post(person, `${word} afterwards`, { question: true });
      await post(person, `${word} in a thread`, { threadId: root.id });
      await post(person, `${word} as an answer`, { replyTo: root.id, mentions: [third.actor.id] });
      await hub.messages.edit(person.actor, { roomId, messageId: message.id, text: `${word} in other words` });
      await hub.messages.pin(third.actor, { roomId, messageId: message.id, on: true });
      await post(third, 'an answer of a third person', { replyTo: message.id });
      await hub.messages.react(person.actor, { roomId, messageId: root.id, reaction: 'thanks', on: true });
      const gone = await post(person, `${word} for a moment`);
      await hub.messages.remove(person.actor, { roomId, messageId: gone.message.id });
    }
    a.emit('room:typing', { roomId });
    b.emit('room:typing', { roomId });
    const last = await others.post('the last word is a third person’s');
    for (const room of rooms) await until('it came', () => room.state.messages.some(({ id }) => id === last.id));

    for (const [index, socket] of [a, b].entries()) {
      for (const [name, input] of LISTS) {
        const asked = 'roomId' in input ? { ...input, roomId } : input;
        frames[index as 0 | 1].push(JSON.stringify([name, await ask(socket, name, asked)]));
      }
      const thread = await ask(socket, 'thread:open', { roomId, rootId: root.id });
      frames[index as 0 | 1].push(JSON.stringify(['thread:open', thread]));
      const join = await ask(socket, 'room:join', { roomId });
      frames[index as 0 | 1].push(JSON.stringify(['room:join', join]));
      const found = await hub.search.find([blocker, blocked][index]?.actor as never, {
        query: index ? 'peony' : 'quartz',
      });
      frames[index as 0 | 1].push(JSON.stringify(['search', found]));
    }
    // the one who blocks may hold the place of a stone, by the id of the message, but nothing of whom wrote it
    for (const frame of frames[0]) {
      expect(frame).not.toMatch(/quartz/i);
      expect(frame).not.toContain(blocked.actor.id);
      expect(frame).not.toContain(blocked.actor.displayName);
    }
    for (const frame of frames[1]) {
      expect(frame).not.toMatch(/peony/i);
      expect(frame).not.toContain(blocker.actor.id);
      expect(frame).not.toContain(blocker.actor.displayName);
      expect(frame).not.toContain(hers.id);
    }
    expect(frames[0].length + frames[1].length).toBeGreaterThan(30);
    // the law: what came by events is what a fresh look shows
    for (const [index, room] of rooms.entries()) {
      const view = await must([a, b][index] as TestSocket, 'room:join', { roomId });
      if (view.kind !== 'snapshot') throw new Error('not a whole page');
      expect(room.state.messages.map(withoutDetail)).toEqual(view.page.messages.map(withoutDetail));
      expect(room.state.posts).toBe(view.posts);
      expect(room.state.pins).toEqual(view.pins);
    }
  }, 60_000);

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
