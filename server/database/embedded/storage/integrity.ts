// Checks that every index holds exactly what its collection says. For tests, after crashes and long series of changes.
import { decodeDocument } from '../values/bson.ts';
import { encodeKey } from '../values/key-string.ts';
import { indexKeys } from './index-keys.ts';
import type { Collection, Index } from './model.ts';
import type { Store } from './store.ts';

interface DocumentRow {
  r: number;
  k: Uint8Array;
  v: Uint8Array;
}

/** Reads everything. @returns what is wrong, one sentence each; nothing if all is well */
export function findDamage(store: Store): string[] {
  const damage = store.sql
    .all<{ integrity_check: string }>('PRAGMA integrity_check')
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok');
  for (const collection of store.catalog.collections.values()) {
    damage.push(...findCollectionDamage(store, collection));
  }
  return damage;
}

function findCollectionDamage(store: Store, collection: Collection): string[] {
  const damage: string[] = [];
  const rows = store.sql.all<DocumentRow>(`SELECT r, k, v FROM ${collection.table} ORDER BY r`);
  const documents = rows.map(({ r, k, v }) => ({ row: r, key: k, doc: decodeDocument(v) }));
  for (const { row, key, doc } of documents) {
    if (!encodeKey([doc['_id']]).equals(key)) damage.push(`${collection.ns}: row ${row} lies under another _id`);
  }
  if (store.count(collection) !== rows.length) damage.push(`${collection.ns}: the kept count is not ${rows.length}`);
  for (const index of collection.indexes.slice(1)) {
    const wanted = new Set<string>();
    for (const { row, doc } of documents) {
      const { keys, multikey } = indexKeys(index, doc);
      for (const key of keys) wanted.add(entry(key, row));
      if (multikey && !index.multikey) damage.push(`${collection.ns}: ${index.name} does not know of its arrays`);
    }
    damage.push(...compare(store, collection, index, wanted));
  }
  return damage;
}

function compare(store: Store, collection: Collection, index: Index, wanted: ReadonlySet<string>): string[] {
  const held = store.sql
    .all<{ k: Uint8Array; r: number }>(`SELECT k, r FROM ${index.table}`)
    .map(({ k, r }) => entry(k, r));
  const extra = held.filter((one) => !wanted.has(one)).length;
  const missing = wanted.size - (held.length - extra);
  if (extra === 0 && missing === 0) return [];
  return [`${collection.ns}: ${index.name} holds ${extra} entries too many and misses ${missing}`];
}

const entry = (key: Uint8Array, row: number): string => `${Buffer.from(key).toString('latin1')}@${row}`;
