// Numbers that name a person or her case: accounts, papers, files, tax, insurance. Pure; privacy-guard.ts imports it.
import { digitsOf, type Range } from './characters.ts';

/** A pattern over text with digits folded; `check` judges what was matched, in capitals and without separators. */
interface Rule {
  pattern: RegExp;
  check?: (compact: string) => boolean;
  /** The number starts here, after words such as "Aktenzeichen". */
  group?: number;
}

const compactOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
const letterValue = (letter: string): number => letter.charCodeAt(0) - 64;

/** ISO 13616: letters are 10 to 35, the first four characters go to the end, the rest by 97 is 1. */
export function isIban(compact: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  let rest = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** German tax ID: eleven digits, one of the first ten twice or three times, ISO 7064 (mod 11, 10). */
export function isTaxId(digits: string): boolean {
  if (!/^[1-9]\d{10}$/.test(digits)) return false;
  const counts = [...'0123456789'].map((digit) => digits.slice(0, 10).split(digit).length - 1);
  const repeated = counts.filter((count) => count > 1);
  if (repeated.length !== 1 || (repeated[0] ?? 0) > 3) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits[10]);
}

/** Turkish identity number: two check digits. */
export function isTurkishId(digits: string): boolean {
  if (!/^[1-9]\d{10}$/.test(digits)) return false;
  const d = [...digits].map(Number);
  const sum = (places: number[]) => places.reduce((total, place) => total + (d[place] ?? 0), 0);
  const tenth = (((sum([0, 2, 4, 6, 8]) * 7 - sum([1, 3, 5, 7])) % 10) + 10) % 10;
  return d[9] === tenth && d[10] === sum([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) % 10;
}

/** German health insurance number: a letter as two digits, weights 1 and 2, cross sums. */
export function isHealthNumber(compact: string): boolean {
  if (!/^[A-Z]\d{9}$/.test(compact)) return false;
  const digits = String(letterValue(compact)).padStart(2, '0') + compact.slice(1, 9);
  const sum = [...digits].reduce((total, digit, i) => {
    const product = Number(digit) * (i % 2 === 0 ? 1 : 2);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === Number(compact[9]);
}

/** Serial numbers of German papers: no vowels, so that they are no words; some digits. */
const isSerial = (compact: string): boolean => /^[CFGHJKLMNPRTVWXYZ]/.test(compact) && digitsOf(compact).length >= 4;
const enoughDigits = (compact: string): boolean => digitsOf(compact).length >= 4;

const NOT_BEFORE = '(?<![\\p{L}\\p{N}])';
const NOT_AFTER = '(?![\\p{L}\\p{N}])';
const whole = (body: string, flags = 'gu'): RegExp => new RegExp(`${NOT_BEFORE}(?:${body})${NOT_AFTER}`, flags);
/** A number behind its name: at most a few characters between them. */
const named = (names: string, body: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${names})[\\p{L}]{0,12}\\.?[-\\s:=#.№]{0,4}(?:(?:Nummer|Nr|No|Number|ID|№|رقم|номер|numara\\p{L}{0,3}|lautet|ist|is|هو|:)[.:\\s]{0,3}){0,2}(${body})${NOT_AFTER}`,
    'dgiu',
  );

const PAPERS =
  'Reisepass|Pass|Passport|Personalausweis|Ausweis|Aufenthaltstitel|eAT|Führerschein|Ausweisdokument|ID[- ]card|' +
  'паспорт|загранпаспорт|посвідчення|удостоверени|جواز السفر|جواز سفر|جواز|الجواز|جوازي|هوية|الهوية|إقامة|پاسپورت|گذرنامه|تذکره|pasaport|kimlik|pasaportê';
const FILES =
  'Aktenzeichen|Az|Aktennummer|Geschäftszeichen|Gesch[.-]?Z|GZ|Kassenzeichen|Kundennummer|Kunden|Kd|BG|Bedarfsgemeinschaft|' +
  'Kindergeldnummer|Kindergeld|KG|Vorgangsnummer|Vorgang|Mitgliedsnummer|Ihr Zeichen|Mein Zeichen|Unser Zeichen|AZR|BAMF|' +
  'case number|case no|case|file number|file no|номер справи|справа|номер дела|дело|رقم الملف|رقم القضية|رقم المعاملة|ملف|' +
  'شماره پرونده|پرونده|dosya';

export const RULES: Record<'iban' | 'tax' | 'insurance' | 'case' | 'document', Rule[]> = {
  iban: [], // its length depends on the country: see findIbans
  tax: [
    { pattern: whole('\\d{2}[ ]?\\d{3}[ ]?\\d{3}[ ]?\\d{3}'), check: isTaxId },
    { pattern: whole('\\d{2,3}/\\d{3,4}/\\d{4,5}') }, // Steuernummer
  ],
  insurance: [
    { pattern: whole('[A-Za-z][ ]?\\d{3}[ ]?\\d{3}[ ]?\\d{3}'), check: isHealthNumber },
    // pension insurance: area, date of birth, first letter of the name, serial
    { pattern: whole('\\d{2}[ ]?(?:[0-2]\\d|3[01]|[5-8]\\d)(?:0\\d|1[0-2])\\d{2}[ ]?[A-Z][ ]?\\d{3}', 'giu') },
  ],
  case: [
    { pattern: whole('\\d{5}[ ]?BG[ ]?\\d{7}', 'giu') },
    { pattern: whole('\\d{5}//\\d{7}') },
    { pattern: whole('\\d{3}[ ]?FK[ ]?\\d{6}', 'giu') },
    { pattern: whole('\\d{3}[A-Z]\\d{6}') },
    { pattern: whole('[1-9]\\d{6}[ ]?[-–][ ]?\\d{3}') }, // asylum procedure
    { pattern: whole('(?:[A-Z] ?)?\\d{1,3} ?(?:[A-Z][A-Za-z]{0,3}) ?\\d{2,5}/\\d{2}') }, // courts
    {
      pattern: named(FILES, '[\\p{L}\\d][\\p{L}\\d./-]{0,12}(?: ?[\\d./-][\\p{L}\\d./-]{0,11}){0,4}'),
      check: enoughDigits,
      group: 1,
    },
  ],
  document: [
    { pattern: whole('[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\\d?'), check: isSerial },
    { pattern: whole('[A-Z]{2}\\d{6,7}') },
    { pattern: whole('\\d{11}'), check: isTurkishId },
    {
      pattern: named(PAPERS, '\\p{L}{0,3} ?\\d{2,10}(?: \\d{2,7}){0,2}'),
      check: (compact) => digitsOf(compact).length >= 5,
      group: 1,
    },
  ],
};

/** Every place in the folded text where a rule holds. */
export function findByRules(folded: string, rules: Rule[]): Range[] {
  return rules.flatMap(({ pattern, check, group = 0 }) =>
    [...folded.matchAll(pattern)].flatMap((match) => {
      const raw = match[group] ?? '';
      const start = match.indices?.[group]?.[0] ?? match.index;
      return !check || check(compactOf(raw)) ? [{ start, end: start + raw.length }] : [];
    }),
  );
}

const IBAN = /(?<![\p{L}\p{N}])[A-Za-z]{2}[ -]?\d{2}(?:[ -]?[A-Za-z0-9]){11,30}/gu;

/** The longest part of each candidate that passes the checksum: words may follow without a full stop. */
export function findIbans(folded: string): Range[] {
  return [...folded.matchAll(IBAN)].flatMap(({ 0: raw, index }) => {
    for (let end = raw.length; end >= 15; end--) {
      if (/[\p{L}\p{N}]/u.test(folded.charAt(index + end)) || !isIban(compactOf(raw.slice(0, end)))) continue;
      return [{ start: index, end: index + raw.slice(0, end).trimEnd().length }];
    }
    return [];
  });
}
