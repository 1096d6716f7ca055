// The offline page is no room: it needs the rest of the words.
import { loadRest } from '#lib/i18n/words.ts';

export const load = () => loadRest();
