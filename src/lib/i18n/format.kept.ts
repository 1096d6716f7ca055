// For how long something is kept, as the reader's language writes it: whole years where it is years. Pages import it; a room does not at once.
import { formatDays } from './format.ts';
import { getLocale } from './generated/runtime.js';

const YEAR = 365;

/** "2 years", "30 days". */
export function formatKept(days: number): string {
  if (days < YEAR || days % YEAR > 0) return formatDays(days);
  const tag = getLocale() === 'en' ? 'en-GB' : getLocale();
  return new Intl.NumberFormat(tag, { style: 'unit', unit: 'year', unitDisplay: 'long' }).format(days / YEAR);
}
