// Collations, as a folding of every text before it is compared or indexed. For the engine: plans, indexes, sorts.
//
// Which letters are the same is asked of Intl.Collator for the locale. The order is that of the folded text: base
// letters first, then accents; letters that a language counts as its own come after z by code point. Strength 3
// compares as without a collation (by code point).
import type { Doc } from './bson.ts';
import { badValue } from './errors.ts';
import { isNumber, toDouble } from './numbers.ts';
import { isPlain, putField } from './paths.ts';

type Fold = (value: unknown) => unknown;
type FoldText = (text: string) => string;

/** Options which change nothing when they have these values; any other value is refused. */
const NEUTRAL: Record<string, readonly unknown[]> = {
  caseLevel: [false],
  caseFirst: ['off'],
  alternate: ['non-ignorable'],
  maxVariable: ['punct', 'space'],
  backwards: [false],
  normalization: [false, true],
  version: ['57.1'],
};

/**
 * What to do with a filter, a document and a sort key before comparing under a collation.
 * @returns undefined if nothing has to be done (no collation, `simple`, strength 3)
 * @throws code 2 for an option that is unknown or cannot be honoured
 */
export function collationFolder(collation: Doc | undefined): Fold | undefined {
  if (!collation || Object.keys(collation).length === 0) return undefined;
  const { locale, strength, numeric } = parse(collation);
  if (locale === 'simple') return undefined;
  if (strength === 3) return numeric ? foldValues(foldDigits) : undefined;
  const letters = strength === 1 ? primaryText(locale) : secondaryText(locale);
  return foldValues(numeric ? (text) => foldDigits(letters(text)) : letters);
}

function parse(collation: Doc): { locale: string; strength: number; numeric: boolean } {
  for (const name of Object.keys(collation)) {
    if (name === 'locale' || name === 'strength' || name === 'numericOrdering') continue;
    const allowed = Object.hasOwn(NEUTRAL, name) ? NEUTRAL[name] : undefined;
    if (!allowed) throw badValue(`BSON field 'collation.${name}' is an unknown field.`);
    if (!allowed.includes(collation[name])) throw badValue(`collation option ${name} is not supported`);
  }
  const { locale, strength, numericOrdering } = collation;
  if (typeof locale !== 'string') throw badValue('collation needs a locale');
  if (strength !== undefined && !isNumber(strength)) throw badValue('collation strength must be a number');
  const level = strength === undefined ? 3 : toDouble(strength);
  if (![1, 2, 3].includes(level)) throw badValue('collation strength must be 1, 2 or 3');
  return { locale: checkedLocale(locale), strength: level, numeric: numericOrdering === true };
}

function foldValues(fold: FoldText): Fold {
  const value: Fold = (v) => {
    if (typeof v === 'string') return fold(v);
    if (Array.isArray(v)) return v.map(value);
    if (!isPlain(v)) return v;
    const folded: Doc = {};
    for (const name of Object.keys(v)) {
      putField(folded, name, name === '$regex' || name === '$options' ? v[name] : value(v[name]));
    }
    return folded;
  };
  return value;
}

/** Strength 1: neither case nor accents count. */
function primaryText(locale: string): FoldText {
  const letters = new Map<string, string>();
  const collator = new Intl.Collator(locale, { sensitivity: 'base' });
  return (text) => {
    if (isAscii(text)) return text.toLowerCase();
    let folded = '';
    for (const letter of text.normalize('NFC')) {
      let base = letters.get(letter);
      if (base === undefined) letters.set(letter, (base = baseOf(letter, collator)));
      folded += base;
    }
    return folded;
  };
}

/** Strength 2: case does not count, accents do, but only after the base letters. */
function secondaryText(locale: string): FoldText {
  const primary = primaryText(locale);
  return (text) => {
    const base = primary(text);
    if (isAscii(text)) return base;
    const accented = lowerCase(text.normalize('NFKC'));
    return accented === base ? base : `${base}\0${accented}`;
  };
}

const SPELLED = ['', ...'abcdefghijklmnopqrstuvwxyz', 'ss', 'ae', 'oe', 'th'];

/** What a letter is without accent and case, unless it is a letter of its own in this language. */
function baseOf(letter: string, collator: Intl.Collator): string {
  const lower = lowerCase(letter.normalize('NFKC'));
  const bare = lower.normalize('NFD').replace(/\p{M}+/gu, '');
  const same = (text: string) => collator.compare(text, letter) === 0;
  if (isAscii(bare) && same(bare)) return bare;
  return SPELLED.find(same) ?? (same(bare) ? bare : lower);
}

function lowerCase(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ').replaceAll('ß', 'ss');
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** Writes the length of every number before it, so that 9 comes before 10. */
function foldDigits(text: string): string {
  return text.replace(/\d+/g, (run) => {
    const digits = run.replace(/^0+(?=\d)/, '');
    return `0${String.fromCharCode(Math.min(digits.length, 0xd000))}${digits}`;
  });
}

function checkedLocale(locale: string): string {
  if (locale === 'simple') return locale;
  const tag = locale.replaceAll('_', '-').replace(/@.*$/, '');
  try {
    if (Intl.Collator.supportedLocalesOf(tag).length > 0 && !locale.includes('@')) return tag;
  } catch {
    // Not even the form of a language tag.
  }
  throw badValue(`collation locale ${locale} is not supported`);
}
