// Appending to a log in memory that breaks in every way the real one can.
import { describe, expect, test } from 'vitest';
import { AppError } from '../kernel/app-error.ts';
import { hashText, type Draft, type LogEntry, type LogHead } from './messages.entities.ts';
import type { LogStore } from './messages.log-store.ts';
import { createRoomLog } from './messages.log.ts';

const roomId = 'a'.repeat(24);
const clock = { now: () => new Date('2026-11-22T12:00:00Z') };
const away = () => new AppError('unavailable');
type Outcome = 'works' | 'stores-and-breaks' | 'stores-half-and-breaks' | 'breaks';

/** A log in memory with the unique indexes of the real one; `plan` says what happens to each insert in turn. */
function fakeLog(plan: Outcome[] = []) {
  const entries: LogEntry[] = [];
  let inserts = 0;

  const collides = (entry: LogEntry): boolean =>
    entries.some(
      (known) =>
        known.id === entry.id ||
        (known.roomId === entry.roomId && known.rev === entry.rev) ||
        (known.kind === 'posted' &&
          entry.kind === 'posted' &&
          known.by === entry.by &&
          known.clientId === entry.clientId),
    );
  function store(wanted: LogEntry[]): 'stored' | 'collided' {
    for (const entry of wanted) {
      if (collides(entry)) return 'collided';
      entries.push(entry);
    }
    return 'stored';
  }
  const log: LogStore = {
    last: () => Promise.resolve(headOf()),
    insert: async (wanted) => {
      await Promise.resolve();
      const outcome = plan[inserts++] ?? 'works';
      if (outcome === 'breaks') throw away();
      const part = outcome === 'stores-half-and-breaks' ? wanted.slice(0, wanted.length >> 1) : wanted;
      const result = store(part);
      if (outcome !== 'works') throw away();
      return result;
    },
    find: (drafts) =>
      Promise.resolve(
        entries.filter((entry) =>
          drafts.some(
            (draft) =>
              draft.id === entry.id ||
              (draft.kind === 'posted' && entry.kind === 'posted' && draft.clientId === entry.clientId),
          ),
        ),
      ),
    range: (_room, from, to) => Promise.resolve(entries.filter(({ rev }) => rev >= from && rev <= to)),
  };
  const headOf = (): LogHead => ({ rev: entries.at(-1)?.rev ?? 0, posts: entries.at(-1)?.posts ?? 0 });
  return { log, entries, readHead: () => Promise.resolve(headOf()), inserts: () => inserts };
}

let ids = 0;
const draft = (text: string, by = 'b'.repeat(24)): Draft => {
  const id = String(++ids).padStart(24, '0');
  return { kind: 'posted', id, messageId: id, by, clientId: `client-${text}`, text, textHash: hashText(text) };
};
const removal = (): Draft => ({
  kind: 'removed',
  id: String(++ids).padStart(24, '0'),
  messageId: 'c'.repeat(24),
  by: 'b'.repeat(24),
  seq: 1,
  removedBy: 'author',
});
const textsOf = (entries: LogEntry[]) => entries.map((entry) => (entry.kind === 'posted' ? entry.text : 'removed'));

describe('numbering', () => {
  test('a batch goes on after the end; posts count posts only', async () => {
    const { log, entries, readHead } = fakeLog();
    const { head } = await createRoomLog({ store: log, clock }).append(roomId, [draft('1'), removal(), draft('2')], {
      cached: null,
      readHead,
    });
    expect(entries.map(({ rev, posts }) => [rev, posts])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
    expect(head).toEqual({ rev: 3, posts: 2 });
  });

  test('an end that is out of date is noticed by the collision, and not believed again', async () => {
    const { log, entries, readHead } = fakeLog();
    const roomLog = createRoomLog({ store: log, clock });
    await roomLog.append(roomId, [draft('theirs 1'), draft('theirs 2')], { cached: null, readHead });
    const { head } = await roomLog.append(roomId, [draft('ours')], { cached: { rev: 0, posts: 0 }, readHead });
    expect(entries.map(({ rev }) => rev)).toEqual([1, 2, 3]);
    expect(head).toBeNull();
  });
});

describe('unknown outcomes', () => {
  const cases: [plan: Outcome[], inserts: number][] = [
    [['stores-and-breaks'], 1],
    [['breaks'], 2],
    [['stores-half-and-breaks'], 2],
    [['breaks', 'breaks', 'stores-half-and-breaks'], 4],
    [['stores-half-and-breaks', 'stores-half-and-breaks', 'breaks'], 4],
  ];
  test.each(cases)('after %j everything is stored once, in order', async (plan, expected) => {
    const { log, entries, readHead, inserts } = fakeLog(plan);
    const drafts = ['1', '2', '3', '4'].map((text) => draft(text));
    const appended = await createRoomLog({ store: log, clock }).append(roomId, drafts, { cached: null, readHead });
    expect(textsOf(entries)).toEqual(['1', '2', '3', '4']);
    expect(entries.map(({ rev }) => rev)).toEqual([1, 2, 3, 4]);
    expect(drafts.map(({ id }) => appended.entries.get(id)?.rev)).toEqual([1, 2, 3, 4]);
    expect(appended.head).toBeNull();
    expect(inserts()).toBe(expected);
  });

  test('a database that stays away is "unavailable" after the patience', async () => {
    const { log, readHead } = fakeLog(Array<Outcome>(100).fill('breaks'));
    const began = performance.now();
    const append = createRoomLog({ store: log, clock, patienceMs: 120 }).append(roomId, [draft('1')], {
      cached: null,
      readHead,
    });
    await expect(append).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - began).toBeGreaterThan(110);
  });
});

describe('retries', () => {
  test('a clientId that its author used before is answered with the old entry, the others close ranks', async () => {
    const { log, entries, readHead } = fakeLog();
    const roomLog = createRoomLog({ store: log, clock });
    await roomLog.append(roomId, [draft('known')], { cached: null, readHead });
    const drafts = [draft('new 1'), draft('known'), draft('new 2')];
    const appended = await roomLog.append(roomId, drafts, { cached: { rev: 1, posts: 1 }, readHead });
    expect(drafts.map(({ id }) => appended.entries.get(id)?.rev)).toEqual([2, 1, 3]);
    expect(textsOf(entries)).toEqual(['known', 'new 1', 'new 2']);
  });

  test("somebody else's message with the same clientId is not hers", async () => {
    const { log, readHead } = fakeLog();
    const roomLog = createRoomLog({ store: log, clock });
    await roomLog.append(roomId, [draft('same', 'd'.repeat(24))], { cached: null, readHead });
    const hers = draft('same');
    const appended = await roomLog.append(roomId, [hers], { cached: { rev: 0, posts: 0 }, readHead });
    expect(appended.entries.get(hers.id)).toMatchObject({ id: hers.id, rev: 2 });
  });
});
