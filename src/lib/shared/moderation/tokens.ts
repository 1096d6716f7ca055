// Cuts a text into words and brings tricks of writing back to plain ones: look-alikes, digits for letters, spaced letters. Pure.
import { fold } from '../search/fold.ts';
import { ORDINARY } from './ordinary.ts';
import type { Steps } from '../text/characters.ts';

/** A word as it stands, and every plain way in which it may be meant. */
export interface Token {
  raw: string;
  /** Folded; the first one is without any guessing. Few, whatever she writes. */
  forms: string[];
  /** Latin letters and digits as typed, and with letters for the digits: for Arabic and Cyrillic words in Latin letters. */
  latin: string[];
}

/** So many words are remembered with what they can mean; then it begins anew. */
const KNOWN = 5_000;
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
/** Greek capitals look like other Latin letters than their small ones do. */
const GREEK = 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ';
const CAPITALS = new Map([...GREEK].map((letter, at) => [letter, 'abezhikmnoptyx'.charAt(at)]));
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
/** Behind an apostrophe, what English writes shorter: "who're" are two words. */
const SHORTENED = /^(?:re|ve|ll|[stdm])$/i;
const APOSTROPHE = /^['’`]$/;
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
  if (/[a-z]/.test(lower) && !/[^\p{Script=Latin}\p{M}0-9@$!|]/u.test(lower)) {
    const rest = mapped(lower, (sign) => LEET[sign]);
    found.push(rest.replaceAll(ONE, 'i'), rest.replaceAll(ONE, 'l'));
  }
  if (/\p{Script=Cyrillic}/u.test(lower)) found.push(mapped(lower, (sign) => LEET_CYRILLIC[sign]));
  return found;
}

/** Small letters, and Latin ones for Greek capitals that stand among Latin letters. */
const lowered = (text: string): string =>
  (/\p{Script=Latin}/u.test(text) ? mapped(text, (letter) => CAPITALS.get(letter)) : text).toLowerCase();

/** Signs at the end are sentences' ends more often than letters. */
const trimmed = (piece: string): string => piece.replace(/^[!|]+|[!|@€]+$/g, '');

const known = new Map<string, Token>();
/** People write the same words again and again: most are known. */
function tokenOf(raw: string, steps: Steps): Token {
  const kept = known.get(raw);
  if (kept) return kept;
  const token = readToken(raw, steps);
  if (raw.length > LONGEST) return token;
  if (known.size >= KNOWN) known.clear();
  known.set(raw, token);
  return token;
}
function readToken(raw: string, steps: Steps): Token {
  const lower = lowered(trimmed(raw).slice(0, LONGEST)).normalize('NFC');
  steps.count += lower.length;
  const bare = lower.replaceAll(/[@$!|€]/g, '');
  const plainForm = fold(bare);
  if (ORDINARY.has(plainForm)) return { raw, forms: [plainForm], latin: [] };
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
  /** The same with what has signs between joined to one word each, "hu.re"; empty where nothing has. */
  joined: Token[];
  /** Letters that stand alone, one after the other; any stretch of them may be a word. */
  spelled: string[];
  /** Two or three words one after the other as if the spaces were not there, "Ar sch loch"; only where one is a scrap. */
  parted: Token[];
}

/** So few letters are a scrap of a word more often than a word. */
const SCRAP = 3;
const PARTS = 3;

/** What ends with the last of `raws`, as one word each; nothing is guessed from it. */
function partedAt(raws: readonly string[], steps: Steps): Token[] {
  const found: Token[] = [];
  for (let count = 2; count <= Math.min(PARTS, raws.length); count++) {
    const parts = raws.slice(-count);
    steps.count += count;
    const first = parts[0] ?? '';
    const last = parts.at(-1) ?? '';
    if (Math.min(first.length, last.length) > SCRAP || parts.join('').length > LONGEST) continue;
    const form = fold(lowered(parts.join('')));
    steps.count += form.length;
    if (!ORDINARY.has(form)) found.push({ raw: parts.join(' '), forms: [form], latin: [] });
  }
  return found;
}

/** Linear in the length of the text: `steps` counts the letters that were looked at. */
export function wordsOf(text: string, steps: Steps = { count: 0 }): Words {
  const clean = text.normalize('NFKC').replaceAll(HIDDEN, '');
  steps.count += clean.length;
  const tokens: Token[] = [];
  const joined: Token[] = [];
  const spelled: string[] = [];
  const parted: Token[] = [];
  /** The last words with nothing but spaces between. */
  let raws: string[] = [];
  let group: Token[] = [];
  let singles: string[] = [];
  let signs = false;
  const endGroup = (): void => {
    const whole = group.map(({ raw }) => raw).join('');
    const joins = group.length > 1 && whole.length <= LONGEST;
    signs ||= joins;
    joined.push(...(joins ? [tokenOf(whole, steps)] : group));
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
    if (!WITHIN.test(between) || (APOSTROPHE.test(between) && SHORTENED.test(raw))) endGroup();
    if (between.includes('\n') || !isSingle(raw)) endSingles();
    if (isSingle(raw)) singles.push(raw);
    raws = [...(/^[^\S\n]+$/.test(between) ? raws.slice(1 - PARTS) : []), raw];
    parted.push(...partedAt(raws, steps));
    const token = tokenOf(raw, steps);
    group.push(token);
    tokens.push(token);
  }
  endGroup();
  endSingles();
  return { tokens, joined: signs ? joined : [], spelled, parted };
}

/** A run of single letters in each of its meanings. */
function lettersOf(run: string, steps: Steps): string[] {
  steps.count += run.length;
  const lower = lowered(run);
  const meant = [...oneScript(lower), ...oneScript(lower).flatMap(withoutLeet)];
  return [...new Set(meant.map(fold))].filter((form) => isLatin(form) || isCyrillic(form) || isArabic(form));
}
