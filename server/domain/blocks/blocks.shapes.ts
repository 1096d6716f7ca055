// How a view tells what it is, for the sight: people, messages, quotes, changes, lists. Pure.

export type Bag = Record<string, unknown>;

/** Plain objects only: dates, maps and buffers are nobody's views. */
export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
export const isPerson = (value: unknown): value is Bag & { id: string } =>
  isBag(value) && typeof value['id'] === 'string' && 'displayName' in value && 'hue' in value;
export const isMessage = (bag: Bag): boolean => 'clientId' in bag && 'seq' in bag && 'removedBy' in bag;
export const isQuote = (bag: Bag): boolean => 'excerpt' in bag && 'seq' in bag;
export const isChange = (bag: Bag): boolean =>
  'kind' in bag && 'rev' in bag && ('message' in bag || 'messageId' in bag || 'marks' in bag);
/** A page of a room or of a thread: there a stone stands where a message is kept from her. */
export const isHistory = (bag: Bag): boolean => Array.isArray(bag['messages']) && 'hasOlder' in bag;
/** Counts of a room's posts, which are her own counts. */
export const isCounted = (bag: Bag): boolean =>
  typeof bag['roomId'] === 'string' &&
  (typeof bag['posts'] === 'number' || typeof bag['readPosts'] === 'number' || typeof bag['post'] === 'number');

/** What she keeps about messages: ids only. */
export const isMine = (bag: Bag): bag is Bag & { saved: string[]; reactions: Bag } =>
  Array.isArray(bag['saved']) && isBag(bag['reactions']);

/** Everything inside, whatever it is. */
export function* bagsIn(value: unknown): Generator<Bag> {
  if (Array.isArray(value)) for (const one of value) yield* bagsIn(one);
  else if (isBag(value)) {
    yield value;
    for (const one of Object.values(value)) yield* bagsIn(one);
  }
}
