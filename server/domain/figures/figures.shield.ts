// Leaves small groups out, so that nobody can be told from a number, not by subtracting either. Pure; the figures service uses it.
import { SMALLEST_GROUP } from '#shared/figures.ts';

const small = (count: number): boolean => count > 0 && count < SMALLEST_GROUP;

export const shieldOne = (count: number): number | null => (small(count) ? null : count);

/**
 * The parts of a sum that may be known: those of fewer than five are left out, and as long as only one is, or all of them
 * together are fewer than five, the smallest of the others too.
 */
export function shield(counts: readonly number[]): (number | null)[] {
  const hidden = new Set(counts.flatMap((count, index) => (small(count) ? [index] : [])));
  const sum = () => [...hidden].reduce((total, index) => total + (counts[index] ?? 0), 0);
  while (hidden.size > 0 && (hidden.size === 1 || sum() < SMALLEST_GROUP)) {
    const others = counts.map((count, index) => ({ count, index })).filter(({ index }) => !hidden.has(index));
    const next = others.filter(({ count }) => count > 0).sort((a, b) => a.count - b.count)[0];
    if (!next) break; // all of the sum is small, and the sum itself is not shown
    hidden.add(next.index);
  }
  return counts.map((count, index) => (hidden.has(index) ? null : count));
}
