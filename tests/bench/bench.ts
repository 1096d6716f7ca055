// What the parts of the bench share: the time left, folders that go away, gates that were measured, notes. Bench only.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from './generator/crowd.ts';
import type { Gate } from './gates.ts';
import type { Options } from './options.ts';
import { endAll } from './processes.ts';

interface Row {
  name: string;
  ours: string;
  others: string;
}
export interface Bench {
  options: Options;
  gates: Gate[];
  rows: Row[];
  notes: string[];
  say(line: string): void;
  /** A folder that is deleted at the end, whatever the end is. */
  folder(): string;
  secondsLeft(): number;
  /** Whatever was measured: every stream has to be whole. `stored`: the markers in the database, in order. */
  check(what: string, verdict: Verdict, stored: number[] | null): void;
  /** Done at the end, whatever the end is; the last one first. */
  atEnd(work: () => Promise<void>): void;
  clean(): Promise<void>;
}

const same = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((marker, i) => marker === other[i]);

/** How many acknowledged messages have no row, and rows that were not acknowledged. */
function strays(acknowledged: readonly number[], stored: readonly number[]): number {
  const [told, kept] = [new Set(acknowledged), new Set(stored)];
  return told.symmetricDifference(kept).size + (stored.length - kept.size);
}

export function createBench(options: Options): Bench {
  const until = performance.now() + options.minutes * 60_000;
  const folders: string[] = [];
  const ends: (() => Promise<void>)[] = [];
  const faults: Gate = {
    ...{ name: 'lost, doubled, out of order, rows ≠ acknowledged', unit: '' },
    ...{ values: [], bound: 0, goal: 0, sense: 'most', kind: 'figure' },
  };
  const bench: Bench = {
    options,
    gates: [],
    rows: [],
    notes: [],
    say: (line) => void process.stdout.write(`${line}\n`),
    folder() {
      const path = mkdtempSync(join(tmpdir(), 'st-bench-'));
      folders.push(path);
      return path;
    },
    secondsLeft: () => (until - performance.now()) / 1000,
    check(what, { lost, doubled, swapped, gaps, order, acknowledged, closed }, stored) {
      const rows = stored ? strays(acknowledged, stored) + (same(order, stored) ? 0 : 1) : 0;
      const count = lost + doubled + swapped + gaps + rows + closed;
      if (faults.values.length === 0) {
        faults.values.push(0);
        bench.gates.unshift(faults);
      }
      faults.values[0] = (faults.values[0] ?? 0) + count;
      if (count > 0) {
        bench.notes.push(
          `${what}: ${lost} lost, ${doubled} doubled, ${swapped} out of order, ${gaps} gaps, ${rows} rows, ${closed} closed`,
        );
      }
    },
    atEnd: (work) => void ends.push(work),
    async clean() {
      await endAll();
      for (const work of ends.splice(0).reverse()) await work().catch(() => undefined);
      for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
    },
  };
  return bench;
}
