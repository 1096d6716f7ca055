// Tests of regular expressions.
import { BSONRegExp } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileRegex } from './regex.ts';

describe('regular expressions', () => {
  it('take pattern and options from anywhere', () => {
    expect(compileRegex('^ab', 'i').test('ABc')).toBe(true);
    expect(compileRegex(new BSONRegExp('^ab', 'im')).test('x\nAB')).toBe(true);
    expect(compileRegex(/^ab/gi).test('AB')).toBe(true);
    expect(compileRegex(new BSONRegExp('a', 'i'), '').test('A')).toBe(false);
    expect(compileRegex('(?si)a.b').test('A\nB')).toBe(true);
  });

  it('leave out space and comments with x', () => {
    const regex = compileRegex('a [ b] \\  c # end', 'x');
    expect(regex.test('a c')).toBe(false);
    expect(regex.test('a  c')).toBe(true);
    expect(regex.test('ab c')).toBe(true);
    expect(compileRegex('a # first\nb', 'x').test('ab')).toBe(true);
    expect(compileRegex('[[.]').test('.')).toBe(true);
  });

  it('see whole characters, also with escapes that JavaScript calls needless', () => {
    expect(compileRegex('^.$').test('😀')).toBe(true);
    expect(compileRegex('\\@\\-x').test('@-x')).toBe(true);
    expect(compileRegex('\\p{L}{2}').test('äö')).toBe(true);
  });

  it('say what PCRE says otherwise', () => {
    expect(compileRegex('\\Aab\\z', 'm').test('x\nab')).toBe(false);
    expect(compileRegex('\\Aab\\z', 'm').test('ab')).toBe(true);
    expect(compileRegex('ab\\Z').test('ab\n')).toBe(true);
    expect(compileRegex('^\\Qa.b\\E$').test('a.b')).toBe(true);
    expect(compileRegex('^\\Qa.b\\E$').test('axb')).toBe(false);
    expect(compileRegex('\\\\A').test('\\A')).toBe(true);
  });

  it('are refused where JavaScript would mean something else', () => {
    for (const pattern of ['(', '[[:alpha:]]', '\\Rx', '\\hx', 'a++', '(?P<n>a)'])
      expect(() => compileRegex(pattern), pattern).toThrow(expect.objectContaining({ code: 51091 }));
    expect(() => compileRegex('a', 'g')).toThrow(expect.objectContaining({ code: 2 }));
    expect(() => compileRegex(5)).toThrow(expect.objectContaining({ code: 2 }));
  });
});
