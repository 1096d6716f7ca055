// The same command again: one row, one answer, and no other text under the same id.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
const amal = person('Amal');
const olena = person('Olena');
beforeAll(async () => {
  live = await openLive();
});
afterAll(() => live.close());

const rows = async (roomId: string) => ({
  log: await live.models.roomLog.countDocuments({ roomId }),
  messages: await live.models.messages.countDocuments({ roomId }),
});
const reused = { code: 'message.id-reused' };

test('a message that is sent twice in one breath stands there once, and both get the same answer', async () => {
  const roomId = await live.newRoom();
  const sent = aPost(roomId, 'once');
  const [first, second] = await Promise.all([live.messages.post(amal, sent), live.messages.post(amal, sent)]);
  expect(second).toEqual(first);
  expect(await rows(roomId)).toEqual({ log: 1, messages: 1 });
});

test('two texts under one id in one breath: one is stored, the other refused', async () => {
  const roomId = await live.newRoom();
  const sent = aPost(roomId, 'this one');
  const [first, second] = await Promise.allSettled([
    live.messages.post(amal, sent),
    live.messages.post(amal, { ...sent, text: 'another one' }),
  ]);
  expect(first).toMatchObject({ status: 'fulfilled', value: { message: { text: 'this one' } } });
  expect(second).toMatchObject({ status: 'rejected', reason: reused });
  expect(await rows(roomId)).toEqual({ log: 1, messages: 1 });
});

test('a retry after success is answered with what is stored, and not told to anybody again', async () => {
  const roomId = await live.newRoom();
  const sent = aPost(roomId, 'once');
  const first = await live.messages.post(amal, sent);
  const second = await live.messages.post(amal, { ...sent, text: ' once ' });
  expect(second).toEqual(first);
  expect(live.envelopes.filter((envelope) => envelope.roomId === roomId)).toHaveLength(1);
  expect(await rows(roomId)).toEqual({ log: 1, messages: 1 });
});

test('the same id with another text, or in another room, is refused', async () => {
  const [roomId, elsewhere] = [await live.newRoom(), await live.newRoom()];
  const sent = aPost(roomId, 'mine');
  await live.messages.post(amal, sent);
  await expect(live.messages.post(amal, { ...sent, text: 'mine too' })).rejects.toMatchObject(reused);
  await expect(live.messages.post(amal, { ...sent, roomId: elsewhere })).rejects.toMatchObject(reused);
  expect(await rows(roomId)).toEqual({ log: 1, messages: 1 });
  expect(await rows(elsewhere)).toEqual({ log: 0, messages: 0 });
});

test('the same id in two rooms at once is stored in one of them', async () => {
  const [roomId, elsewhere] = [await live.newRoom(), await live.newRoom()];
  const sent = aPost(roomId, 'where?');
  const outcomes = await Promise.allSettled([
    live.messages.post(amal, sent),
    live.messages.post(amal, { ...sent, roomId: elsewhere }),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({ reason: reused });
  const [here, there] = [await rows(roomId), await rows(elsewhere)];
  expect([here.log + there.log, here.messages + there.messages]).toEqual([1, 1]);
});

test('two women may happen to use the same id', async () => {
  const roomId = await live.newRoom();
  const clientId = randomUUID();
  const [hers, mine] = await Promise.all([
    live.messages.post(olena, aPost(roomId, 'hers', clientId)),
    live.messages.post(amal, aPost(roomId, 'mine', clientId)),
  ]);
  expect([hers.message.text, mine.message.text]).toEqual(['hers', 'mine']);
  expect(await rows(roomId)).toEqual({ log: 2, messages: 2 });
});

test('a retry among new messages of the same breath leaves no hole', async () => {
  const roomId = await live.newRoom();
  const old = aPost(roomId, 'old');
  await live.messages.post(amal, old);
  const answers = await Promise.all([
    live.messages.post(amal, aPost(roomId, 'new 1')),
    live.messages.post(amal, old),
    live.messages.post(amal, aPost(roomId, 'new 2')),
  ]);
  expect(answers.map(({ message }) => message.seq)).toEqual([2, 1, 3]);
  expect(await live.repository.head(roomId)).toMatchObject({ rev: 3, posts: 3 });
});

test('the same message sent through two processes at once is stored once', async () => {
  const other = await live.another();
  const roomId = await live.newRoom();
  for (let round = 0; round < 10; round++) {
    const sent = aPost(roomId, `round ${round}`);
    const answers = await Promise.all([
      live.messages.post(amal, sent),
      other.messages.post(amal, sent),
      other.messages.post(olena, aPost(roomId, `beside ${round}`)),
    ]);
    expect(answers[1]).toEqual(answers[0]);
  }
  expect(await rows(roomId)).toEqual({ log: 20, messages: 20 });
  const log = await live.models.roomLog.find({ roomId }).sort({ rev: 1 }).lean();
  expect(log.map((entry) => entry.rev)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test('a retry after removal finds the stone, another text under the id stays refused', async () => {
  const roomId = await live.newRoom();
  const sent = aPost(roomId, 'taken back');
  const { message } = await live.messages.post(amal, sent);
  await live.messages.remove(amal, { roomId, messageId: message.id });
  const again = await live.messages.post(amal, sent);
  expect(again.message).toMatchObject({ id: message.id, text: null, removedBy: 'author', rev: 2, seq: 1 });
  await expect(live.messages.post(amal, { ...sent, text: 'other' })).rejects.toMatchObject(reused);
  expect(await rows(roomId)).toEqual({ log: 2, messages: 1 });
});

test('a phone that was off for three weeks sends again: the log has forgotten, the messages have not', async () => {
  const roomId = await live.newRoom();
  const sent = aPost(roomId, 'long ago');
  const { message } = await live.messages.post(amal, sent);
  await live.models.roomLog.deleteMany({ roomId });
  const again = await live.messages.post(amal, sent);
  expect(again.message).toEqual(message);
  await expect(live.messages.post(amal, { ...sent, text: 'other' })).rejects.toMatchObject(reused);
  expect(await rows(roomId)).toEqual({ log: 0, messages: 1 });
});

test('a room whose log has expired goes on with the next rev', async () => {
  const roomId = await live.newRoom();
  for (const text of ['1', '2', '3']) await live.messages.post(amal, aPost(roomId, text));
  await live.models.roomLog.deleteMany({ roomId });
  const restarted = await live.another();
  const { message } = await restarted.messages.post(amal, aPost(roomId, '4'));
  expect(message).toMatchObject({ seq: 4, post: 4 });
  const next = await live.messages.post(olena, aPost(roomId, '5'));
  expect(next.message).toMatchObject({ seq: 5, post: 5 });
});
