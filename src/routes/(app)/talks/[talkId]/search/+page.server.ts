// Searching one talk (`?q=`), for the people in it.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { askedOf } from '#lib/features/search/ask.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import { isAppError, type ErrorView } from '#shared/errors.ts';
import { SEARCH_LIMITS, type SearchPageView } from '#shared/search.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { talkId }, url }) => {
  const actor = actorOf(locals);
  const { query, before } = askedOf(url.searchParams);
  await hub().talks.insist(actor, { talkId }).catch(asPageError);
  const asked = { query, before, room: '', author: '', by: '', from: '', to: '', talk: talkId };
  let found: SearchPageView | null = null;
  let refused: ErrorView | null = null;
  try {
    if (query !== '') found = await hub().talks.search(actor, { talkId, query, before: before || null });
  } catch (error) {
    if (!isAppError(error) || error.code === 'unavailable') throw error;
    refused = { code: error.code, ...(error.params ? { params: error.params } : {}) };
  }
  return { asked, found, error: refused, longest: SEARCH_LIMITS.queryLength };
};
