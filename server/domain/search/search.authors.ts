// Whom a search by author can be about: those whose name stands above messages in rooms that she may read. Part of the search service.
import type { PersonView } from '#shared/accounts.ts';
import { SEARCH_LIMITS } from '#shared/search.ts';
import { fitting, sameName } from '#shared/text/names.ts';
import type { SearchRepository } from './search.repository.ts';

/** So many places of authors in rooms are looked at, those who wrote last first. */
const LOOKED_AT = 2_000;

interface Parts {
  repository: Pick<SearchRepository, 'authors'>;
  personViews: (ids: string[]) => Promise<Map<string, PersonView>>;
  /** One of them blocked the other; left out: nobody did. */
  apart?: (one: string, other: string) => boolean;
}

export function createSearchAuthors({ repository, personViews, apart = () => false }: Parts) {
  async function people(viewerId: string, roomIds: readonly string[]): Promise<PersonView[]> {
    const ids = (await repository.authors(roomIds, LOOKED_AT)).filter((id) => !apart(viewerId, id));
    const known = ids.length > 0 ? await personViews(ids) : new Map<string, PersonView>();
    return ids.flatMap((id) => known.get(id) ?? []).filter(({ displayName }) => displayName !== '');
  }

  return {
    /** Display names for the form, who wrote last first; a name of two people stands there once. */
    async names(viewerId: string, roomIds: readonly string[]): Promise<string[]> {
      const found = await people(viewerId, roomIds);
      return [...new Set(found.map(({ displayName }) => displayName))].slice(0, SEARCH_LIMITS.authors);
    },

    /** Who is meant by these words: who is called so, else whose name begins so. `chosen`: the one she chose among them. */
    async meant(viewerId: string, roomIds: readonly string[], by: string, chosen: string | null): Promise<string[]> {
      const found = await people(viewerId, roomIds);
      const exact = found.filter(({ displayName }) => sameName(displayName, by));
      if (chosen !== null && exact.some(({ id }) => id === chosen)) return [chosen];
      const some = exact.length > 0 ? exact : fitting(found, by, SEARCH_LIMITS.sameName);
      return some.slice(0, SEARCH_LIMITS.sameName).map(({ id }) => id);
    },
  };
}
