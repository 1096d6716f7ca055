// How Arabic, Persian and Cyrillic words look when somebody writes them in Latin letters: one slot per letter. Pure; for the matcher.
import type { Steps } from '../text/characters.ts';

/** Spellings of one letter; '' among them: it may be left out. */
export type Slot = readonly string[];

const A = 'a aa e ' as const;
const ARABIC: Record<string, string> = {
  ...{ ا: 'a aa e', أ: `${A}2a 2`, إ: 'i e 2i', آ: 'a aa 2a', ء: ' 2 a', ؤ: '2 o u ', ئ: '2 e i y ', ى: 'a aa' },
  ...{
    ب: 'b',
    پ: 'p b',
    ت: 't',
    ث: 'th s t',
    ج: 'j g dj',
    چ: 'ch tsh',
    ح: 'h 7',
    خ: 'kh 5 x 7',
    د: 'd',
    ذ: 'th z d dh',
  },
  ...{ ر: 'r', ز: 'z', ژ: 'zh j', س: 's c', ش: 'sh ch $', ص: 's 9', ض: 'd dh z 9', ط: 't 6', ظ: 'z d th', ع: ' 3 a e' },
  ...{ غ: 'gh g 8 3', ف: 'f', ق: 'k q g 2 8 9 a', ك: 'k c', ک: 'k c', گ: 'g', ل: 'l', م: 'm', ن: 'n', ه: 'h e' },
  ...{ ة: 'a e ah eh at et', و: 'w o u ou oo v uu', ي: 'y i ee e ei ii', ی: 'y i ee e ei ii' },
};
const CYRILLIC: Record<string, string> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v w',
    г: 'h g',
    ґ: 'g',
    д: 'd',
    е: 'e ye ie',
    є: 'ye ie je e',
    ё: 'yo io jo e',
    ж: 'zh j z',
  },
  ...{ з: 'z', и: 'y i', і: 'i', ї: 'yi i ji', й: 'y i j', к: 'k c', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r' },
  ...{ с: 's', т: 't', у: 'u oo', ф: 'f', х: 'kh h x', ц: 'ts c tz', ч: 'ch 4 tsch', ш: 'sh sch', щ: 'shch sch sh' },
  ...{ ы: 'y i', ь: ' y i', ъ: '', э: 'e', ю: 'yu iu ju u', я: 'ya ia ja a' },
};
const VOWELS = new Set('aeiouy');

/** The slots of a word; null when it has letters of other scripts. */
export function slotsOf(word: string): Slot[] | null {
  const arabic = /^\p{Script=Arabic}+$/u.test(word);
  if (!arabic && !/^\p{Script=Cyrillic}+$/u.test(word)) return null;
  const table = arabic ? ARABIC : CYRILLIC;
  const slots: Slot[] = [];
  for (const letter of word.normalize('NFC').replaceAll(/[\p{Mn}ـ]/gu, '')) {
    const spelled = table[letter];
    if (spelled === undefined) return null;
    slots.push(spelled.split(' '));
  }
  return slots;
}

/** How many letters of it are always written: few of them may be another word by chance. */
export const weightOf = (slots: readonly Slot[]): number => slots.filter((slot) => !slot.includes('')).length;

/** The same where the letter that only a 3 spells is spelled so: what is too short without it can be nothing else with it. */
export const strictly = (slots: readonly Slot[]): Slot[] =>
  slots.map((slot) => (slot.includes('') && slot.includes('3') ? ['3'] : slot));

/** Short vowels are not written in Arabic: up to so many may stand between two letters. */
const BETWEEN = 2;

/**
 * Whether `text` spells the slots, from the first letter to the last (or beyond, with `prefix`). Every place is visited once per
 * slot, so the work is slots × letters. `vowels`: short ones may stand anywhere between.
 */
export function spells(
  text: string,
  slots: readonly Slot[],
  options: { prefix: boolean; vowels: boolean },
  steps: Steps,
) {
  let places = new Set([0]);
  for (const [index, slot] of slots.entries()) {
    const next = new Set<number>();
    for (const place of places) {
      for (const spelled of slot) {
        steps.count++;
        if (!text.startsWith(spelled, place)) continue;
        const end = place + spelled.length;
        next.add(end);
        // doubled: "kalbb"
        if (spelled.length === 1 && text[end] === spelled) next.add(end + 1);
      }
    }
    if (options.vowels && index < slots.length - 1) {
      for (const place of [...next]) {
        for (let more = 1; more <= BETWEEN && VOWELS.has(text[place + more - 1] ?? ''); more++) next.add(place + more);
      }
    }
    if (next.size === 0) return false;
    places = next;
  }
  return options.prefix || places.has(text.length);
}
