// Before any page but the rooms themselves is drawn, the rest of the words is there.
import { loadRest } from '#lib/i18n/words.ts';
import type { LayoutLoad } from './$types';

/** What they show comes with the first words (words.vite.ts). */
const ROOMS = ['/(app)/rooms', '/(app)/rooms/[slug]', '/(app)/rooms/[slug]/thread/[messageId]'];

export const load: LayoutLoad = async ({ data: { words: own, ...data }, parent, route }) => {
  if (!ROOMS.includes(route.id)) await loadRest();
  const words = own ?? (await parent()).words;
  // few ever see them: their scripts come only then
  const FirstDay = data.firstDay ? (await import('#lib/features/accounts/FirstDay.svelte')).default : null;
  const Decide = 'cases' in words ? (await import('#lib/features/accounts/Decide.svelte')).default : null;
  return { ...data, words, Top: FirstDay ?? Decide };
};
