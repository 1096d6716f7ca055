// The shape of the tables in this folder: what a search must find and what it must not. Tests only.

/** What she types, and a message. */
type Pair = readonly [query: string, text: string];

export interface WordTable {
  readonly hits: readonly Pair[];
  readonly misses: readonly Pair[];
}
