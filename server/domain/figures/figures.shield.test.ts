// Small groups stay hidden, also from whoever subtracts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shield, shieldOne } from './figures.shield.ts';

describe('small groups', () => {
  test('one small group takes the next larger one with it, so that nobody can subtract', () => {
    expect(shield([12, 3, 7])).toEqual([12, null, null]);
    expect(shield([12, 1, 2, 7])).toEqual([12, null, null, null]);
    expect(shield([12, 4, 3, 7])).toEqual([12, null, null, 7]);
    expect(shield([12, 0, 7])).toEqual([12, 0, 7]);
  });

  test('whatever the numbers are, what is left out is several groups and five women, or the sum is left out too', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 });
    fc.assert(
      fc.property(counts, (all) => {
        const known = shield(all);
        const hidden = all.filter((_, index) => known[index] === null);
        const shown = known.filter((count) => count !== null);
        expect(shown.every((count) => count === 0 || count >= 5)).toBe(true);
        if (hidden.length === 0) return;
        const rest = hidden.reduce((sum, count) => sum + count, 0);
        const total = all.reduce((sum, count) => sum + count, 0);
        expect((hidden.length > 1 && rest >= 5) || shieldOne(total) === null).toBe(true);
      }),
    );
  });
});
