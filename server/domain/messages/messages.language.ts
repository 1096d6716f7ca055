// Which language a text is in, as far as a few words tell. Pure; imported by the verbs that write.
import { detectAll } from 'tinyld';
import { COMMUNITY_LANGUAGES } from '#shared/text/languages.ts';

/** The detector does not know Kurdish, whose Latin letters it takes for Turkish; it does not mix these two sorts. */
const KURDISH = /[êîûÊÎÛ]/u;
const TURKISH = /[ğıöüĞİÖÜ]/u;
/** Sorani, in Arabic letters. */
const SORANI = /[ێۆڕڵ]/u;

const CERTAIN = 0.15;
const CLEARER = 1.3;
/** Links, addresses and numbers say nothing about the language. */
const NO_WORDS = /\S*[@/\\:]\S*|www\.\S+|\d+/gu;
/** So much of a text is enough. */
const ENOUGH = 600;

/** ISO 639-1 of one of COMMUNITY_LANGUAGES, null when it is unclear. About a third of a millisecond. */
export function languageOf(text: string): string | null {
  const words = text.slice(0, ENOUGH).replaceAll(NO_WORDS, ' ');
  if (!/\p{L}/u.test(words)) return null;
  if (SORANI.test(words)) return 'ku';
  const [best, second] = detectAll(words, { only: [...COMMUNITY_LANGUAGES] });
  if (KURDISH.test(words) && !TURKISH.test(words) && (!best || best.lang === 'tr')) return 'ku';
  if (!best || best.accuracy < CERTAIN) return null;
  return best.accuracy >= (second?.accuracy ?? 0) * CLEARER ? best.lang : null;
}
