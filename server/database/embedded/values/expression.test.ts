// Tests of expressions.
import { Decimal128, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileExpression, isTrue } from './expression.ts';

const value = (expression: unknown, document = {}, variables = {}) =>
  compileExpression(expression, variables)(document);
const refused = (expression: unknown, code: number, document = {}) =>
  expect(() => value(expression, document)).toThrow(expect.objectContaining({ code }));

describe('references', () => {
  it('reach through documents and lists', () => {
    expect(value('$a.b', { a: { b: 1 } })).toBe(1);
    expect(value('$a.b', { a: [{ b: 1 }, {}, 5, { b: 2 }] })).toEqual([1, 2]);
    expect(value('$a.b', { a: 5 })).toBeUndefined();
    expect(value('$constructor')).toBeUndefined();
    expect(value('$$ROOT.a', { a: 1 })).toBe(1);
    expect(value('$$me.name', {}, { me: { name: 'x' } })).toBe('x');
    expect(value('$$NOW', {}, { NOW: 5 })).toBe(5);
    expect(value('plain')).toBe('plain');
  });

  it('of unknown variables and broken paths are refused', () => {
    refused('$$nobody', 17276);
    refused('$a.', 40353);
  });
});

describe('comparison', () => {
  it('goes over all types, missing before null', () => {
    expect(value({ $lt: ['$gone', null] })).toBe(true);
    expect(value({ $eq: ['$gone', '$away'] })).toBe(true);
    expect(value({ $eq: [Long.fromNumber(5), 5] })).toBe(true);
    expect(value({ $cmp: ['a', 5] })).toBe(1);
    expect(value({ $ne: [1, 2] })).toBe(true);
    expect(value({ $in: [Decimal128.fromString('2'), '$l'] }, { l: [1, 2] })).toBe(true);
  });
});

describe('logic and choice', () => {
  it('take zero, null and missing for false', () => {
    expect([0, Long.ZERO, Decimal128.fromString('0.0'), null, undefined, false].some(isTrue)).toBe(false);
    expect([1, '', [], {}, NaN, true].every(isTrue)).toBe(true);
    expect(value({ $and: [1, { $not: ['$gone'] }, { $or: [0, 'x'] }] })).toBe(true);
  });

  it('choose', () => {
    expect(value({ $cond: { if: '$a', then: 1, else: 2 } }, { a: 0 })).toBe(2);
    expect(value({ $cond: ['$a', 1, 2] }, { a: 1 })).toBe(1);
    expect(value({ $ifNull: ['$a', '$b', 'c'] }, { a: null })).toBe('c');
  });
});

describe('values', () => {
  it('are computed with their types', () => {
    expect(value({ $add: ['$a', 1, 2] }, { a: Long.fromNumber(5) })).toEqual(Long.fromNumber(8));
    expect(value({ $subtract: [5, 7] })).toBe(-2);
    expect(value({ $subtract: [new Date(9), new Date(4)] })).toEqual(Long.fromNumber(5));
    expect(value({ $subtract: [new Date(9), 4] })).toEqual(new Date(5));
    expect(String(value({ $multiply: [Decimal128.fromString('1.5'), 2] }))).toBe('3.0');
    expect(value({ $add: [1, null] })).toBeNull();
  });

  it('build documents and lists', () => {
    expect(value({ x: '$a', y: ['$a', '$gone'], z: '$gone', l: { $literal: '$a' } }, { a: 1 })).toEqual({
      x: 1,
      y: [1, null],
      l: '$a',
    });
    expect(value({ $size: '$l' }, { l: [1, 2] })).toBe(2);
    expect(value({ $isArray: ['$l'] }, { l: [] })).toBe(true);
  });

  it('are refused where the types do not fit', () => {
    refused({ $add: ['x', 1] }, 14);
    refused({ $size: '$gone' }, 17124);
    refused({ $in: [1, 2] }, 40081);
    refused({ $eq: [1] }, 16020);
    refused({ $eq: [1, 2], $ne: [1, 2] }, 15983);
    refused({ $where: 'x' }, 168);
  });
});
