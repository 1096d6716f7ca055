// Conversations with real clients: what reaches whom over the socket, and what a post costs.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandStartedEvent } from 'mongodb';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPost, openLive, person } from '../support/live.ts';
import { connect, followRoom, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let roomId: string;
const people: Record<string, TestPerson> = {};
const sockets: TestSocket[] = [];

async function open(name: string): Promise<TestSocket> {
  const socket = openSocket(running.origin, people[name]?.cookie ?? null);
  sockets.push(socket);
  expect(await connect(socket)).toBeNull();
  return socket;
}
beforeAll(async () => {
  running = await startTestHub();
  people.coordinator = await running.join('coordinator', 'coordinator');
  for (const name of ['amal', 'olena']) people[name] = await running.join(name);
  roomId = await running.roomId();
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await running.close();
});
const idOf = (name: string) => people[name]?.actor.id ?? '';
const aNew = (text: string, more: object = {}) => ({ roomId, clientId: crypto.randomUUID(), text, ...more });

test('two clients see the same thread, edit, reaction, answer and pin', async () => {
  const [amal, olena, coordinator] = [await open('amal'), await open('olena'), await open('coordinator')];
  const [mine, hers] = [followRoom(amal, roomId), followRoom(olena, roomId)];
  const { message } = await must(amal, 'message:post', aNew('who knows?', { question: true }));
  const one = { roomId, messageId: message.id };
  const reply = await must(olena, 'message:post', aNew('I do', { replyTo: message.id }));
  await must(olena, 'message:post', aNew('more of it', { threadId: message.id }));
  await must(amal, 'message:edit', { ...one, text: 'who knows more?' });
  await must(amal, 'message:react', { roomId, messageId: reply.message.id, reaction: 'thanks', on: true });
  await must(amal, 'message:mark', { roomId, messageId: reply.message.id, as: 'answer', answers: message.id });
  const { rev } = await must(coordinator, 'message:pin', { ...one, on: true });
  await until('both are there', () => mine.state.rev >= rev && hers.state.rev >= rev);
  expect(hers.state).toEqual(mine.state);
  expect(mine.state.pins).toEqual([message.id]);
  expect(mine.state.messages).toMatchObject([
    {
      text: 'who knows more?',
      thread: { replies: 1 },
      question: 'answered',
      pinned: { by: { displayName: 'coordinator' } },
    },
    { text: 'I do', replyTo: { excerpt: 'who knows more?' }, reactions: { thanks: 1 }, answerTo: message.id },
  ]);
  expect((await must(olena, 'room:history', { roomId })).mine.reactions).toEqual({});
});

test('her count of mentions reaches all her devices, and what she marks as unread too', async () => {
  const [amal, phone, laptop] = [await open('amal'), await open('olena'), await open('olena')];
  const counts: number[] = [];
  const positions: object[] = [];
  laptop.on('mentions:count', ({ count }) => void counts.push(count));
  laptop.on('room:read-at', (at) => void positions.push(at));
  const { message } = await must(amal, 'message:post', aNew('look', { mentions: [idOf('olena')] }));
  await until('the mention is counted', () => counts.length > 0);
  await must(phone, 'room:read', { roomId, posts: message.post });
  await until('it is read', () => counts.at(-1) === 0);
  await must(phone, 'room:unread', { roomId, post: message.post });
  await until('it is unread again', () => positions.length > 1);
  expect(positions.at(-1)).toEqual({ roomId, readPosts: message.post - 1, back: true });
});

test('an anonymous question ends no sign of typing, which would say whose it is', async () => {
  if (people.olena) await running.hub.accounts.setPresence(people.olena.actor, { showsPresence: true });
  const [amal, olena] = [await open('amal'), await open('olena')];
  await must(amal, 'room:join', { roomId });
  await must(olena, 'room:join', { roomId });
  olena.emit('room:typing', { roomId });
  await until('she types', () => running.hub.presence.view(roomId).typing.length === 1);
  await must(olena, 'message:post', aNew('may I?', { anonymous: true }));
  expect(running.hub.presence.view(roomId).typing).toHaveLength(1);
  await must(olena, 'message:post', aNew('signed'));
  expect(running.hub.presence.view(roomId).typing).toHaveLength(0);
});

test('a batch of plain posts is one append and one write of messages, and nothing else is written or looked up', async () => {
  const live = await openLive();
  const watched = await live.another({ monitor: true });
  const room = await live.newRoom();
  const author = person('Author');
  await watched.messages.post(author, aPost(room, 'warm'));
  const sent: string[] = [];
  watched.connection.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
    sent.push(`${commandName} ${String(command[commandName])}`);
  });
  await Promise.all(Array.from({ length: 100 }, (_, n) => watched.messages.post(author, aPost(room, `text ${n}`))));
  const times = (name: string) => sent.filter((one) => one === name).length;
  const batches = times('insert roomLog');
  expect(batches).toBeLessThan(20);
  expect([times('update messages'), times('find messages'), times('update rooms')]).toEqual([
    batches,
    batches,
    batches,
  ]);
  expect(sent.filter((one) => /mentions|savedMessages|messageMoves|update roomLog|find roomLog/.test(one))).toEqual([]);
  await live.close();
});
