// What the search page is asked for, as its address says it. For the search page and its parts.
import { pathOf } from '#lib/features/messages/place.ts';
import type { SearchResultView } from '#shared/search.ts';

type Place = Pick<SearchResultView, 'roomSlug' | 'messageId' | 'seq' | 'root'>;

/** The fields of the form; an empty one is not asked for. */
export interface Asked {
  query: string;
  room: string;
  /** A display name, or how it begins. */
  by: string;
  /** Which one of that name: chosen at a message of hers. */
  author: string;
  from: string;
  to: string;
  before: string;
  /** In this talk only: a page of its own. */
  talk?: string;
}

export const askedOf = (params: URLSearchParams): Asked => ({
  query: params.get('q') ?? '',
  room: params.get('room') ?? '',
  by: params.get('by') ?? '',
  author: params.get('author') ?? '',
  from: params.get('from') ?? '',
  to: params.get('to') ?? '',
  before: params.get('before') ?? '',
});

/** The address of the same search with some fields changed. Another search begins with its newest. */
export function searchAddress(asked: Asked, change: Partial<Asked>): string {
  const { query, talk, ...filters } = { ...asked, before: '', ...change };
  const params = new URLSearchParams({ q: query });
  for (const [name, value] of Object.entries(filters)) if (value !== '') params.set(name, value);
  return `${talk ? `/talks/${talk}` : ''}/search?${params.toString()}`;
}

/** Where a message stands in its conversation; one of a thread stands on the page of the thread. */
export const placeAddress = ({ roomSlug, messageId, seq, root }: Place): string =>
  `${pathOf(roomSlug, seq, root?.messageId ?? null)}#${messageId}`;
