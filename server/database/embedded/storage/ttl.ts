// Removes documents whose time is over, as TTL indexes ask. For engine.ts.
import { collectRows, docOf } from '../query/find.ts';
import { Operation } from '../query/operation.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Store } from './store.ts';

/** So many documents in one transaction at most: the writers in between wait for no more. */
const BATCH = 500;

/** Removes everything that is due now. @returns how many documents */
export async function removeExpired(store: Store, commits: GroupCommit): Promise<number> {
  let removed = 0;
  for (const collection of [...store.catalog.collections.values()]) {
    for (const index of collection.indexes) {
      if (index.ttlSeconds === undefined) continue;
      for (let last = BATCH; last === BATCH; removed += last) {
        last = await commits.write(() => removeBatch(store, collection.ns, index.name));
      }
    }
  }
  return removed;
}

/** Looks collection and index up anew: they may have gone since. */
function removeBatch(store: Store, ns: string, indexName: string): number {
  const collection = store.catalog.get(ns);
  const index = collection?.indexes.find((other) => other.name === indexName);
  const field = index?.fields[0];
  if (!collection || !index || field === undefined || index.ttlSeconds === undefined) return 0;
  // Only dates compare with a date, so documents without one stay.
  const filter = { [field]: { $lte: new Date(Date.now() - index.ttlSeconds * 1000) } };
  const rows = collectRows(store, collection, { filter, hint: index.name, limit: BATCH }, new Operation());
  for (const row of rows) store.remove(collection, row.row, docOf(row));
  return rows.length;
}
