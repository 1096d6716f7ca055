// Word lists in the database: begun once, edited by moderators, written down first, tried out, known to every process.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWordListModels } from '../../server/domain/moderation/word-lists.model.ts';
import { createWordListsRepository } from '../../server/domain/moderation/word-lists.repository.ts';
import { createWordListsService } from '../../server/domain/moderation/word-lists.service.ts';
import { startEntries } from '../../server/domain/moderation/start-lists/index.ts';
import { openAudit } from '../support/audit.ts';

let log: Awaited<ReturnType<typeof openAudit>>;
let make: () => ReturnType<typeof createWordListsService>;
let lists: ReturnType<typeof createWordListsService>;
let time = Date.parse('2026-08-01T10:00:00Z');
beforeAll(async () => {
  log = await openAudit();
  const models = createWordListModels(log.models.auditEntries.db);
  for (const model of Object.values(models)) await model.createIndexes();
  make = () =>
    createWordListsService({
      repository: createWordListsRepository(models),
      audit: log.audit,
      clock: { now: () => new Date(time) },
      personViews: (ids) =>
        Promise.resolve(new Map(ids.map((id) => [id, { id, displayName: 'Mod', role: 'moderator', hue: 1 }]))),
    });
  lists = make();
  await Promise.all([lists.ensureStartLists(), make().ensureStartLists()]);
});
afterAll(() => log.close());

const mod = () => log.person('Mod');
const find = async (actor: ReturnType<typeof mod>, language: string, text: string) => {
  let before: string | null | undefined;
  do {
    const page = await lists.page(actor, { language, ...(before ? { before } : {}) });
    const found = page.items.find((word) => word.text === text);
    if (found) return found;
    before = page.next;
  } while (before);
  return null;
};

test('a new hub begins with a list in seven languages, each once, marked as not yet reviewed', async () => {
  for (const language of ['de', 'en', 'ar', 'uk', 'ru', 'fa', 'tr'] as const) {
    const page = await lists.page(mod(), { language });
    expect(page.counts[language]).toBe(startEntries(language).length);
    expect(page.reviewed).toBeNull();
  }
});

test('what a moderator took out stays out after the next start', async () => {
  const actor = mod();
  const word = await find(actor, 'en', 'scumbag*');
  await lists.remove(actor, { id: word?.id });
  await make().ensureStartLists();
  expect(await find(actor, 'en', 'scumbag*')).toBeNull();
  expect((await lists.try(actor, { text: 'scumbags' })).hits).toEqual([]);
});

test('a moderator adds a word, tries it, makes it stricter; all of it stands in the audit log first', async () => {
  const actor = mod();
  const word = await lists.add(actor, { language: 'de', text: ' Blödmann* ', act: 'flag' });
  const tried = await lists.try(actor, { text: 'Du b.l.ö.d.m.a.n.n, ihr Blödmänner, Bloedmannsgesicht' });
  expect(tried).toMatchObject({ act: 'flag', hits: [{ entry: { id: word.id, text: 'Blödmann*' } }] });
  await lists.change(actor, { id: word.id, act: 'hold' });
  expect((await lists.try(actor, { text: 'Blödmann' })).act).toBe('hold');
  expect((await lists.look('Blödmann')).entries.map(({ id }) => id)).toEqual([word.id]);
  const { items } = await log.audit.page(actor, { about: word.id });
  expect(items.map(({ action }) => action)).toEqual(['word-list.changed', 'word-list.added']);
  expect(items[1]?.reason).toContain('Blödmann');
});

test('another process follows within seconds', async () => {
  const other = make();
  const actor = mod();
  expect((await other.look('quatschkopf')).act).toBeNull();
  await lists.add(actor, { language: 'de', text: 'quatschkopf', act: 'hold' });
  time += 5_001;
  expect((await other.look('quatschkopf')).act).toBe('hold');
});

test('a native speaker says that she read the list, and the mark goes', async () => {
  const actor = mod();
  await lists.review(actor, { language: 'uk' });
  expect((await lists.page(actor, { language: 'uk' })).reviewed).toMatchObject({ by: { id: actor.id } });
  expect((await lists.page(actor, { language: 'ru' })).reviewed).toBeNull();
});

test('the same word twice is told, in one language', async () => {
  const word = { language: 'tr', text: 'zevzek', act: 'flag' };
  await lists.add(mod(), word);
  await expect(lists.add(mod(), word)).rejects.toMatchObject({ code: 'conflict' });
  await lists.add(mod(), { ...word, language: 'fa' });
});

test('members and mentors neither see nor change nor try anything', async () => {
  for (const role of ['member', 'mentor'] as const) {
    const person = log.person('Olena', role);
    const acts = [
      lists.page(person, {}),
      lists.try(person, { text: 'x' }),
      lists.add(person, { language: 'de', text: 'word', act: 'flag' }),
      lists.change(person, { id: '0'.repeat(24), act: 'flag' }),
      lists.remove(person, { id: '0'.repeat(24) }),
      lists.review(person, { language: 'de' }),
    ];
    for (const act of acts) await expect(act).rejects.toMatchObject({ code: 'forbidden' });
  }
});

test.each([
  { language: 'xx', text: 'word', act: 'flag' },
  { language: 'de', text: '  ', act: 'flag' },
  { language: 'de', text: '***', act: 'flag' },
  { language: 'de', text: 'ab*', act: 'flag' },
  { language: 'de', text: 'x'.repeat(61), act: 'flag' },
  { language: 'de', text: 'word', act: 'block' },
  { language: { $ne: null }, text: 'word', act: 'flag' },
])('what is no entry is refused: %j', async (input) => {
  await expect(lists.add(mod(), input)).rejects.toMatchObject({ code: expect.stringMatching(/^input\./) });
});
