// The verdicts of `npm run faults`: what failed, did not run or was not found is a miss.
import { expect, test } from 'vitest';
import type { Item } from './items.ts';
import { rowOf, tableOf, type Report } from './table.ts';

const item: Item = { nth: 3, what: 'rain', shown: [{ file: 'a.test.ts', name: 'rain' }, { file: 'b.test.ts' }] };
const report = (file: string, ...tests: [title: string, status: string][]): Report => ({
  testResults: [
    {
      name: `/hub/${file}`,
      assertionResults: tests.map(([title, status]) => ({ title, fullName: `in the open ${title}`, status })),
    },
  ],
});
const row = (...reports: Report[]) =>
  rowOf(item, reports, [{ test: 'in the open > it rains: rain', words: '5 drops' }], '/hub');

test('what passed holds, with what it counted; other tests of the file say nothing', () => {
  const good = row(
    report('a.test.ts', ['it rains: rain', 'passed'], ['sun', 'failed']),
    report('b.test.ts', ['b', 'passed']),
  );
  expect(good).toEqual({
    nth: 3,
    what: 'rain',
    counted: ['5 drops'],
    passed: 2,
    failed: 0,
    skipped: [],
    verdict: 'holds',
  });
  expect(tableOf([good]).at(-1)).toBe('| 3   | rain | 5 drops | 2 of 2 | holds |');
});

test.each<[string, Report[]]>([
  ['failed', [report('a.test.ts', ['rain', 'failed']), report('b.test.ts', ['b', 'passed'])]],
  ['could not be loaded', [report('a.test.ts', ['rain', 'passed']), report('b.test.ts')]],
  ['is gone', [report('a.test.ts', ['sun', 'passed']), report('b.test.ts', ['b', 'passed'])]],
  ['was only skipped', [report('a.test.ts', ['rain', 'skipped']), report('b.test.ts', ['b', 'skipped'])]],
])('what %s is a miss', (_name, reports) => {
  expect(row(...reports).verdict).toBe('MISS');
});

test('what was skipped beside others is named', () => {
  const some = row(report('a.test.ts', ['rain (skipped: no cloud)', 'skipped']), report('b.test.ts', ['b', 'passed']));
  expect(some.verdict).toBe('holds');
  expect(tableOf([some]).at(-1)).toBe('- rain (skipped: no cloud)');
});
