// Cuts a text into words and brings tricks of writing back to plain ones: look-alikes, digits for letters, spaced letters. Pure.
import { fold } from '../search/fold.ts';
import type { Steps } from '../text/characters.ts';

/** A word as it stands, and every plain way in which it may be meant. */
export interface Token {
  raw: string;
  /** Folded; the first one is without any guessing. Few, whatever she writes. */
  forms: string[];
  /** Latin letters and digits as typed, and with letters for the digits: for Arabic and Cyrillic words in Latin letters. */
  latin: string[];
}

/** Longer words are looked at up to here. */
export const LONGEST = 40;

const CYRILLIC = 'асеорхуікмтнвјѕԁԛԝ';
const LATIN = 'aceopxyikmthbjsdqw';
const toLatin = new Map([...CYRILLIC].map((letter, at) => [letter, LATIN[at] ?? letter]));
const toCyrillic = new Map([...LATIN].map((letter, at) => [letter, CYRILLIC[at] ?? letter]));
/** Other letters that look like Latin ones: Greek, small capitals, Armenian. */
const LOOKS: Record<string, string> = {
  ...{ α: 'a', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', η: 'n', ս: 'u', օ: 'o', һ: 'h' },
  ...{ ᴀ: 'a', ʙ: 'b', ᴄ: 'c', ᴅ: 'd', ᴇ: 'e', ꜰ: 'f', ɢ: 'g', ʜ: 'h', ɪ: 'i', ᴊ: 'j', ᴋ: 'k', ʟ: 'l', ᴍ: 'm', ɴ: 'n' },
  ...{ ᴏ: 'o', ᴘ: 'p', ʀ: 'r', ꜱ: 's', ᴛ: 't', ᴜ: 'u', ᴠ: 'v', ᴡ: 'w', ʏ: 'y', ᴢ: 'z', ɑ: 'a', ɡ: 'g', '€': 'e' },
};
/** Digits and signs that stand for letters; 1 and ! may be i or l. */
const LEET: Record<string, string> = {
  4: 'a',
  '@': 'a',
  3: 'e',
  0: 'o',
  5: 's',
  $: 's',
  7: 't',
  8: 'b',
  9: 'g',
  2: 'z',
};
const ONE = /[1!|]/g;
const LEET_SIGN = /[0-9@$!|]/;
/** Digits that stand for Cyrillic letters. */
const LEET_CYRILLIC: Record<string, string> = { 0: 'о', 3: 'з', 4: 'ч', 6: 'б', '@': 'а', 1: 'і', '!': 'і' };

const PIECE = /[\p{L}\p{M}\p{N}@$!|€]+/gu;
const WITHIN = /^[.\-_·•*'’`~+/\\,:;=]{1,2}$/;
const HIDDEN = /[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u3164\uffa0]/gu;
const isLatin = (text: string): boolean => /^[a-z]+$/.test(text);
const isCyrillic = (text: string): boolean => /^\p{Script=Cyrillic}+$/u.test(text);
const isArabic = (text: string): boolean => /^\p{Script=Arabic}+$/u.test(text);
const mapped = (text: string, table: (letter: string) => string | undefined): string =>
  [...text].map((letter) => table(letter) ?? letter).join('');

/** Letters held down: "idiooot" may be one letter or two. */
function shorter(form: string): string[] {
  if (!/(.)\1\1/u.test(form)) return [];
  return [form.replaceAll(/(.)\1{2,}/gu, '$1'), form.replaceAll(/(.)\1{2,}/gu, '$1$1')];
}

/** "and", "the", "with" and so on are written together with an Arabic word. */
function withoutProclitics(form: string): string[] {
  if (!isArabic(form)) return [];
  const bare = /^[وفبلك]?ال(.{3,})$/u.exec(form)?.[1] ?? /^لل(.{3,})$/u.exec(form)?.[1];
  const joined = /^[وف](.{3,})$/u.exec(form)?.[1];
  return [bare, joined].filter((found) => found !== undefined);
}

/** Letters of two scripts that look alike, in one word or all through it: it may be meant in either. */
function oneScript(lower: string): string[] {
  const looks = mapped(lower, (letter) => LOOKS[letter]);
  const latin = mapped(looks, (letter) => toLatin.get(letter));
  const cyrillic = mapped(looks, (letter) => toCyrillic.get(letter));
  const mixed = /[a-z]/.test(looks) && /\p{Script=Cyrillic}/u.test(looks);
  const other = [latin, cyrillic].filter((form) => form !== looks && (mixed || isLatin(form) || isCyrillic(form)));
  return [looks, ...other];
}

function withoutLeet(lower: string): string[] {
  if (!LEET_SIGN.test(lower)) return [];
  const found: string[] = [];
  if (/[a-z]/.test(lower) && !/[^a-z0-9@$!|]/.test(lower)) {
    const rest = mapped(lower, (sign) => LEET[sign]);
    found.push(rest.replaceAll(ONE, 'i'), rest.replaceAll(ONE, 'l'));
  }
  if (/\p{Script=Cyrillic}/u.test(lower)) found.push(mapped(lower, (sign) => LEET_CYRILLIC[sign]));
  return found;
}

/** Signs at the end are sentences' ends more often than letters. */
const trimmed = (piece: string): string => piece.replace(/^[!|]+|[!|@€]+$/g, '');

function tokenOf(raw: string, steps: Steps): Token {
  const lower = trimmed(raw).slice(0, LONGEST).toLowerCase().normalize('NFC');
  steps.count += lower.length;
  const bare = lower.replaceAll(/[@$!|€]/g, '');
  const scripts = [bare, ...oneScript(lower)];
  const meant = [...scripts, ...scripts.flatMap(withoutLeet)];
  const folded = meant.map(fold).filter((form) => form.length > 0);
  const forms = folded.flatMap((form) => [form, ...shorter(form)]);
  const plain = lower.normalize('NFD').replaceAll(/\p{M}/gu, '');
  const latin = [plain, ...withoutLeet(plain)].filter((form) => /^[a-z0-9]+$/.test(form));
  return { raw, forms: [...new Set([...forms, ...forms.flatMap(withoutProclitics)])], latin };
}

/** One letter, or what stands for one. */
const isSingle = (raw: string): boolean => [...raw.replaceAll(/\p{M}/gu, '')].length === 1;

export interface Words {
  tokens: Token[];
  /** What is written apart or with signs between, joined: "i d i o t", "hu.re". */
  joined: Token[];
  /** Letters that stand alone, one after the other; any stretch of them may be a word. */
  spelled: string[];
}

/** Linear in the length of the text: `steps` counts the letters that were looked at. */
export function wordsOf(text: string, steps: Steps = { count: 0 }): Words {
  const clean = text.normalize('NFKC').replaceAll(HIDDEN, '');
  steps.count += clean.length;
  const tokens: Token[] = [];
  const joined: Token[] = [];
  const spelled: string[] = [];
  let group: string[] = [];
  let singles: string[] = [];
  const endGroup = (): void => {
    const whole = group.join('');
    if (group.length > 1 && whole.length <= LONGEST) joined.push(tokenOf(whole, steps));
    group = [];
  };
  const endSingles = (): void => {
    if (singles.length > 2) spelled.push(...lettersOf(singles.join(''), steps));
    singles = [];
  };
  let end = 0;
  for (const { 0: raw, index } of clean.matchAll(PIECE)) {
    const between = clean.slice(end, index);
    end = index + raw.length;
    if (!WITHIN.test(between)) endGroup();
    if (between.includes('\n') || !isSingle(raw)) endSingles();
    group.push(raw);
    if (isSingle(raw)) singles.push(raw);
    if (raw.length > 0) tokens.push(tokenOf(raw, steps));
  }
  endGroup();
  endSingles();
  return { tokens, joined, spelled };
}

/** A run of single letters in each of its meanings. */
function lettersOf(run: string, steps: Steps): string[] {
  steps.count += run.length;
  const lower = run.toLowerCase();
  const meant = [...oneScript(lower), ...oneScript(lower).flatMap(withoutLeet)];
  return [...new Set(meant.map(fold))].filter((form) => isLatin(form) || isCyrillic(form) || isArabic(form));
}
