// Before any page but the rooms themselves is drawn, the rest of the words is there.
import { loadRest } from '#lib/i18n/words.ts';
import type { LayoutLoad } from './$types';

/** What they show comes with the first words (words.vite.ts). */
const ROOMS = ['/(app)/rooms', '/(app)/rooms/[slug]', '/(app)/rooms/[slug]/thread/[messageId]'];

export const load: LayoutLoad = async ({ data, route }) => {
  if (!ROOMS.includes(route.id)) await loadRest();
  // few ever see it: its script comes only then
  const FirstDay = data.firstDay ? (await import('#lib/features/accounts/FirstDay.svelte')).default : null;
  return { ...data, FirstDay };
};
