// findAndModify: changes or removes one document and returns it. For index.ts.
import { decodeTyped, encodeDocument, RawDocument, type Doc } from '../values/bson.ts';
import { failedToParse } from '../values/errors.ts';
import { compileProjection } from '../values/projection.ts';
import { collectRows, docOf, type Query } from '../query/find.ts';
import type { Args } from '../protocol/args.ts';
import { applyChange, requireUpdate } from './change.ts';
import { collectionOf, namespaceOf, type Call, type Command, type Context } from './context.ts';

export function modifyQuery(args: Args): Query {
  return {
    filter: args.document('query') ?? {},
    sort: args.document('sort'),
    hint: args.value('hint'),
    collation: args.document('collation'),
    variables: args.document('let'),
  };
}

export const findAndModify: Command = (context, call) => {
  const { args } = call;
  const isRemoval = args.flag('remove');
  if (isRemoval === args.has('update')) {
    throw failedToParse('Either an update or remove=true must be specified, and not both');
  }
  if (isRemoval && (args.flag('new') || args.flag('upsert'))) {
    throw failedToParse("Cannot specify 'new' or 'upsert' with remove=true");
  }
  return isRemoval ? removeOne(context, call) : updateOne(context, call);
};

function removeOne(context: Context, call: Call): Doc {
  const { args, operation } = call;
  const query = { ...modifyQuery(args), limit: 1 };
  const show = valueOf(args, query);
  const collection = collectionOf(context, call);
  const [row] = collectRows(context.store, collection, query, operation);
  if (row && collection) context.store.remove(collection, row.row, docOf(row));
  return { lastErrorObject: { n: row ? 1 : 0 }, value: show(row?.raw), ok: 1 };
}

function updateOne({ store }: Context, call: Call): Doc {
  const { args, operation, request } = call;
  const query = modifyQuery(args);
  const show = valueOf(args, query);
  const typed = decodeTyped(request.raw);
  const change = {
    query,
    typedFilter: (typed['query'] ?? {}) as Doc,
    update: requireUpdate(typed['update'], false),
    upsert: args.flag('upsert'),
    multi: false,
    arrayFilters: args.documents('arrayFilters'),
  };
  const done = applyChange(store, store.catalog.ensure(namespaceOf(request)), change, operation);
  const lastErrorObject: Doc = { n: done.upserted === undefined ? done.matched : 1, updatedExisting: done.matched > 0 };
  if (done.upserted !== undefined) lastErrorObject['upserted'] = done.upserted;
  return { lastErrorObject, value: show(args.flag('new') ? done.after : done.before), ok: 1 };
}

/** What the reply shows of a document: its bytes, projected if asked for. */
function valueOf(args: Args, query: Query): (raw: Uint8Array | undefined) => RawDocument | null {
  const project = compileProjection(args.document('fields'), query.filter);
  return (raw) => {
    if (!raw) return null;
    return new RawDocument(project ? encodeDocument(project(decodeTyped(raw))) : raw);
  };
}
