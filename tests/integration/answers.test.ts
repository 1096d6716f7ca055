// A mentor's saved answers: hers alone, in several languages, bounded, and never doubled.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createAnswerModels } from '../../server/domain/answers/answers.model.ts';
import { createAnswersRepository } from '../../server/domain/answers/answers.repository.ts';
import { createAnswersService } from '../../server/domain/answers/answers.service.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import type { Role } from '../../src/lib/shared/accounts.ts';
import { openTestDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let answers: ReturnType<typeof createAnswersService>;
let models: ReturnType<typeof createAnswerModels>;
let now = Date.parse('2026-11-01T10:00:00Z');
let maryam: Actor;

const someone = (role: Role): Actor => ({
  ...{ id: newId(), role, userName: role, displayName: role, locale: 'en', sessionId: newId() },
});
beforeAll(async () => {
  database = await openTestDatabase();
  models = createAnswerModels(database.connection);
  await models.answers.createIndexes();
  answers = createAnswersService({
    answers: createAnswersRepository(models),
    clock: { now: () => new Date(now) },
    limits: { listPage: 3, savedAnswers: 7 },
  });
});
afterAll(() => database.close());
beforeEach(() => {
  maryam = someone('mentor');
});

const draft = (title: string, texts: Record<string, string> = { en: `${title}, in English` }) => ({
  ...{ clientId: randomUUID(), title, texts },
});
async function add(...titles: string[]) {
  const made = [];
  for (const title of titles) {
    now += 1000;
    made.push(await answers.create(maryam, draft(title)));
  }
  return made;
}
const titles = async () => (await answers.list(maryam, {})).items.map(({ title }) => title);

test('a mentor keeps an answer in several languages, and finds it with the languages she wrote it in', async () => {
  const texts = { uk: 'Ось так', de: '  So geht das ', ar: '', fr: '\u200b' };
  const made = await answers.create(maryam, draft('Diploma', texts));
  expect(made).toMatchObject({ title: 'Diploma', version: 1 });
  expect(made.texts).toEqual([
    { lang: 'de', text: 'So geht das' },
    { lang: 'uk', text: 'Ось так' },
  ]);
  expect(await answers.one(maryam, { answerId: made.id })).toEqual(made);
  expect((await answers.list(maryam, {})).items).toEqual([
    { id: made.id, title: 'Diploma', langs: ['de', 'uk'], excerpt: 'So geht das' },
  ]);
});

test('the one she inserted last stands first, and inserting gives the words of that language only', async () => {
  const [first, second] = await add('first', 'second');
  expect(await titles()).toEqual(['second', 'first']);
  now += 1000;
  expect(await answers.take(maryam, { answerId: first?.id, lang: 'en' })).toEqual({
    lang: 'en',
    text: 'first, in English',
  });
  expect(await titles()).toEqual(['first', 'second']);
  const none = answers.take(maryam, { answerId: second?.id, lang: 'de' });
  await expect(none).rejects.toMatchObject({ code: 'not-found' });
});

test('nobody else sees, changes, inserts or removes it, and members keep none', async () => {
  const [made] = await add('mine');
  const other = someone('moderator');
  const one = { answerId: made?.id };
  expect((await answers.list(other, {})).items).toEqual([]);
  await expect(answers.one(other, one)).rejects.toMatchObject({ code: 'not-found' });
  await expect(answers.edit(other, { ...one, ...draft('hers'), version: 1 })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(answers.take(other, { ...one, lang: 'en' })).rejects.toMatchObject({ code: 'not-found' });
  await answers.remove(other, one);
  expect(await titles()).toEqual(['mine']);
  const member = someone('member');
  for (const refused of [
    answers.list(member, {}),
    answers.one(member, one),
    answers.create(member, draft('x')),
    answers.edit(member, { ...one, ...draft('x'), version: 1 }),
    answers.remove(member, one),
    answers.take(member, { ...one, lang: 'en' }),
  ])
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
});

test('a form that is sent twice, even at once, makes one answer', async () => {
  const form = draft('once');
  const made = await Promise.all([answers.create(maryam, form), answers.create(maryam, form)]);
  const again = await answers.create(maryam, { ...form, title: 'other words' });
  expect(new Set([...made, again].map(({ id }) => id)).size).toBe(1);
  expect(await titles()).toEqual(['once']);
});

test('what she changed on another device meanwhile is not overwritten', async () => {
  const [made] = await add('old');
  const answerId = made?.id;
  const edited = await answers.edit(maryam, { answerId, version: '1', title: 'new', texts: { de: 'neu' } });
  expect(edited).toMatchObject({ title: 'new', version: 2, texts: [{ lang: 'de', text: 'neu' }] });
  const late = { answerId, version: 1, title: 'late', texts: { en: 'late' } };
  await expect(answers.edit(maryam, late)).rejects.toMatchObject({ code: 'conflict' });
  expect(await titles()).toEqual(['new']);
  await answers.remove(maryam, { answerId });
  expect(await answers.remove(maryam, { answerId })).toBeNull();
  await expect(answers.edit(maryam, { ...late, version: 2 })).rejects.toMatchObject({ code: 'not-found' });
});

test('many answers are paged without a gap, also when they were used in the same moment, up to a limit', async () => {
  await Promise.all(Array.from({ length: 7 }, (_, n) => answers.create(maryam, draft(`n${n}`))));
  const seen: string[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof answers.list>> = await answers.list(maryam, { before });
    expect(page.items.length).toBeLessThanOrEqual(3);
    seen.push(...page.items.map(({ title }) => title));
    before = page.next;
  } while (before);
  expect(seen.sort()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
  await expect(answers.create(maryam, draft('one too many'))).rejects.toMatchObject({ code: 'conflict' });
});

test.each([
  ['no title', { title: ' ' }, 'input.empty', 'title'],
  ['an invisible title', { title: '\u200b' }, 'input.empty', 'title'],
  ['a title of two lines', { title: 'a\nb' }, 'input.invalid', 'title'],
  ['a title that is one letter too long', { title: 'x'.repeat(81) }, 'input.too-long', 'title'],
  ['no words in any language', { texts: { de: ' ', uk: '' } }, 'input.empty', 'texts'],
  ['words that are one letter too long', { texts: { de: 'x'.repeat(4001) } }, 'input.too-long', 'texts.de'],
  ['half a letter', { texts: { de: '\ud800' } }, 'input.invalid', 'texts.de'],
  ['an unknown language', { texts: { xx: 'hm' } }, 'input.invalid', undefined],
  ['an object for words', { texts: { de: { $gt: '' } } }, 'input.invalid', 'texts.de'],
  ['no id of the form', { clientId: 'again' }, 'input.invalid', 'clientId'],
])('an answer with %s is refused', async (_name, more, code, field) => {
  const made = answers.create(maryam, { ...draft('x'), ...more });
  await expect(made).rejects.toMatchObject({ code, ...(field ? { params: expect.objectContaining({ field }) } : {}) });
});

test('her list is read by its index, without sorting', async () => {
  await add('a', 'b');
  const filter = {
    userId: maryam.id,
    usedAt: { $lte: new Date(now) },
    $or: [{ usedAt: { $lt: new Date(now) } }, { _id: { $lt: 'f' } }],
  };
  const plan = await models.answers.find(filter).sort({ userId: -1, usedAt: -1, _id: -1 }).explain('queryPlanner');
  expect(JSON.stringify(plan)).not.toMatch(/COLLSCAN|"SORT"/);
});
