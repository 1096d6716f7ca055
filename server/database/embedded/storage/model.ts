// What a collection and an index are while the engine runs. Read by everything in storage/ and commands/.
import { collationFolder } from '../values/collation.ts';
import { compileFilter } from '../values/match.ts';
import type { Doc } from '../values/bson.ts';

/** One document as it lies in its table: natural order, BSON, and its decoded form once somebody needed it. */
export interface Row {
  readonly row: number;
  readonly raw: Uint8Array;
  doc?: Doc;
}

export interface Index {
  /** 0 is the `_id` index, which lives in the collection's own table. */
  readonly id: number;
  readonly name: string;
  readonly key: Readonly<Record<string, number>>;
  readonly fields: readonly string[];
  readonly directions: readonly number[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Doc | undefined;
  /** Whether a document belongs into a partial index; absent for a whole one. */
  readonly accepts: ((doc: Doc) => boolean) | undefined;
  readonly ttlSeconds: number | undefined;
  readonly collation: Doc | undefined;
  readonly fold: ((value: unknown) => unknown) | undefined;
  /** True from the first array on: then a document may have several keys. */
  multikey: boolean;
  readonly spec: Doc;
  readonly table: string;
}

export interface Collection {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  /** `database.name` */
  readonly ns: string;
  readonly table: string;
  readonly options: Doc;
  /** The `_id` index first, then in order of creation. */
  indexes: Index[];
  /** Number of documents when known; forgotten by every rollback. */
  count: number | undefined;
}

const ID_SPEC: Doc = { v: 2, key: { _id: 1 }, name: '_id_' };

export function makeCollection(id: number, ns: string, options: Doc): Collection {
  const dot = ns.indexOf('.');
  const table = `d${id}`;
  return {
    id,
    database: ns.slice(0, dot),
    name: ns.slice(dot + 1),
    ns,
    table,
    options,
    indexes: [{ ...makeIndex(0, ID_SPEC, false), unique: true, table }],
    count: undefined,
  };
}

export function makeIndex(id: number, spec: Doc, multikey: boolean): Index {
  const key = Object.fromEntries(
    Object.entries(spec['key'] as Doc).map(([field, direction]) => [field, Number(direction)]),
  );
  const partial = spec['partialFilterExpression'] as Doc | undefined;
  const collation = spec['collation'] as Doc | undefined;
  return {
    id,
    name: String(spec['name']),
    key,
    fields: Object.keys(key),
    directions: Object.values(key).map((direction) => (direction < 0 ? -1 : 1)),
    unique: spec['unique'] === true,
    sparse: spec['sparse'] === true,
    partial,
    accepts: partial && compileFilter(partial),
    ttlSeconds: spec['expireAfterSeconds'] === undefined ? undefined : Number(spec['expireAfterSeconds']),
    collation,
    fold: collationFolder(collation),
    multikey,
    spec,
    table: `i${id}`,
  };
}
