// How long each woman in the queue will wait, as a range: the queue is played through many times with recent talk lengths. Pure.
import type { EstimateView } from '#shared/tickets.ts';
import { nextWindow, sharesLanguage, windowOpen, type Placed } from './tickets.order.ts';

export interface EstimateHost {
  languages: readonly string[];
  /** Since when she is busy with a ticket; null: free. */
  busySince: Date | null;
}
export interface EstimateInput {
  /** In the order of the queue. */
  ordered: readonly Placed[];
  hosts: readonly EstimateHost[];
  /** Minutes that recent talks took, from one call to the next, newest last. */
  lengths: readonly number[];
  now: Date;
  /** When somebody is expected who speaks one of these languages. */
  expected(languages: readonly string[]): Date | null;
}

/** Fewer recent talks say nothing yet. */
export const LENGTHS_NEEDED = 3;
const RUNS = 240;
const STEPS = 12_000;
/** A range that is right less often than this is not said. */
const SURE = 0.5;
const MINUTE = 60_000;

/** A small generator with a seed: the same queue gets the same answer. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The widest a range may be around this wait: ten minutes, or 60 % of it. */
export const widthFor = (wait: number): number => Math.max(10, 0.6 * wait);

/** The range of whole minutes that caught most of the waits; null when even that is too rarely right. */
export function bestRange(waits: readonly number[]): { from: number; to: number } | null {
  const sorted = waits.filter(Number.isFinite).sort((a, b) => a - b);
  let best: { from: number; to: number; caught: number } | null = null;
  let end = 0;
  for (let begin = 0; begin < sorted.length; begin++) {
    const from = Math.floor(sorted[begin] ?? 0);
    // as wide as it may be when she is served at its beginning
    const to = from + Math.floor(widthFor(from));
    while (end < sorted.length && (sorted[end] ?? 0) <= to) end += 1;
    if (!best || end - begin > best.caught) best = { from, to, caught: end - begin };
  }
  if (!best || best.caught < SURE * waits.length) return null;
  return { from: best.from, to: best.to };
}

/** One future of the queue: minutes until each is called, Infinity for those whom nobody serves. */
function play(input: EstimateInput, serves: readonly boolean[][], order: readonly number[], random: () => number) {
  const { hosts, lengths, now } = input;
  const any = (): number => lengths[Math.floor(random() * lengths.length)] ?? 0;
  const free = hosts.map(({ busySince }) => {
    if (!busySince) return 0;
    const passed = Math.max(0, (now.getTime() - busySince.getTime()) / MINUTE);
    const longer = lengths.filter((length) => length > passed);
    if (longer.length === 0) return 1 + random() * 3; // longer than any: it ends soon
    return (longer[Math.floor(random() * longer.length)] ?? passed) - passed;
  });
  const waits = new Map<number, number>();
  const next = hosts.map(() => 0);
  const gone = new Set<number>();
  while (gone.size < hosts.length) {
    let host = -1;
    free.forEach((at, index) => {
      if (!gone.has(index) && (host < 0 || at < (free[host] ?? 0))) host = index;
    });
    let position = next[host] ?? 0;
    while (position < order.length && (waits.has(position) || !serves[host]?.[position])) position += 1;
    next[host] = position;
    if (position >= order.length) {
      gone.add(host);
      continue;
    }
    waits.set(position, free[host] ?? 0);
    free[host] = (free[host] ?? 0) + any();
  }
  return waits;
}

/** An answer for each ticket of `ordered`. Never negative, the same for the same input. */
export function estimates(input: EstimateInput): EstimateView[] {
  const { ordered, hosts, lengths, now, expected } = input;
  const served = (ticket: Placed): boolean =>
    hosts.some(({ languages }) => sharesLanguage(ticket.languages, languages));
  // those whose time has not come are not in anybody's way
  const order = ordered.flatMap((ticket, index) => (windowOpen(ticket, now) && served(ticket) ? [index] : []));
  const serves = hosts.map(({ languages }) =>
    order.map((index) => sharesLanguage(ordered[index]?.languages ?? [], languages)),
  );
  const all: number[][] = order.map(() => []);
  if (lengths.length >= LENGTHS_NEEDED && order.length > 0) {
    const random = seeded(order.length * 7919 + hosts.length * 104_729 + Math.round((lengths.at(-1) ?? 0) * 1000));
    const runs = Math.max(20, Math.min(RUNS, Math.floor(STEPS / order.length)));
    for (let run = 0; run < runs; run++) {
      const waits = play(input, serves, order, random);
      all.forEach((list, position) => list.push(waits.get(position) ?? Infinity));
    }
  }
  const positions = new Map(order.map((index, position) => [index, position]));
  return ordered.map((ticket, index): EstimateView => {
    const opens = nextWindow(ticket, now);
    if (opens) return { kind: 'window', at: opens.toISOString() };
    if (!served(ticket)) return { kind: 'nobody', until: expected(ticket.languages)?.toISOString() ?? null };
    const range = bestRange(all[positions.get(index) ?? -1] ?? []);
    return range ? { kind: 'range', ...range } : { kind: 'unknown' };
  });
}
