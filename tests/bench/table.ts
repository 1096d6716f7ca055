// How results are printed: figures, then each gate with pass or miss. Bench only.
import { arch, availableParallelism, cpus, totalmem } from 'node:os';
import type { Bench } from './bench.ts';
import { judge, type Judged } from './gates.ts';

const columns = (lines: string[][]): string[] => {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** `like`: the unit by which the digits go. */
function shown(value: number, unit: string, like = unit): string {
  if (!Number.isFinite(value)) return 'none';
  const digits = like === 'B' || like === '' || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`;
}

const verdictOf = ({ passed, goalMet }: Judged): string => (passed ? (goalMet ? 'pass, goal met' : 'pass') : 'MISS');

function gateLine(gate: Judged): string[] {
  const { name, unit, values, bound, goal, sense } = gate;
  const sign = sense === 'most' ? '≤' : '≥';
  const each = values.length > 1 ? `(${values.map((value) => shown(value, '', unit)).join(', ')})` : '';
  return [
    name,
    shown(gate.median, unit),
    each,
    `${sign} ${shown(bound, unit)}`,
    goal === null ? '' : `${sign} ${shown(goal, unit)}`,
    verdictOf(gate),
  ];
}

const machine = (): string =>
  `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${arch()}, ` +
  `${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;

/** Prints everything; answers whether every gate held. */
export function printResults({ gates, rows, notes, say }: Bench): boolean {
  say(`\n${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, ${machine()}\n`);
  if (rows.length > 0) {
    for (const line of columns([
      ['figure', 'ours', 'others'],
      ...rows.map(({ name, ours, others }) => [name, ours, others]),
    ]))
      say(line);
    say('');
  }
  const judged = gates.map(judge);
  for (const line of columns([['gate', 'median', 'rounds', 'bound', 'goal', ''], ...judged.map(gateLine)])) say(line);
  for (const note of notes) say(`\n${note}`);
  const missed = judged.filter(({ passed }) => !passed);
  say(missed.length === 0 ? '\nEvery gate holds.' : `\n${missed.length} of ${judged.length} gates missed.`);
  return judged.length > 0 && missed.length === 0;
}
