// Pinned messages, questions with their answers, and answers that somebody checked.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let roomId: string;
let now = Date.now();
const amal = person('Amal');
const olena = person('Olena');
const mentor = person('Mentor', 'mentor');
beforeAll(async () => {
  live = await openLive({ limits: { listPage: 3, pins: 3 }, clock: { now: () => new Date(now) } });
});
afterAll(() => live.close());
beforeEach(async () => {
  roomId = await live.newRoom();
});

const post = async (text: string, more: object = {}, actor = amal) =>
  (await live.messages.post(actor, { ...aPost(roomId, text), ...more })).message;
const pin = (messageId: string, on = true, position?: number, actor = mentor) =>
  live.messages.pin(actor, { roomId, messageId, on, position });
const pins = async () => (await live.messages.pins(olena, { roomId })).map(({ text }) => text);
const mark = (messageId: string, as: string, answers?: string, actor = amal) =>
  live.messages.mark(actor, { roomId, messageId, as, answers });
const shown = async () =>
  new Map((await live.messages.history(olena, { roomId })).messages.map((message) => [message.text, message]));
const list = (state: string, before?: string | null) => live.messages.questions(olena, { roomId, state, before });

test('mentors pin messages in an order, with the time and who did', async () => {
  const [a, b, c] = [await post('a'), await post('b'), await post('c')];
  await pin(a.id);
  await pin(b.id);
  await pin(c.id, true, 1);
  expect(await pins()).toEqual(['a', 'c', 'b']);
  await pin(b.id, true, 0);
  expect(await pins()).toEqual(['b', 'a', 'c']);
  expect((await live.messages.join(olena, { roomId })).pins).toEqual([b.id, a.id, c.id]);
  expect((await shown()).get('a')?.pinned).toMatchObject({ at: new Date(now).toISOString(), by: { id: mentor.id } });
  expect(live.envelopes.at(-1)?.changes).toMatchObject([{ kind: 'pinned', pins: [b.id, a.id, c.id] }]);
  await pin(a.id, false);
  expect(await pins()).toEqual(['b', 'c']);
});

test('moving a pinned message keeps who pinned it and when, however often it is moved', async () => {
  const all = [await post('a'), await post('b'), await post('c')];
  for (const message of all) await pin(message.id);
  const first = new Date(now).toISOString();
  now += 60_000;
  const other = person('Another', 'moderator');
  // always the last one between the two others: halving alone would run out of numbers
  for (let times = 0; times < 60; times++) {
    const order = await live.messages.pins(olena, { roomId });
    await pin(order.at(-1)?.id ?? '', true, 1, other);
    expect(await pins()).toEqual([order[0]?.text, order[2]?.text, order[1]?.text]);
  }
  const pinned = (await live.messages.pins(olena, { roomId })).map((message) => message.pinned);
  expect(pinned).toEqual(Array(3).fill({ at: first, by: expect.objectContaining({ id: mentor.id }) }));
  expect(live.envelopes.at(-1)?.changes).toMatchObject([
    { kind: 'pinned', pinned: { at: first, by: { id: mentor.id } } },
  ]);
});

test('members pin nothing, a room has room for so many, and a removed message is no longer pinned', async () => {
  const all = [await post('a'), await post('b'), await post('c'), await post('d')];
  await expect(pin(all[0]?.id ?? '', true, 0, amal)).rejects.toMatchObject({ code: 'forbidden' });
  for (const message of all.slice(0, 3)) await pin(message.id);
  await expect(pin(all[3]?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
  await live.messages.remove(amal, { roomId, messageId: all[1]?.id });
  expect(await pins()).toEqual(['a', 'c']);
  await pin(all[3]?.id ?? '');
  await expect(pin(all[1]?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
});

test('a question is open until a reply is marked as its answer', async () => {
  const question = await post('who?', { question: true });
  const reply = await post('she', { replyTo: question.id }, olena);
  expect((await list('open')).items.map(({ text }) => text)).toEqual(['who?']);
  await expect(mark(reply.id, 'answer', question.id, olena)).rejects.toMatchObject({ code: 'forbidden' });
  await mark(reply.id, 'answer', question.id);
  expect((await shown()).get('she')).toMatchObject({ answerTo: question.id });
  expect((await list('open')).items).toEqual([]);
  expect((await list('answered')).items).toMatchObject([{ id: question.id, question: 'answered' }]);
  const { rev } = await mark(reply.id, 'answer', question.id);
  expect(rev).toBe((await live.repository.head(roomId))?.rev);
  await mark(reply.id, 'none');
  expect((await list('open')).items).toMatchObject([{ id: question.id }]);
  expect((await shown()).get('she')).toMatchObject({ answerTo: null });
});

test('an answered question shows its answers, and a question shows what was written to it', async () => {
  const question = await post('who?', { question: true });
  const quoted = await post('quoted', { replyTo: question.id }, olena);
  const below = await post('below', { threadId: question.id }, olena);
  const gone = await post('gone', { replyTo: question.id }, olena);
  await live.messages.remove(olena, { roomId, messageId: gone.id });
  await post('beside');
  await mark(below.id, 'answer', question.id);
  const answered = await list('answered');
  expect(answered.answers.map(({ text, answerTo }) => [text, answerTo])).toEqual([['below', question.id]]);
  expect((await list('open')).answers).toEqual([]);
  const about = await live.messages.about(amal, { roomId, messageId: question.id });
  expect(about.message).toMatchObject({ id: question.id, question: 'answered' });
  expect(about.answers.map(({ text }) => text)).toEqual(['below']);
  expect(about.replies).toMatchObject({ items: [{ id: quoted.id }], next: null });
  expect([about.mayMark, about.mayKeep]).toEqual([true, false]);
  expect(await live.messages.about(olena, { roomId, messageId: question.id })).toMatchObject({ mayMark: false });
  expect(await live.messages.about(mentor, { roomId, messageId: question.id })).toMatchObject({
    mayMark: true,
    mayKeep: true,
  });
  await expect(live.messages.about(amal, { roomId, messageId: gone.id })).rejects.toMatchObject({ code: 'not-found' });
});

test('many replies to a question are paged, newest first, each once', async () => {
  const question = await post('who?', { question: true });
  for (let n = 1; n <= 4; n++)
    await post(`r${n}`, { replyTo: question.id, ...(n % 2 ? { threadId: question.id } : {}) }, olena);
  const first = await live.messages.about(amal, { roomId, messageId: question.id });
  expect(first.replies.items.map(({ text }) => text)).toEqual(['r4', 'r3', 'r2']);
  const rest = await live.messages.about(amal, { roomId, messageId: question.id, before: first.replies.next });
  expect(rest.replies).toMatchObject({ items: [{ text: 'r1' }], next: null });
});

test('of two answers one may go, and when the last is removed the question is open again', async () => {
  const question = await post('who?', { question: true });
  const [one, two] = [await post('one', {}, olena), await post('two', {}, olena)];
  await mark(one.id, 'answer', question.id);
  await mark(two.id, 'answer', question.id);
  await mark(one.id, 'none');
  expect((await list('answered')).items).toHaveLength(1);
  await live.messages.remove(olena, { roomId, messageId: two.id });
  expect((await list('open')).items).toHaveLength(1);
});

test('a message becomes a question later, and is none again with all its answers', async () => {
  const message = await post('hm');
  const reply = await post('well');
  await expect(mark(reply.id, 'answer', message.id)).rejects.toMatchObject({ code: 'input.invalid' });
  await mark(message.id, 'question', undefined, mentor);
  await mark(reply.id, 'answer', message.id);
  await mark(message.id, 'none');
  const all = await shown();
  expect([all.get('hm')?.question, all.get('well')?.answerTo]).toEqual([null, null]);
});

test('a reply becomes a question only by her who wrote it; who may mark can still take it back', async () => {
  const first = await post('hello');
  const quoted = await post('and where?', { replyTo: first.id }, olena);
  const below = await post('and when?', { threadId: first.id }, olena);
  for (const { id } of [quoted, below])
    for (const actor of [mentor, amal])
      await expect(mark(id, 'question', undefined, actor)).rejects.toMatchObject({ code: 'forbidden' });
  await mark(quoted.id, 'question', undefined, olena);
  expect((await list('open')).items.map(({ text }) => text)).toEqual(['and where?']);
  await mark(quoted.id, 'none', undefined, mentor);
  expect((await list('open')).items).toEqual([]);
});

test('who asked cannot make the answer of another woman a question', async () => {
  const question = await post('who?', { question: true });
  const reply = await post('she', { replyTo: question.id }, olena);
  await mark(reply.id, 'answer', question.id);
  await expect(mark(reply.id, 'question')).rejects.toMatchObject({ code: 'forbidden' });
});

test('an answer to itself, to nothing, to a stone or in another room is refused', async () => {
  const question = await post('who?', { question: true });
  const gone = await post('gone', { question: true });
  await live.messages.remove(amal, { roomId, messageId: gone.id });
  const reply = await post('she');
  for (const id of [reply.id, gone.id, 'f'.repeat(24), undefined]) {
    await expect(mark(reply.id, 'answer', id)).rejects.toMatchObject({ code: 'not-found' });
  }
  const elsewhere = await live.newRoom();
  const input = { roomId: elsewhere, messageId: reply.id, as: 'answer', answers: question.id };
  await expect(live.messages.mark(amal, input)).rejects.toMatchObject({ code: 'not-found' });
});

test('many questions are paged, newest first', async () => {
  for (let n = 1; n <= 7; n++) await post(`q${n}`, { question: true });
  const seen: (string | null)[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list('open', before);
    seen.push(...page.items.map(({ text }) => text));
    before = page.next;
  } while (before);
  expect(seen).toEqual(['q7', 'q6', 'q5', 'q4', 'q3', 'q2', 'q1']);
});

test('a mentor confirms an answer until a day, and afterwards it is on the list of what to check again', async () => {
  const answer = await post('the office opens at 8');
  const until = new Date(now + 86_400_000).toISOString();
  const input = { roomId, messageId: answer.id, until, source: 'https://example.org/hours' };
  await expect(live.messages.verify(amal, input)).rejects.toMatchObject({ code: 'forbidden' });
  await live.messages.verify(mentor, input);
  expect((await shown()).get(answer.text)?.verified).toEqual({
    by: expect.objectContaining({ id: mentor.id }),
    at: new Date(now).toISOString(),
    until,
    source: 'https://example.org/hours',
  });
  expect((await live.messages.expired(mentor, {})).items).toEqual([]);
  now += 86_400_001;
  expect((await live.messages.expired(mentor, {})).items).toMatchObject([{ id: answer.id }]);
  await expect(live.messages.expired(amal, {})).rejects.toMatchObject({ code: 'forbidden' });
  await live.messages.verify(mentor, { roomId, messageId: answer.id, until: null });
  expect((await live.messages.expired(mentor, {})).items).toEqual([]);
});

test('many answers to check again are paged, also those that end on the same day, and come with their rooms', async () => {
  const until = new Date(now + 1000).toISOString();
  const other = await live.newRoom();
  for (let n = 1; n <= 7; n++) {
    const at = n % 2 ? roomId : other;
    const { message } = await live.messages.post(amal, aPost(at, `check ${n}`));
    await live.messages.verify(mentor, { roomId: at, messageId: message.id, until });
  }
  now += 2000;
  const seen: (string | null)[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof live.messages.expired>> = await live.messages.expired(mentor, { before });
    expect(page.items.every((item) => page.rooms.some((room) => room.roomId === item.roomId && room.slug))).toBe(true);
    seen.push(...page.items.map(({ text }) => text));
    before = page.next;
  } while (before);
  expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `check ${n}`));
  await expect(live.messages.expired(mentor, { before: 'x' })).rejects.toMatchObject({ code: 'input.invalid' });
});

test('a source may be written without its beginning', async () => {
  const answer = await post('x');
  const input = { roomId, messageId: answer.id, until: '2099-01-01T00:00:00Z', source: 'www.bamf.de/hours' };
  await live.messages.verify(mentor, input);
  expect((await shown()).get('x')?.verified?.source).toBe('https://www.bamf.de/hours');
});

test.each([
  ['a script as its source', { source: 'javascript:alert(1)' }],
  ['a source that is no link', { source: 'my aunt' }],
  ['a time that has passed', { until: '2001-01-01T00:00:00Z' }],
  ['a time that is none', { until: 'soon' }],
])('an answer is not confirmed with %s', async (_name, more) => {
  const answer = await post('x');
  const input = { roomId, messageId: answer.id, until: '2099-01-01T00:00:00Z', source: null, ...more };
  await expect(live.messages.verify(mentor, input)).rejects.toMatchObject({ code: 'input.invalid' });
});
