// Finds telephone numbers as people in Germany type them: national, international, in any digits. Pure; every loop is bounded.
import { digitsOf, latinDigits, type Range, type Steps } from './characters.ts';

export interface FoundPhone extends Range {
  /** For `tel:`: digits, with a plus where it was typed or meant. */
  number: string;
  /** A helpline that is nobody's private number. */
  helpline: boolean;
}

const SPACE = ' \\t\\u00a0\\u202f\\u2009\\u2007';
const BREAK = `[${SPACE}]?(?:\\)[${SPACE}]?[-/]?|[-–‑/.(])?[${SPACE}]?\\(?`;
/** Up to 28 characters each, so the work per start is bounded. */
const CANDIDATE = new RegExp(
  `(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}+§#_])(?<!\\p{N}[.,:/–${SPACE}-])(?:\\+[${SPACE}]?\\(?[1-9]|\\(?0)[0-9]{0,14}(?:${BREAK}[0-9]{1,12}){0,8}`,
  'gu',
);
const HELPLINE = new RegExp(
  `(?<![\\p{L}\\p{N}+.,/-])116[${SPACE}-]?(?:016|111|117|123|006)(?![\\p{L}\\p{N}]|[.,/-]\\d)`,
  'gu',
);
const DATE = /^\(?[0-3]?\d[-/. ]{1,2}[01]?\d[-/. ]{1,2}(?:\d{4}|\d{2})(?!\d)/;
/** What follows a time of day, an amount, a measure. */
const NOT_A_NUMBER = /^(?:[:,]\d|[ \u00a0]?(?:Uhr|uhr|h\b|€|Euro|EUR|%|год|час|ساعة|صباح))/;

function groupsOf(text: string): Range[] {
  return [...text.matchAll(/[0-9]+/g)].map(({ 0: digits, index }) => ({ start: index, end: index + digits.length }));
}

/** The first `count` groups of a candidate, judged. */
function judge(text: string, groups: Range[]): string | null {
  const first = groups[0];
  const last = groups.at(-1);
  if (!first || !last) return null;
  const raw = text.slice(0, last.end);
  const digits = digitsOf(raw.startsWith('+') ? raw.replace('(0)', '') : raw);
  if (raw.startsWith('+')) return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : null;
  if (/^\(?00[1-9]/.test(raw)) return digits.length >= 10 && digits.length <= 17 ? `+${digits.slice(2)}` : null;
  // an area code has three digits at least; a dot between groups is a date or a price
  if (!/^\(?0[1-9]/.test(raw) || raw.includes('.') || DATE.test(raw)) return null;
  if (groups.length > 1 && first.end - first.start < 3) return null;
  if (groups.length === 1 && digits.length < 8) return null;
  return digits.length >= 7 && digits.length <= 13 ? digits : null;
}

/** In order, not overlapping. Dates, prices, postcodes, times and 110 / 112 are not found. */
export function findPhones(text: string, steps?: Steps): FoundPhone[] {
  const folded = latinDigits(text);
  const found: FoundPhone[] = [];
  for (const { 0: raw, index } of folded.matchAll(CANDIDATE)) {
    const groups = groupsOf(raw);
    // a time or an amount right behind the number is not part of it, nor is what makes it too long
    let timed = false;
    for (let kept = groups.length; kept > 0; kept--) {
      if (steps) steps.count++;
      const end = index + (groups[kept - 1]?.end ?? 0);
      const next = folded.slice(end, end + 8);
      const time: boolean =
        NOT_A_NUMBER.test(next) || (timed && /\b\d{1,2}$/.test(folded.slice(index, end)) && /^[-–]/.test(next));
      timed ||= time;
      if (time || /^\p{L}|^\d/u.test(next)) continue;
      const number = judge(raw, groups.slice(0, kept));
      if (number === null) continue;
      found.push({ start: index, end, number, helpline: false });
      break;
    }
  }
  for (const { 0: raw, index } of folded.matchAll(HELPLINE)) {
    if (steps) steps.count++;
    found.push({ start: index, end: index + raw.length, number: digitsOf(raw), helpline: true });
  }
  return found.sort((a, b) => a.start - b.start);
}
