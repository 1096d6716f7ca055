// Every read of the rooms and messages areas uses an index: the commands that really leave are explained.
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandStartedEvent } from 'mongodb';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPost, openLive, person, type Live } from '../support/live.ts';

interface Stage {
  stage: string;
  indexName?: string;
  inputStage?: Stage;
  inputStages?: Stage[];
}

let live: Awaited<ReturnType<typeof openLive>>;
let watched: Live;
let finds: Record<string, unknown>[] = [];
let roomId: string;
let slug: string;
let rootId: string;
const amal = person('Amal');
const moderator = person('Mod', 'moderator');

beforeAll(async () => {
  live = await openLive({ limits: { historyPage: 5 } });
  watched = await live.another({ monitor: true });
  watched.connection.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
    if (commandName === 'find') finds.push(command);
  });
  roomId = await live.newRoom();
  slug = (await live.rooms.authorise(amal, roomId)).slug;
  const other = await live.newRoom();
  for (const room of [roomId, other]) {
    const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);
    await Promise.all(texts.map((text) => live.messages.post(amal, aPost(room, text))));
    await live.rooms.markRead(amal, { roomId: room, posts: 30 });
  }
  rootId = (await live.messages.history(amal, { roomId, before: 2 })).messages[0]?.id ?? '';
  const many = Array.from({ length: 30 }, (_, index) => ({
    question: true,
    mentions: [moderator.id],
    text: `q ${index}`,
  }));
  const questions = await Promise.all(many.map((more) => live.messages.post(amal, { ...aPost(roomId, ''), ...more })));
  const replies = Array.from({ length: 30 }, () => ({ ...aPost(roomId, 'reply'), threadId: rootId, replyTo: rootId }));
  await Promise.all(replies.map((reply) => live.messages.post(amal, reply)));
  for (const { message } of questions.slice(0, 8)) {
    const one = { roomId, messageId: message.id };
    await live.messages.pin(moderator, { ...one, on: true });
    await live.messages.verify(moderator, { ...one, until: new Date(Date.now() + 400).toISOString() });
    await live.messages.save(moderator, { ...one, on: true });
    await live.messages.edit(amal, { ...one, text: 'edited' });
  }
  await pause(450);
});
afterAll(() => live.close());

const stagesOf = (stage: Stage): Stage[] => [
  stage,
  ...[stage.inputStage, ...(stage.inputStages ?? [])].flatMap((inner) => (inner ? stagesOf(inner) : [])),
];

/** The plan of every find that `run` sends, by collection. */
async function plansOf(run: () => Promise<unknown>): Promise<{ collection: string; stages: string[]; docs: number }[]> {
  finds = [];
  await run();
  const sent = finds;
  const plans = [];
  for (const { find, filter, sort, limit, projection } of sent) {
    const command = {
      find,
      filter,
      ...(sort ? { sort } : {}),
      ...(limit ? { limit } : {}),
      ...(projection ? { projection } : {}),
    };
    const explained = await live.connection.db?.command({ explain: command, verbosity: 'executionStats' });
    const plan = explained?.queryPlanner as { winningPlan: Stage & { queryPlan?: Stage } };
    const stages = stagesOf(plan.winningPlan.queryPlan ?? plan.winningPlan).map(({ stage }) => stage);
    const docs = (explained?.executionStats as { totalDocsExamined: number }).totalDocsExamined;
    plans.push({ collection: String(find), stages, docs });
  }
  return plans;
}

const reads: [name: string, collections: string[], docs: number, run: () => Promise<unknown>][] = [
  [
    'a first join',
    ['messages', 'roomMembers', 'rooms', 'savedMessages'],
    8,
    () => watched.messages.join(amal, { roomId }),
  ],
  [
    'a join since',
    ['messages', 'roomLog', 'roomMembers', 'rooms'],
    112,
    () => watched.messages.join(amal, { roomId, since: 30 }),
  ],
  ['a page of history', ['messages'], 6, () => watched.messages.history(amal, { roomId, before: 20 })],
  ['a page further down', ['messages'], 6, () => watched.messages.history(amal, { roomId, after: 2 })],
  ['the place of a message', ['messages'], 8, () => watched.messages.history(amal, { roomId, around: 20 })],
  ['a thread', ['messages', 'rooms'], 6, () => watched.messages.thread(amal, { roomId, rootId })],
  ['the pinned messages', ['messages'], 8, () => watched.messages.pins(amal, { roomId })],
  ['open questions', ['messages'], 30, () => watched.messages.questions(amal, { roomId, state: 'open' })],
  ['answered questions', ['messages'], 0, () => watched.messages.questions(amal, { roomId, state: 'answered' })],
  ['answers to check again', ['messages'], 8, () => watched.messages.expired(moderator, {})],
  [
    'the next page of them',
    ['messages'],
    8,
    () => watched.messages.expired(moderator, { before: `${Date.now() - 1000}-${rootId}` }),
  ],
  [
    'what was written to a message',
    ['messages'],
    60,
    () => watched.messages.about(amal, { roomId, messageId: rootId }),
  ],
  ['what she saved', ['messages', 'savedMessages'], 8, () => watched.messages.saved(moderator, {})],
  ['her mentions', ['mentions', 'messages'], 51, () => watched.messages.mentions(moderator, {})],
  ['her mentions counted', ['mentions'], 30, () => watched.messages.mentionCounts(moderator)],
  ['what is left of moves at the start', ['messageMoves'], 2, () => watched.messages.recover()],
  ['changes between', ['roomLog'], 4, () => watched.messages.changesBetween(roomId, 11, 14)],
  ['how far rooms are', ['roomLog', 'rooms'], 1, () => watched.messages.heads([roomId])],
  ['a post', ['messages', 'roomLog'], 1, () => watched.messages.post(amal, aPost(roomId, 'one more'))],
  ['a reply', ['messages'], 1, () => watched.messages.post(amal, { ...aPost(roomId, 'r'), replyTo: rootId })],
  [
    'a look for what is too old',
    ['messages'],
    100,
    () => watched.messages.purgeOld(roomId, { before: new Date(0), after: 0 }),
  ],
  ['the room that is looked at next', ['rooms'], 2, () => watched.repository.due(new Date())],
  ['the list of rooms', ['roomMembers', 'rooms'], 2, () => watched.rooms.list(amal)],
  ['a room by its name in the address', ['rooms'], 1, () => watched.rooms.bySlug(amal, slug)],
];
test.each(reads)('%s uses indexes', async (_name, collections, docs, run) => {
  const plans = await plansOf(run);
  expect(plans.map((plan) => plan.collection)).toEqual(expect.arrayContaining(collections));
  for (const { stages, docs: examined, collection } of plans) {
    expect(stages, collection).not.toContain('COLLSCAN');
    expect(stages, collection).not.toContain('SORT');
    expect(examined, collection).toBeLessThanOrEqual(docs);
  }
});

test('what edits, removals and reading change is found by indexes', async () => {
  const { message } = await live.messages.post(amal, { ...aPost(roomId, 'x'), mentions: [moderator.id] });
  await live.messages.edit(amal, { roomId, messageId: message.id, text: 'y' });
  await live.messages.save(moderator, { roomId, messageId: message.id, on: true });
  const { messages, roomLog, mentions, moves, saves } = live.models;
  const [userId, messageId] = [new mongoose.Types.ObjectId(moderator.id), new mongoose.Types.ObjectId(message.id)];
  const room = new mongoose.Types.ObjectId(roomId);
  const filters: [mongoose.mongo.Collection, object][] = [
    [roomLog.collection, { editOf: messageId, rev: { $lt: 1_000 } }],
    [roomLog.collection, { roomId: room, rev: 3 }],
    [mentions.collection, { messageId }],
    [mentions.collection, { userId, read: false, roomId: room, post: { $lte: 3 } }],
    [saves.collection, { userId, messageId }],
    [moves.collection, { open: true }],
    [messages.collection, { answerTo: message.id }],
    [messages.collection, { roomId: room, threadId: message.id, seq: { $gt: 0 } }],
  ];
  for (const [collection, filter] of filters) {
    const { queryPlanner } = await collection.find(filter).explain('queryPlanner');
    const plan = queryPlanner.winningPlan as Stage & { queryPlan?: Stage };
    const stages = stagesOf(plan.queryPlan ?? plan).map(({ stage }) => stage);
    expect(stages, JSON.stringify(filter)).toContain('IXSCAN');
  }
});

test('a retry after an unknown outcome is found by indexes', async () => {
  const sent = aPost(roomId, 'twice');
  await live.messages.post(amal, sent);
  const { collection } = watched.models.messages;
  const find = collection.find.bind(collection);
  // the first look-up misses it, as if it had been stored a moment later
  let missed = false;
  collection.find = ((...args: Parameters<typeof find>) => {
    if (missed) return find(...args);
    missed = true;
    return find({ clientId: 'nobody' }, args[1]);
  }) as typeof find;
  const plans = await plansOf(async () => {
    expect((await watched.messages.post(amal, sent)).message.text).toBe('twice');
  });
  expect(plans.filter((plan) => plan.collection === 'roomLog').length).toBeGreaterThanOrEqual(2);
  for (const { stages } of plans) expect(stages).not.toContain('COLLSCAN');
});

test('the log forgets by an index on its time, after fourteen days', async () => {
  const indexes = await live.models.roomLog.collection.indexes();
  expect(indexes.find((index) => index.expireAfterSeconds !== undefined)).toMatchObject({
    key: { at: 1 },
    expireAfterSeconds: 14 * 86_400,
  });
});
