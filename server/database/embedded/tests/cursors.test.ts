// Tests of the cursors by themselves: sizes of batches, idle time, and whose they are.
import { expect, test } from 'vitest';
import { Cursors, type Result } from '../protocol/cursors.ts';
import { Operation } from '../query/operation.ts';
import { encodeDocument, type Doc } from '../values/bson.ts';

function result(count: number, size = 10): Result {
  const documents = Array.from({ length: count }, (_, i) => encodeDocument({ i, text: 'x'.repeat(size) }));
  return { ns: 'test.c', documents: documents.values(), operation: new Operation() };
}

/** Carries a reply on to its end, as the engine does. */
function cursorOf(steps: Generator<undefined, Doc>): { id: unknown; batch: unknown[] } {
  let step = steps.next();
  while (!step.done) step = steps.next();
  const cursor = step.value['cursor'] as Doc;
  return { id: cursor['id'], batch: (cursor['firstBatch'] ?? cursor['nextBatch']) as unknown[] };
}

test('a first batch has 101 documents, the next one all that fit into 4 MiB', () => {
  const cursors = new Cursors();
  const first = cursorOf(cursors.open(result(150)));
  expect(first.batch).toHaveLength(101);
  const second = cursorOf(cursors.next(first.id, 'test.c', undefined, undefined));
  expect(second.batch).toHaveLength(49);
  expect(String(second.id)).toBe('0');
  const large = cursorOf(cursors.open(result(3, 1_500_000)));
  expect(large.batch).toHaveLength(2);
  const alone = cursorOf(cursors.open(result(3, 9_000_000)));
  expect(alone.batch).toHaveLength(1);
});

test('a batch of size zero opens a cursor without documents, a single batch leaves none open', () => {
  const cursors = new Cursors();
  expect(cursorOf(cursors.open(result(3), { batchSize: 0 })).batch).toHaveLength(0);
  expect(cursors.size).toBe(1);
  const single = cursorOf(cursors.open(result(3), { batchSize: 2, single: true }));
  expect(single.batch).toHaveLength(2);
  expect(String(single.id)).toBe('0');
  expect(cursors.size).toBe(1);
});

test('a cursor ends after ten idle minutes unless it was opened without a timeout', () => {
  const cursors = new Cursors();
  const idle = cursorOf(cursors.open(result(200)));
  const kept = cursorOf(cursors.open(result(200), { noTimeout: true }));
  cursors.sweep(Date.now() + 9 * 60_000);
  expect(cursors.size).toBe(2);
  cursors.sweep(Date.now() + 11 * 60_000);
  expect(() => cursors.next(idle.id, 'test.c', 5, undefined).next()).toThrow(/not found/);
  expect(cursorOf(cursors.next(kept.id, 'test.c', 5, undefined)).batch).toHaveLength(5);
});

test('of more than a thousand open cursors the one idle longest ends', () => {
  const cursors = new Cursors();
  const first = cursorOf(cursors.open(result(200)));
  const second = cursorOf(cursors.open(result(200)));
  for (let i = 2; i < 1000; i++) cursorOf(cursors.open(result(200)));
  cursorOf(cursors.next(first.id, 'test.c', 5, undefined));
  expect(cursors.size).toBe(1000);
  cursorOf(cursors.open(result(200)));
  expect(cursors.size).toBe(1000);
  expect(() => cursors.next(second.id, 'test.c', 5, undefined).next()).toThrow(/not found/);
  expect(cursorOf(cursors.next(first.id, 'test.c', 5, undefined)).batch).toHaveLength(5);
});

test('a cursor belongs to its collection', () => {
  const cursors = new Cursors();
  const { id } = cursorOf(cursors.open(result(200)));
  expect(() => cursors.next(id, 'test.other', 5, undefined).next()).toThrow(/different namespace/);
  expect(cursors.kill([id, 7])).toMatchObject({ cursorsKilled: [id], cursorsNotFound: [7] });
});

test('a cursor makes one batch at a time, also when that pauses', () => {
  const cursors = new Cursors();
  const { ns, operation, documents } = result(3);
  const pausing = [documents.next().value, undefined, documents.next().value, undefined].values();
  const { id } = cursorOf(cursors.open({ ns, operation, documents: pausing }, { batchSize: 0 }));
  const first = cursors.next(id, ns, 5, undefined);
  expect(first.next()).toEqual({ done: false, value: undefined });
  expect(() => cursors.next(id, ns, 5, undefined).next()).toThrow(/already in use/);
  expect(cursorOf(first).batch).toHaveLength(2);
  expect(cursors.size).toBe(0);
});
