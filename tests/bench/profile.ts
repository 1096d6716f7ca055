// What a processor was busy with, as text: the heaviest functions, and the stacks that lead to them. Bench only.
import { readFileSync } from 'node:fs';

interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
}
interface Profile {
  nodes: ProfileNode[];
  samples: number[];
  timeDeltas: number[];
}

const HEAVY = 25;
/** Branches of the flame graph below this share of the whole are left out. */
const SHARE = 0.02;
const DEPTH = 24;
const RESTING = new Set(['(idle)', '(program)']);

const nameOf = ({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string => {
  const file = url.replace(/^.*\/((?:node_modules|server|src)\/)/, '$1').replace(/^file:\/\//, '');
  return `${functionName || '(anonymous)'}${file ? ` ${file}:${lineNumber + 1}` : ''}`;
};

const row = (ms: number, share: number, name: string): string =>
  `${ms.toFixed(0).padStart(8)} ms ${(share * 100).toFixed(1).padStart(5)} %  ${name}`;

export function printProfile(file: string, say: (line: string) => void): void {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map<number, number>();
  samples.forEach((id, i) => own.set(id, (own.get(id) ?? 0) + (timeDeltas[i] ?? 0) / 1_000));
  for (const { id, callFrame } of nodes) if (RESTING.has(callFrame.functionName)) own.delete(id);
  const busy = [...own.values()].reduce((sum, ms) => sum + ms, 0);

  const heavy = new Map<string, number>();
  for (const [id, ms] of own) {
    const node = byId.get(id);
    if (node) heavy.set(nameOf(node), (heavy.get(nameOf(node)) ?? 0) + ms);
  }
  say(`\nBusy for ${(busy / 1_000).toFixed(1)} s. Heaviest functions by their own time:`);
  const most = [...heavy].sort(([, one], [, other]) => other - one).slice(0, HEAVY);
  for (const [name, ms] of most) say(row(ms, ms / busy, name));

  const whole = new Map<number, number>();
  const weigh = (node: ProfileNode): number => {
    const below = (node.children ?? []).map((id) => byId.get(id)).filter((child) => child !== undefined);
    const sum = below.reduce((all, child) => all + weigh(child), own.get(node.id) ?? 0);
    whole.set(node.id, sum);
    return sum;
  };
  const draw = (node: ProfileNode, depth: number): void => {
    const ms = whole.get(node.id) ?? 0;
    if (ms < busy * SHARE || depth > DEPTH) return;
    say(row(ms, ms / busy, `${'  '.repeat(depth)}${nameOf(node)}`));
    const below = (node.children ?? []).map((id) => byId.get(id)).filter((child) => child !== undefined);
    for (const child of below.sort((one, other) => (whole.get(other.id) ?? 0) - (whole.get(one.id) ?? 0)))
      draw(child, depth + 1);
  };
  const [root] = nodes;
  if (!root) return;
  weigh(root);
  say('\nFlame graph, callers above what they call:');
  draw(root, 0);
}
