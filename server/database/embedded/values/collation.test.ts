// Tests of collations.
import { ObjectId } from 'bson';
import { describe, expect, it } from 'vitest';
import { collationFolder } from './collation.ts';
import { compareValues } from './key-string.ts';

/** Order of two texts under a collation. */
function order(collation: Record<string, unknown>, a: string, b: string): number {
  const fold = collationFolder(collation) ?? ((value) => value);
  return Math.sign(compareValues(fold(a), fold(b)));
}

describe('collations', () => {
  it('of strength 1 see neither case nor accents', () => {
    const en = { locale: 'en', strength: 1 };
    for (const [a, b] of [
      ['É', 'e'],
      ['straße', 'STRASSE'],
      ['Øre', 'ore'],
      ['ﬁn', 'fin'],
      ['Ö', 'o\u0308'],
    ])
      expect(order(en, a ?? '', b ?? ''), `${a} ${b}`).toBe(0);
    expect(order(en, 'a', 'B')).toBe(-1);
  });

  it('of strength 2 see accents, after the letters', () => {
    const en = { locale: 'en', strength: 2 };
    expect(order(en, 'RÉSUMÉ', 'résumé')).toBe(0);
    expect(order(en, 'resume', 'résumé')).toBe(-1);
    expect(order(en, 'résumé', 'resumes')).toBe(-1);
    expect(order(en, 'ä', 'z')).toBe(-1);
  });

  it('keep what a language counts as a letter of its own', () => {
    expect(order({ locale: 'sv', strength: 1 }, 'å', 'a')).toBe(1);
    expect(order({ locale: 'sv', strength: 1 }, 'Å', 'å')).toBe(0);
    expect(order({ locale: 'de', strength: 1 }, 'å', 'a')).toBe(0);
  });

  it('of strength 3 compare as without one', () => {
    expect(collationFolder({ locale: 'en' })).toBeUndefined();
    expect(collationFolder({ locale: 'en', strength: 3 })).toBeUndefined();
    expect(collationFolder({ locale: 'simple' })).toBeUndefined();
    expect(collationFolder(undefined)).toBeUndefined();
  });

  it('order numbers in texts by their value', () => {
    const numeric = { locale: 'en', strength: 2, numericOrdering: true };
    expect(order(numeric, 'room 9', 'Room 10')).toBe(-1);
    expect(order(numeric, 'room 09', 'room 9')).toBe(0);
    expect(order({ ...numeric, strength: 3 }, 'a9', 'a10')).toBe(-1);
    expect(order({ ...numeric, strength: 3 }, 'a9', 'A10')).toBe(1);
  });

  it('fold values at any depth, but no expressions and ids', () => {
    const id = new ObjectId();
    const fold = collationFolder({ locale: 'en', strength: 2 });
    expect(fold?.({ A: ['X', { b: 'Y' }], r: { $regex: 'Z', $options: 'S' }, id, n: 1 })).toEqual({
      A: ['x', { b: 'y' }],
      r: { $regex: 'Z', $options: 'S' },
      id,
      n: 1,
    });
  });

  it('are refused where they cannot be honoured', () => {
    for (const collation of [
      { strength: 1 },
      { locale: 'en', strength: 4 },
      { locale: 'en', strength: 'x' },
      { locale: 'en', caseLevel: true },
      { locale: 'en', backwards: true },
      { locale: 'no such place' },
      { locale: 'de@collation=phonebook', strength: 1 },
      { locale: 'en', strength: 1, colour: 1 },
    ])
      expect(() => collationFolder(collation), JSON.stringify(collation)).toThrow(expect.objectContaining({ code: 2 }));
  });
});
