// When a gate holds: figures by their median, times unless every round missed, and never without a value.
import { describe, expect, test } from 'vitest';
import { judge, median, type Gate } from './gates.ts';

const gate = (change: Partial<Gate>): Gate => ({
  ...{ name: 'gate', unit: '', values: [1], bound: 1, goal: null, sense: 'most', kind: 'figure' },
  ...change,
});

test('the median is the middle one, of two the mean', () => {
  expect([median([3, 1, 2]), median([4, 2]), median([7])]).toEqual([2, 3, 7]);
});

describe('a gate', () => {
  test('of a figure holds when the middle round does', () => {
    expect(judge(gate({ values: [1.4, 1.2, 1.1], bound: 1.3, goal: 1.1 }))).toMatchObject({
      ...{ median: 1.2, passed: true, goalMet: false },
    });
    expect(judge(gate({ values: [1.4, 1.2, 1.5], bound: 1.3 })).passed).toBe(false);
    expect(judge(gate({ values: [5, 6, 7], bound: 3, goal: 6, sense: 'least' }))).toMatchObject({
      ...{ passed: true, goalMet: true },
    });
    expect(judge(gate({ values: [2.9], bound: 3, sense: 'least' })).passed).toBe(false);
  });

  test('of a time misses only when every round did', () => {
    expect(judge(gate({ values: [120, 130, 90], bound: 100, kind: 'time' })).passed).toBe(true);
    expect(judge(gate({ values: [120, 130, 101], bound: 100, kind: 'time' })).passed).toBe(false);
  });

  test('without any value does not hold', () => {
    for (const kind of ['figure', 'time'] as const) {
      for (const sense of ['most', 'least'] as const)
        expect(judge(gate({ values: [], kind, sense })).passed).toBe(false);
    }
  });

  test('with a value that is no number does not hold', () => {
    expect(judge(gate({ values: [NaN] })).passed).toBe(false);
    expect(judge(gate({ values: [NaN], kind: 'time', sense: 'least' })).passed).toBe(false);
  });
});
