// What `npm run bench:engine` prints: figures beside their bounds, with the machine. For engine.ts only.
import { cpus, loadavg } from 'node:os';

interface Line {
  what: string;
  figure: string;
  bound: string;
  met: boolean;
}
const table: Line[] = [];
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** A figure with a bound. */
export function check(what: string, figure: number, bound: number, unit: string): void {
  const shown = (value: number): string => `${value.toLocaleString('en', { maximumFractionDigits: 2 })} ${unit}`;
  table.push({ what, figure: shown(figure), bound: `≤ ${shown(bound)}`, met: figure <= bound });
}

/** A figure without one. */
export function tell(what: string, figure: string): void {
  table.push({ what, figure, bound: '', met: true });
}

/** @returns whether every bound was met */
export function print(): boolean {
  const width = Math.max(...table.map(({ what }) => what.length));
  const figures = Math.max(...table.map(({ figure }) => figure.length));
  const [cpu] = cpus();
  say(
    `\n${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpu?.model}, load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  for (const { what, figure, bound, met } of table) {
    const verdict = bound === '' ? '' : `${bound.padEnd(12)} ${met ? 'pass' : 'MISS'}`;
    say(`${what.padEnd(width)}  ${figure.padStart(figures)}  ${verdict}`.trimEnd());
  }
  return table.every(({ met }) => met);
}
