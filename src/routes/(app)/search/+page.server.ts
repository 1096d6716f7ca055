// Searching messages by address: `?q=`, in one room or all of hers, by author and time.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { askedOf } from '#lib/features/search/ask.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import { isAppError, type ErrorView } from '#shared/errors.ts';
import { SEARCH_LIMITS, type SearchPageView } from '#shared/search.ts';
import type { PageServerLoad } from './$types';

/** What was refused stands in the form, so that she can change it. */
async function find(actor: ReturnType<typeof actorOf>, asked: ReturnType<typeof askedOf>, sent: boolean) {
  const none: { found: SearchPageView | null; error: ErrorView | null } = { found: null, error: null };
  if (asked.query === '' && asked.by === '' && asked.author === '') {
    return sent ? { ...none, error: { code: 'input.empty' as const, params: { field: 'query' } } } : none;
  }
  const { query, from, to } = asked;
  const who = { by: asked.by || null, author: asked.author || null };
  const filters = { ...who, room: asked.room || null, before: asked.before || null };
  try {
    return { ...none, found: await hub().search.find(actor, { query, from, to, ...filters }) };
  } catch (error) {
    if (!isAppError(error) || error.code === 'unavailable') throw error;
    return { ...none, error: { code: error.code, ...(error.params ? { params: error.params } : {}) } };
  }
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = actorOf(locals);
  const asked = askedOf(url.searchParams);
  const { rooms: all, search } = hub();
  const [list, authors, answer] = await Promise.all([
    all.list(actor),
    search.authors(actor),
    find(actor, asked, url.searchParams.has('q')),
  ]).catch(asPageError);
  const rooms = list.filter(({ readable }) => readable).map(({ slug, name }) => ({ slug, name }));
  return { asked, authors, rooms, ...answer, longest: SEARCH_LIMITS.queryLength };
};
