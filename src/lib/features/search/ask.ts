// What the search page is asked for, as its address says it. For the search page and its parts.
import type { SearchResultView } from '#shared/search.ts';

type Place = Pick<SearchResultView, 'roomSlug' | 'messageId' | 'seq' | 'root'>;

/** The fields of the form; an empty one is not asked for. */
export interface Asked {
  query: string;
  room: string;
  author: string;
  from: string;
  to: string;
  before: string;
}

export const askedOf = (params: URLSearchParams): Asked => ({
  query: params.get('q') ?? '',
  room: params.get('room') ?? '',
  author: params.get('author') ?? '',
  from: params.get('from') ?? '',
  to: params.get('to') ?? '',
  before: params.get('before') ?? '',
});

/** The address of the same search with some fields changed. Another search begins with its newest. */
export function searchAddress(asked: Asked, change: Partial<Asked>): string {
  const { query, ...filters } = { ...asked, before: '', ...change };
  const params = new URLSearchParams({ q: query });
  for (const [name, value] of Object.entries(filters)) if (value !== '') params.set(name, value);
  return `/search?${params.toString()}`;
}

/** Revs after a message that its page of older messages begins with: fewer than a page has messages. */
const AFTER = 25;

/**
 * Where a message stands in its conversation. `before` is for a page without JavaScript, which shows older messages by
 * address; a message in a thread stands at its root.
 */
export function placeAddress({ roomSlug, messageId, seq, root }: Place): string {
  const at = root?.seq ?? seq;
  const params = new URLSearchParams({ at: String(at), before: String(at + AFTER) });
  if (root) params.set('thread', root.messageId);
  return `/rooms/${roomSlug}?${params.toString()}#${root?.messageId ?? messageId}`;
}
