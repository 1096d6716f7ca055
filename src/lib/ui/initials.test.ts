// Initials in the scripts our members write in.
import { describe, expect, it } from 'vitest';
import { initialsOf } from './initials.ts';

describe('initials', () => {
  it.each([
    ['Olena', 'O'],
    ['maria clara', 'MC'],
    ['Anna Maria Petra', 'AP'],
    ['Олена Коваль', 'ОК'],
    ['أم سلمى', 'أ'],
    ['salma_7', 'S7'],
    ['«Ніч»', 'Н'],
    ['😀', '?'],
    ['', '?'],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
