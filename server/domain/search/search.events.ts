// What happened in the search area; the line between processes listens.
export interface SearchEvents {
  /** A search of hers counts against her rate: here, and where she searched through another process. */
  'search.took': { userId: string };
  'search.took-elsewhere': { userId: string };
}
