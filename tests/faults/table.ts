// The verdict on each item of the list of faults, from vitest's report and from what the tests counted; a table for the README. Pure. Tests only.
import { relative } from 'node:path';
import type { Item } from './items.ts';

/** What this needs of vitest's JSON report. */
export interface Report {
  testResults: { name: string; assertionResults: { title: string; fullName: string; status: string }[] }[];
}
/** What a test counted: `test` is its full name as vitest has it. */
export interface Figure {
  test: string;
  words: string;
}
interface Row {
  nth: number;
  what: string;
  counted: string[];
  passed: number;
  failed: number;
  /** Names of tests that did not run; the name says why. */
  skipped: string[];
  verdict: 'holds' | 'MISS';
}

/** An item whose tests did not run at all, or could not be loaded, is not shown: a miss. */
export function rowOf({ nth, what, shown }: Item, reports: Report[], figures: Figure[], root: string): Row {
  const found = new Map<string, { title: string; fullName: string; status: string }>();
  let unshown = 0;
  for (const { file, name = '' } of shown) {
    const all = reports
      .flatMap(({ testResults }) => testResults)
      .filter((result) => relative(root, result.name) === file)
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ fullName }) => fullName.includes(name));
    if (all.length === 0) unshown += 1;
    for (const one of all) {
      const key = `${file} ${one.fullName}`;
      // the same file may be in two reports, in one of them passed over
      if (!found.has(key) || found.get(key)?.status === 'skipped') found.set(key, one);
    }
  }
  const tests = [...found.values()];
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failed = tests.filter(({ status }) => status === 'failed').length + unshown;
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  const names = new Set(tests.map(({ fullName }) => fullName));
  return {
    ...{ nth, what, passed, failed, skipped: skipped.map(({ title }) => title) },
    counted: figures.filter(({ test }) => names.has(test.replaceAll(' > ', ' '))).map(({ words }) => words),
    verdict: failed > 0 || passed === 0 ? 'MISS' : 'holds',
  };
}

/** In Markdown. */
export function tableOf(rows: Row[]): string[] {
  const lines = ['| #   | what happens | counted | tests | result |', '| --- | --- | --- | --- | --- |'];
  for (const { nth, what, counted, passed, failed, skipped, verdict } of rows) {
    const missing = skipped.length > 0 ? `, ${skipped.length} not run` : '';
    const tests = `${passed} of ${passed + failed}${missing}`;
    lines.push(`| ${String(nth).padEnd(3)} | ${what} | ${counted.join('; ')} | ${tests} | ${verdict} |`);
  }
  const notRun = [...new Set(rows.flatMap(({ skipped }) => skipped))];
  return [...lines, ...(notRun.length > 0 ? ['', 'not run:', ...notRun.map((name) => `- ${name}`)] : [])];
}
