// Asking anonymously: nothing that members get gives the author away, and moderators' looks are recorded first.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let roomId: string;
const amal = person('Amal');
const olena = person('Olena');
const mentor = person('Mentor', 'mentor');
const moderator = person('Mod', 'moderator');
beforeAll(async () => {
  live = await openLive();
});
afterAll(() => live.close());
afterEach(() => vi.restoreAllMocks());
beforeEach(async () => {
  roomId = await live.newRoom();
});

const ask = async (text = 'may I?', more: object = {}) =>
  (await live.messages.post(amal, { ...aPost(roomId, text), anonymous: true, ...more })).message;

test('nothing that another member is sent says who asked', async () => {
  const before = live.envelopes.length;
  const question = await ask('may I?', { question: true });
  const one = { roomId, messageId: question.id };
  const reply = { ...aPost(roomId, 'of course'), replyTo: question.id };
  await live.messages.post(olena, reply);
  await live.messages.edit(amal, { ...one, text: 'may I please?' });
  await live.messages.react(amal, { ...one, reaction: 'thanks', on: true });
  await live.messages.verify(mentor, { ...one, until: '2099-01-01T00:00:00Z' });
  await live.messages.pin(mentor, { ...one, on: true });
  await live.messages.post(amal, { ...aPost(roomId, 'below'), anonymous: true, threadId: question.id });
  const told = [
    live.envelopes.slice(before),
    await live.messages.join(olena, { roomId }),
    await live.messages.join(olena, { roomId, since: 0 }),
    await live.messages.history(olena, { roomId }),
    await live.messages.thread(olena, { roomId, rootId: question.id }),
    await live.messages.pins(olena, { roomId }),
    await live.messages.questions(olena, { roomId, state: 'open' }),
    await live.messages.mentions(olena, {}),
    await live.messages.changesBetween(roomId, 1, 7),
  ];
  expect(JSON.stringify(told)).not.toContain(amal.id);
  expect(JSON.stringify(told)).not.toContain('Amal');
  expect(question.author).toBeNull();
  const page = await live.messages.history(olena, { roomId });
  expect(page.messages[1]?.replyTo).toMatchObject({ author: null, excerpt: 'may I please?' });
});

test('she recognises her own, and may take it back', async () => {
  const question = await ask();
  expect((await live.messages.history(amal, { roomId })).mine.anonymous).toEqual([question.id]);
  expect((await live.messages.join(amal, { roomId, since: 0 })).mine.anonymous).toEqual([question.id]);
  for (const other of [olena, moderator]) {
    expect((await live.messages.history(other, { roomId })).mine.anonymous).toEqual([]);
  }
  await live.messages.remove(amal, { roomId, messageId: question.id });
  const page = await live.messages.history(olena, { roomId });
  expect(page.messages[0]).toMatchObject({ author: null, removedBy: 'author', text: null });
});

test('a moderator learns who it was, after that was written down', async () => {
  const question = await ask();
  const input = { roomId, messageId: question.id };
  expect(await live.messages.reveal(moderator, input)).toMatchObject({ id: amal.id, displayName: 'Amal' });
  const looks = await live.models.auditSides.find({ thing: question.id }).lean();
  expect(looks).toMatchObject([{ action: 'message.revealed', actor: moderator.id, person: null }]);
  // the log itself does not give the author away
  expect(JSON.stringify([looks, await live.models.auditEntries.find().lean()])).not.toContain(amal.id);
});

test('she who asked sees which moderators looked and when, and so does every moderator; nobody else does', async () => {
  const question = await ask();
  const input = { roomId, messageId: question.id };
  expect(await live.messages.looks(amal, input)).toEqual({ looks: [] });
  const other = person('Other Mod', 'coordinator');
  await live.messages.reveal(moderator, input);
  await live.messages.reveal(other, input);
  const { looks } = await live.messages.looks(amal, input);
  expect(looks.map(({ by }) => by.displayName).sort()).toEqual(['Mod', 'Other Mod']);
  expect(Date.parse(looks[0]?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(looks[1]?.at ?? ''));
  expect(await live.messages.looks(moderator, input)).toEqual({ looks });
  for (const actor of [olena, mentor]) {
    await expect(live.messages.looks(actor, input)).rejects.toMatchObject({ code: 'forbidden' });
  }
  await expect(live.messages.looks(amal, { roomId, messageId: 'f'.repeat(24) })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('what cannot be written down is not answered', async () => {
  const question = await ask();
  vi.spyOn(live.models.auditEntries.collection, 'insertOne').mockImplementation(() =>
    Promise.reject(new Error('full')),
  );
  await expect(live.messages.reveal(moderator, { roomId, messageId: question.id })).rejects.toThrow('full');
});

test('members, mentors and the author herself cannot ask who it was, and a signed message has nothing to tell', async () => {
  const question = await ask();
  const input = { roomId, messageId: question.id };
  for (const actor of [amal, olena, mentor]) {
    await expect(live.messages.reveal(actor, input)).rejects.toMatchObject({ code: 'forbidden' });
  }
  const { message } = await live.messages.post(amal, aPost(roomId, 'signed'));
  await expect(live.messages.reveal(moderator, { roomId, messageId: message.id })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(await live.models.auditSides.countDocuments({ thing: { $in: [question.id, message.id] } })).toBe(0);
});
