// What the guard notices, in the forms in which women write it, and what it leaves alone.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HARMLESS, HITS } from './privacy-guard.examples.ts';
import { findPrivate } from './privacy-guard.ts';
import { isHealthNumber, isIban, isTaxId, isTurkishId } from './private-numbers.ts';

const found = (text: string) => findPrivate(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

describe('it notices', () => {
  test.each(HITS)('%s in: %s', (kind, text, part) => expect(found(text)).toContain(`${kind}: ${part}`));
  test('the table is as long as it should be', () => {
    expect(HITS.length).toBeGreaterThanOrEqual(60);
    expect(HARMLESS.length).toBeGreaterThanOrEqual(60);
  });
  test('each part once, by the surest name, in the order of the text', () => {
    const text = 'Amal, Lessingstraße 5, 0176 12345678, DE89 3704 0044 0532 0130 00, Az. 51.2-1234/2025';
    expect(findPrivate(text).map(({ kind }) => kind)).toEqual(['address', 'phone', 'iban', 'case']);
  });
});

describe('it leaves alone', () => {
  test.each(HARMLESS)('%s', (text) => expect(found(text)).toEqual([]));
});

describe('check digits', () => {
  test.each([
    [isIban, 'DE89370400440532013000'],
    [isIban, 'GB82WEST12345698765432'],
    [isTaxId, '86095742719'],
    [isTaxId, '65929970489'],
    [isHealthNumber, 'A123456780'],
    [isTurkishId, '10000000146'],
  ])('one wrong digit is noticed (%o %s)', (check, right) => {
    expect(check(right)).toBe(true);
    const at = right.length - 3;
    for (let digit = 0; digit < 10; digit++) {
      const other = right.slice(0, at) + String(digit) + right.slice(at + 1);
      if (other !== right) expect(check(other), other).toBe(false);
    }
  });
});

describe('any text', () => {
  const unit = fc.constantFrom(
    ...'0123456789٠٣۵ABDEgz -/.,()+§'.split(''),
    'straße ',
    'Az. ',
    'DE89',
    'Pass ',
    'ул. ',
    'шارع',
    '\n',
  );
  test('ranges lie in the text, in order, and never overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200 }), (text) => {
        let last = 0;
        for (const { start, end } of findPrivate(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test.each([
    '0',
    '0 ',
    '1',
    'A',
    'DE89 ',
    'DE',
    'a ',
    'Aa ',
    'Az',
    'Az ',
    'Pass',
    'Pass ',
    'straße ',
    'Am ',
    'Lessing',
    'A-',
    '1/',
    '1 K ',
    'ул. ',
    'شارع ',
    '0371 ',
    'Abc Def ',
    '12345 Ab ',
    'BG-',
    ' 1',
    '/',
  ])('%j over and over keeps nobody waiting', (part) => {
    const text = part.repeat(Math.ceil(4000 / part.length)).slice(0, 4000);
    const began = performance.now();
    findPrivate(text);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
