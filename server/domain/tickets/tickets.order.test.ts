// The order of a queue: what is counted before somebody is the same as who that is, whatever the languages.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placesBefore, whoIsBefore } from './tickets.order.ts';

const languages = fc.uniqueArray(fc.constantFrom('ar', 'de', 'en', 'uk'), { minLength: 1 });

test('whoever is counted before her can be named, and nobody else', () => {
  fc.assert(
    fc.property(fc.array(languages, { maxLength: 8 }), fc.array(languages, { maxLength: 3 }), (waiting, hosts) => {
      const joinedAt = new Date(0);
      const ordered = waiting.map((spoken, number) => ({
        ...{ id: `${number}`, number, priority: false, first: false, joinedAt, windows: [] },
        languages: spoken,
      }));
      const counts = placesBefore(ordered, hosts);
      const named = ordered.map(({ id }) => whoIsBefore(ordered, hosts, id));
      expect(named.map(({ length }) => length)).toEqual(counts);
      for (const [at, before] of named.entries()) expect(before.every(({ number }) => number < at)).toBe(true);
      expect(whoIsBefore(ordered, hosts, 'nobody')).toEqual([]);
    }),
  );
});
