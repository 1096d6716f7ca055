// The blocked pair is driven through every event of the socket and everything that happens live; what reaches either is recorded and searched for the other.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageView, RoomChange } from '#shared/messages.ts';
import type { AnsweredEvent } from '../../server/realtime/types.ts';
import { furnishPair, HERS, THEIRS, withoutDetail, type Furnished } from '../support/blocks.ts';
import { EVENTS, goodInput } from '../support/closed.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import {
  ask,
  connect,
  followRoom,
  must,
  openSocket,
  until,
  type TestRoom,
  type TestSocket,
} from '../support/sockets.ts';

let running: TestHub;
let people: Record<'blocker' | 'blocked' | 'third' | 'coordinator', TestPerson>;
let has: Furnished;
const sockets: TestSocket[] = [];

async function socketOf(person: TestPerson): Promise<TestSocket> {
  const socket = openSocket(running.origin, person.cookie);
  sockets.push(socket);
  expect(await connect(socket)).toBeNull();
  return socket;
}
/** Every frame that comes from now on, and what is added as answers. */
function record(socket: TestSocket): unknown[][] {
  const frames: unknown[][] = [];
  socket.onAny((...frame: unknown[]) => frames.push(frame));
  return frames;
}

/** Nothing of the other: no name, no account, no word, and for her who is blocked not even the id of a message. */
function expectNothingOf(other: 'blocker' | 'blocked', frames: unknown[][]): void {
  const { id, displayName } = people[other].actor;
  const ids = other === 'blocker' ? Object.values(has.hers ?? {}) : [];
  const names = [id, displayName, other === 'blocker' ? HERS : THEIRS, ...ids];
  const found = frames
    .map((frame) => JSON.stringify(frame))
    .filter((text) => names.some((name) => text.includes(name)));
  expect(found).toEqual([]);
}

beforeAll(async () => {
  running = await startTestHub();
  const coordinator = await running.join('nour', 'coordinator');
  people = {
    coordinator,
    blocker: await running.join('xanthippe'),
    blocked: await running.join('yevheniia'),
    third: await running.join('zohra', 'mentor'),
  };
  const { blocker, blocked, third } = people;
  for (const { actor } of [blocker, blocked, third]) {
    await running.hub.accounts.setPresence(actor, { showsPresence: true });
  }
  has = await furnishPair(running.hub, {
    ...{ blocker: blocker.actor, blocked: blocked.actor, third: third.actor, coordinator: coordinator.actor },
  });
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await running.close();
});

test('while nothing stands between them each gets much of the other: the recorder sees it', async () => {
  const frames: unknown[][] = [];
  const socket = await socketOf(people.blocked);
  for (const name of ['room:join', 'room:pins', 'mentions:list', 'saved:list'] as const) {
    frames.push([name, await ask(socket, name, { ...goodInput(has.roomId) })]);
  }
  const text = JSON.stringify(frames);
  for (const mark of [HERS, people.blocker.actor.id, people.blocker.actor.displayName]) expect(text).toContain(mark);
  expect(() => expectNothingOf('blocker', frames)).toThrow();
  socket.disconnect();
});

/** What happens in a room, by somebody; answers which kinds of changes that made. */
async function liveAs(who: TestPerson, word: string): Promise<void> {
  const { messages } = running.hub;
  const { roomId, root } = has;
  const third = people.third.actor;
  const post = async (actor: TestPerson['actor'], text: string, more: object = {}): Promise<MessageView> =>
    (await messages.post(actor, { roomId, text, clientId: randomUUID(), ...more })).message;
  const question = await post(who.actor, `${word}: a question`, { question: true, lang: 'en' });
  const at = { roomId, messageId: question.id };
  await post(who.actor, `${word} in a thread`, { threadId: root });
  const answer = await post(who.actor, `${word} as an answer`, { replyTo: root, mentions: [third.id] });
  await messages.edit(who.actor, { ...at, text: `${word} in other words` });
  await messages.language(who.actor, { ...at, lang: 'de' });
  await messages.pin(third, { ...at, on: true });
  await messages.mark(third, { roomId, messageId: answer.id, as: 'answer', answers: root });
  await messages.react(who.actor, { roomId, messageId: root, reaction: 'thanks', on: true });
  const reply = await post(third, 'an answer of a third person', { replyTo: question.id });
  await messages.react(who.actor, { roomId, messageId: reply.id, reaction: 'agree', on: true });
  await messages.hide(roomId, question.id, 'review');
  await messages.hide(roomId, question.id, null);
  const gone = await post(who.actor, `${word} for a moment`);
  await messages.remove(who.actor, { roomId, messageId: gone.id });
  const moved = await post(who.actor, `${word} elsewhere`);
  const toRoomId = await running.roomId('schools');
  await messages.move(people.coordinator.actor, { roomId, messageId: moved.id, toRoomId });
}

test('neither receives anything of the other: of what happens, and of whatever they ask', async () => {
  const { hub } = running;
  const { blocker, blocked, third } = people;
  await hub.blocks.block(blocker.actor, { userId: blocked.actor.id });
  const both = [await socketOf(blocker), await socketOf(blocked)] as const;
  const frames = both.map(record);
  const watching = await socketOf(third);
  const seen = record(watching);
  const rooms = both.map((socket) => followRoom(socket, has.roomId)) as [TestRoom, TestRoom];
  const others = followRoom(watching, has.roomId);
  await until('all are in', () => hub.presence.here(has.roomId) === 3);
  for (const socket of [...both, watching]) {
    await must(socket, 'rooms:watch', {});
    await must(socket, 'queue:watch', { dropInId: has.dropInId });
  }
  for (const socket of both) socket.emit('room:typing', { roomId: has.roomId });
  await liveAs(blocker, HERS);
  await liveAs(blocked, THEIRS);
  for (const person of [blocker, blocked]) {
    const [mine] = await hub.tickets.mine(person.actor);
    await hub.tickets.ownerAct(person.actor, { ticketId: mine?.id, action: 'pause' });
    await hub.tickets.ownerAct(person.actor, { ticketId: mine?.id, action: 'resume' });
  }
  await hub.tickets.told();
  const last = await others.post('the last word is a third person’s');
  for (const room of [...rooms, others]) {
    await until('it came', () => room.state.messages.some(({ id }) => id === last.id));
  }
  await until('the queue was told', () => frames.every((one) => one.some(([name]) => name === 'queue:public')));

  // a third woman got every kind of change, so the recorder has had something to record
  const kinds = new Set(
    seen.flatMap(([name, view]) =>
      name === 'room:changes' ? (view as { changes: RoomChange[] }).changes.map(({ kind }) => kind) : [],
    ),
  );
  expect([...kinds].sort()).toEqual(
    ['edited', 'hidden', 'language', 'marked', 'moved', 'pinned', 'posted', 'reacted', 'removed'].sort(),
  );
  for (const word of [HERS, THEIRS]) expect(JSON.stringify(seen)).toContain(word);
  // no range is missing for either, whatever was left out of it: nobody has to join again
  expect(rooms.map(({ gaps }) => gaps)).toEqual([0, 0]);
  for (const [at, room] of rooms.entries()) {
    const view = await must(both[at as 0 | 1], 'room:join', { roomId: has.roomId });
    if (view.kind !== 'snapshot') throw new Error('not a whole page');
    expect(room.state.messages.map(withoutDetail)).toEqual(view.page.messages.map(withoutDetail));
    expect([room.state.posts, room.state.pins]).toEqual([view.posts, view.pins]);
  }

  // every event that the socket knows, about the room, about the other's messages, and about what a third wrote
  for (const [at, person, of] of [
    [0, blocker, has.theirs],
    [1, blocked, has.hers],
  ] as const) {
    const other = at === 0 ? blocked : blocker;
    const place = (await hub.tickets.mine(other.actor))[0]?.id;
    for (const messageId of [of?.question, of?.answer, has.root]) {
      // a socket of its own for each: nobody may send as much as this at once
      const socket = await socketOf(person);
      for (const [name, kind] of Object.entries(EVENTS)) {
        if (kind === 'silent' || /^(?:rooms:unwatch|room:leave|queue:unwatch|message:remove)$/.test(name)) continue;
        const input = { ...goodInput(has.roomId), dropInId: has.dropInId, messageId, rootId: has.root };
        const more = {
          ticketId: place,
          to: other.actor.id,
          mentions: [other.actor.id],
          replyTo: messageId,
          posts: 999,
        };
        for (const query of ['', HERS.slice(0, 3), THEIRS.slice(0, 3), 'x', 'y']) {
          if (query !== '' && name !== 'room:people-suggest') continue;
          const answer = await ask(socket, name as AnsweredEvent, { ...input, ...more, query, text: randomUUID() });
          frames[at]?.push([name, answer]);
        }
      }
      const state = { ...goodInput(has.roomId), state: 'answered' };
      frames[at]?.push(['room:questions', await ask(socket, 'room:questions', state)]);
    }
    for (const query of [HERS, THEIRS, other.actor.displayName, `from:${other.actor.displayName}`]) {
      const found = await hub.search.find(person.actor, { query });
      frames[at]?.push(['search', found.results]);
    }
  }
  expectNothingOf('blocked', frames[0] ?? []);
  expectNothingOf('blocker', frames[1] ?? []);
  expect(Math.min(...frames.map(({ length }) => length))).toBeGreaterThan(150);
  await hub.blocks.unblock(blocker.actor, { userId: blocked.actor.id });
}, 90_000);
