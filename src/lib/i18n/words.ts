// Loads the words of one language before the page wakes up. A stand-in: the build puts the real one here (words.vite.ts).
import type { Locale } from '#shared/locales.ts';

export const loadWords = (_locale: Locale): Promise<void> => Promise.resolve();
