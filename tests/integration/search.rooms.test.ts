// Whom the search answers and what: rooms she may read, wrong input, limits, plans of the database.
import type { CommandStartedEvent } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../server/domain/kernel/app-error.ts';
import { aPost, openLive, person, type Live } from '../support/live.ts';
import { openSearch } from '../support/search.ts';

const [amal, amira, nour] = [person('Amal'), person('Amira'), person('نُور')];
let live: Awaited<ReturnType<typeof openLive>>;
let running: Awaited<ReturnType<typeof openSearch>>;
let open: string;
let closed: string;

beforeAll(async () => {
  live = await openLive();
  [open, closed] = [await live.newRoom(), await live.newRoom()];
  running = await openSearch(live, [amal, amira, nour], {
    rooms: {
      list: (actor) => live.rooms.list(actor),
      bySlug: (actor, slug) => live.rooms.bySlug(actor, slug),
      authorise: (actor, roomId) =>
        roomId === closed ? Promise.reject(new AppError('forbidden')) : live.rooms.authorise(actor, roomId),
    },
  });
  for (const roomId of [open, closed]) {
    const texts = Array.from({ length: 60 }, (_, index) => `Frage ${index} zur Krankenversicherung in Raum ${roomId}`);
    await Promise.all(texts.map((text) => live.messages.post(amal, aPost(roomId, text))));
  }
  await running.search.flush();
});
afterAll(() => live.close());

const slugOf = async (roomId: string): Promise<string> => (await live.rooms.authorise(amal, roomId)).slug;
const codeOf = (input: unknown) =>
  running.search.find(amal, input).then(
    () => 'found',
    ({ code, params }: AppError) => [code, params?.['field']],
  );

test('only rooms that she may read are searched', async () => {
  const found = await running.search.find(amal, { query: 'Frage 7' });
  expect(new Set(found.results.map(({ roomSlug }) => roomSlug))).toEqual(new Set([await slugOf(open)]));
});

test('a room that she may not read, or that is not there, is refused as anywhere else', async () => {
  expect(await codeOf({ query: 'Frage', room: await slugOf(closed) })).toEqual(['forbidden', undefined]);
  expect(await codeOf({ query: 'Frage', room: 'no-such-room' })).toEqual(['not-found', undefined]);
});

test.each([
  ['nothing', {}, ['input.invalid', 'query']],
  ['an empty search', { query: '  ' }, ['input.empty', 'query']],
  ['a search without a word', { query: '?! …' }, ['input.empty', 'query']],
  ['one letter too much', { query: 'a'.repeat(201) }, ['input.too-long', 'query']],
  ['half a character', { query: 'abc \ud800' }, ['input.invalid', 'query']],
  ['an object', { query: { $ne: '' } }, ['input.invalid', 'query']],
  ['no author', { query: 'a', author: { $gt: '' } }, ['input.invalid', 'author']],
  ['an object as a name', { query: 'a', by: { $gt: '' } }, ['input.invalid', 'by']],
  ['a name one letter too long', { query: 'a', by: 'ü'.repeat(41) }, ['input.too-long', 'by']],
  ['half a character as a name', { query: 'a', by: '\udc00' }, ['input.invalid', 'by']],
  ['no day', { query: 'a', from: '2026-02-30' }, ['input.invalid', 'from']],
  ['a foreign place', { query: 'a', before: '12-zz' }, ['input.invalid', 'before']],
])('%s is refused', async (_name, input, code) => {
  expect(await codeOf(input)).toEqual(code);
});

test('as long as it may be, with everything that regular expressions know, is a search', async () => {
  expect(await codeOf({ query: 'a'.repeat(200) })).toBe('found');
  expect(await codeOf({ query: '.*+?^${}()|[]\\ a.*' })).toBe('found');
  expect(await codeOf({ query: 'Kran\u202Eken \u0000 \u200f x' })).toBe('found');
});

test('who searches without end is asked to wait, the others are not', async () => {
  const clock = { now: () => new Date(0) };
  const { search } = await openSearch(live, [amal], { clock, limits: { rate: { burst: 2, perSecond: 0.5 } } });
  const input = { query: 'Frage' };
  await search.find(amal, input);
  await search.find(amal, input);
  await expect(search.find(amal, input)).rejects.toMatchObject({ code: 'rate.limited', params: { seconds: 2 } });
  expect((await search.find(person('Olena'), input)).results.length).toBeGreaterThan(0);
});

test('what she searches through another process counts too, and what is refused is not told to it', async () => {
  const clock = { now: () => new Date(0) };
  const { search } = await openSearch(live, [amal], { clock, limits: { rate: { burst: 2, perSecond: 0.5 } } });
  const told: string[] = [];
  live.bus.on('search.took', ({ userId }) => told.push(userId));
  live.bus.emit('search.took-elsewhere', { userId: amal.id });
  const input = { query: 'Frage' };
  await search.find(amal, input);
  await expect(search.find(amal, input)).rejects.toMatchObject({ code: 'rate.limited' });
  expect(told).toEqual([amal.id]);
});

describe('by name', () => {
  const byName = async (by: string, author: string | null = null) => {
    const { results } = await running.search.find(amal, { query: 'hebammen', by, author });
    return results.map(({ author: writer }) => writer?.displayName);
  };
  beforeAll(async () => {
    await live.messages.post(amal, aPost(open, 'Meine Hebamme war gut'));
    await live.messages.post(nour, aPost(open, 'Keine Hebamme gefunden'));
    await live.messages.post(amira, { ...aPost(open, 'Welche Hebamme ist nett?'), anonymous: true });
    await live.messages.post(person('Zahra'), aPost(closed, 'Hebamme Nummer drei'));
    await running.search.flush();
  });

  test('she is found by her name in any case and without its signs, or by how it begins', async () => {
    expect(await byName('amal')).toEqual(['Amal']);
    expect(await byName('نور')).toEqual(['نُور']);
    expect(await byName(' AM ')).toEqual(['Amal']);
    expect(await byName('')).toEqual([undefined, 'نُور', 'Amal']);
  });

  test('who asked anonymously is never found by her name, nor suggested', async () => {
    expect(await byName('Amira')).toEqual([]);
    expect(await running.search.authors(nour)).toEqual(['نُور', 'Amal']);
  });

  test('who is called exactly so is meant, and of two with one name the one she chose', async () => {
    const other = person('amal');
    const { search } = await openSearch(live, [amal, other, nour]);
    await live.messages.post(other, aPost(open, 'Hebammen kosten nichts'));
    await search.flush();
    const ids = async (author: string | null) =>
      (await search.find(nour, { query: 'hebammen', by: 'Amal', author })).results.map(({ author: one }) => one?.id);
    expect(await ids(null)).toEqual([other.id, amal.id]);
    expect(await ids(amal.id)).toEqual([amal.id]);
    expect(await ids(nour.id)).toEqual([other.id, amal.id]);
  });

  test('a name that nobody here has finds nothing', async () => {
    expect(await byName('Xenia')).toEqual([]);
    expect(await byName('.*')).toEqual([]);
  });
});

describe('plans', () => {
  interface Stage {
    stage: string;
    inputStage?: Stage;
    inputStages?: Stage[];
  }
  const stagesOf = (stage: Stage): string[] => [
    stage.stage,
    ...[stage.inputStage, ...(stage.inputStages ?? [])].flatMap((inner) => (inner ? stagesOf(inner) : [])),
  ];
  let watched: Live;
  let finds: Record<string, unknown>[] = [];
  let search: Awaited<ReturnType<typeof openSearch>>['search'];

  beforeAll(async () => {
    watched = await live.another({ monitor: true });
    watched.connection.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      if (commandName === 'find') finds.push(command);
    });
    ({ search } = await openSearch(watched, [amal]));
  });

  const searches: [name: string, input: () => Promise<object> | object, docs: number][] = [
    ['a word in all rooms', () => ({ query: 'Krankenversicherung' }), 120],
    ['a word in one room', async () => ({ query: 'versicherungen', room: await slugOf(open) }), 60],
    ['a rare word and a frequent one', () => ({ query: `${open} frage` }), 60],
    ['a beginning', async () => ({ query: 'krankenver', room: await slugOf(open) }), 60],
    ['a short beginning', async () => ({ query: 'kra', room: await slugOf(open) }), 60],
    ['nothing that is there', () => ({ query: 'Blumenkohl' }), 0],
    ['with author, time and place', () => ({ ...filters(), query: 'Frage' }), 120],
  ];
  const filters = () => ({
    by: 'Amal',
    author: amal.id,
    from: '2026-01-01',
    to: '2099-01-01',
    before: `9999999999999-${'f'.repeat(24)}`,
  });

  test.each(searches)('%s uses indexes', async (_name, input, docs) => {
    const asked = await input();
    finds = [];
    await search.find(amal, asked);
    expect(finds.map((command) => command['find'])).toContain('searchMessages');
    for (const { find, filter, sort, limit, projection } of finds) {
      const command = { find, filter, ...(sort ? { sort } : {}), ...(limit ? { limit } : {}), projection };
      if (!projection) delete command.projection;
      const explained = await live.connection.db?.command({ explain: command, verbosity: 'executionStats' });
      const plan = explained?.queryPlanner as { winningPlan: Stage & { queryPlan?: Stage } };
      expect(stagesOf(plan.winningPlan.queryPlan ?? plan.winningPlan), String(find)).not.toContain('COLLSCAN');
      const { totalDocsExamined } = explained?.executionStats as { totalDocsExamined: number };
      if (find === 'searchMessages') expect(totalDocsExamined).toBeLessThanOrEqual(docs);
    }
  });

  test.each(['searchMessages', 'searchAuthors'])('erasure by author uses an index of %s', async (find) => {
    const command = {
      find,
      filter: { authorId: live.connection.base.Types.ObjectId.createFromHexString(amal.id) },
    };
    const explained = await live.connection.db?.command({ explain: command });
    const plan = explained?.queryPlanner as { winningPlan: Stage & { queryPlan?: Stage } };
    expect(stagesOf(plan.winningPlan.queryPlan ?? plan.winningPlan)).toContain('IXSCAN');
  });
});
