// find, getMore, killCursors, count and distinct. For index.ts.
import { decodeTyped, encodeDocument, type Doc } from '../values/bson.ts';
import { failedToParse, location } from '../values/errors.ts';
import { encodeKey } from '../values/key-string.ts';
import { pathValues, splitPath } from '../values/paths.ts';
import { compileProjection } from '../values/projection.ts';
import { collationFolder } from '../values/collation.ts';
import { countRows, docOf, findRows, type Query } from '../query/find.ts';
import type { Args } from '../protocol/args.ts';
import type { Paused } from '../query/scan.ts';
import type { Row } from '../storage/model.ts';
import { MAX_DOCUMENT_BYTES } from '../storage/store.ts';
import { collectionOf, namespaceOf, type Command, type PausingCommand } from './context.ts';

/** The query of a find command; a negative limit means one batch. */
export function findQuery(args: Args): Query {
  return {
    filter: args.document('filter') ?? {},
    sort: args.document('sort'),
    skip: args.natural('skip') ?? 0,
    limit: Math.abs(args.integer('limit') ?? 0),
    hint: args.value('hint'),
    collation: args.document('collation'),
    variables: args.document('let'),
  };
}

export const find: PausingCommand = function* (context, call) {
  const { args, operation } = call;
  const { store } = context;
  const query = findQuery(args);
  const project = compileProjection(args.document('projection'), query.filter);
  const collection = collectionOf(context, call);
  const rows = findRows(store, collection, query, operation);
  const documents = project ? projected(rows, project) : bytesOf(rows);
  const result = { ns: namespaceOf(call.request), documents, operation };
  return yield* context.cursors.open(result, {
    batchSize: args.natural('batchSize'),
    single: args.flag('singleBatch') || (args.integer('limit') ?? 0) < 0,
    noTimeout: args.flag('noCursorTimeout'),
  });
};

/** The stored bytes of rows, one by one. */
export function* bytesOf(rows: Iterable<Row | Paused>): Generator<Uint8Array | Paused> {
  for (const row of rows) yield row?.raw;
}

function* projected(rows: Iterable<Row | Paused>, project: (doc: Doc) => Doc): Generator<Uint8Array | Paused> {
  for (const row of rows) yield row && encodeDocument(project(decodeTyped(row.raw)));
}

export const getMore: PausingCommand = function* (context, { request, args }) {
  const ns = namespaceOf(request, args.text('collection'));
  return yield* context.cursors.next(request.body['getMore'], ns, args.natural('batchSize'), args.natural('maxTimeMS'));
};

export const killCursors: Command = (context, { args }) => {
  const ids = args.list('cursors');
  if (!ids) throw failedToParse("BSON field 'killCursors.cursors' is missing but a required field");
  return context.cursors.kill(ids);
};

export function countQuery(args: Args): Query {
  return {
    filter: args.document('query') ?? {},
    skip: args.natural('skip') ?? 0,
    limit: Math.abs(args.integer('limit') ?? 0),
    hint: args.value('hint'),
    collation: args.document('collation'),
  };
}

export const count: PausingCommand = function* (context, call) {
  const n = yield* countRows(context.store, collectionOf(context, call), countQuery(call.args), call.operation);
  return { n, ok: 1 };
};

export function distinctQuery(args: Args): Query {
  return {
    filter: args.document('query') ?? {},
    hint: args.value('hint'),
    collation: args.document('collation'),
  };
}

/** Values in key order; under a collation the first of those that are the same. */
export const distinct: PausingCommand = function* (context, call) {
  const { args, operation } = call;
  const field = args.text('key');
  if (field === undefined) throw failedToParse("BSON field 'distinct.key' is missing but a required field");
  const query = distinctQuery(args);
  const fold = collationFolder(query.collation);
  const byKey = new Map<string, unknown>();
  let bytes = 0;
  for (const row of findRows(context.store, collectionOf(context, call), query, operation)) {
    if (!row) {
      yield;
      continue;
    }
    const found: unknown[] = [];
    pathValues(docOf(row), splitPath(field), 0, found);
    for (const value of found) {
      if (value === undefined || typeof value === 'symbol') continue;
      const key = encodeKey([fold ? fold(value) : value]).toString('latin1');
      if (byKey.has(key)) continue;
      byKey.set(key, value);
      bytes += key.length;
      if (bytes > MAX_DOCUMENT_BYTES) throw location(17217, 'distinct too big, 16mb cap');
    }
  }
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
  return { values: sorted.map(([, value]) => value), ok: 1 };
};
