// aggregate: a leading $match, $sort, $skip and $limit run as a query with indexes, the rest in memory. For index.ts.
import { pipelineSteps } from '../values/aggregate.ts';
import { collationFolder } from '../values/collation.ts';
import { decodePlain, encodeDocument, type Doc } from '../values/bson.ts';
import { changeStream, documentTooLarge, EngineError, failedToParse, invalidOptions } from '../values/errors.ts';
import { isPlain } from '../values/paths.ts';
import { countRows, findRows, type Query } from '../query/find.ts';
import type { Operation } from '../query/operation.ts';
import type { Paused } from '../query/scan.ts';
import type { Row } from '../storage/model.ts';
import { MAX_DOCUMENT_BYTES } from '../storage/store.ts';
import type { Args } from '../protocol/args.ts';
import { bytesOf } from './read.ts';
import { namespaceOf, type PausingCommand } from './context.ts';

/** MongoDB's limit for a stage that keeps documents in memory. */
const MAX_BYTES = 100 * 1024 * 1024;

interface Split {
  readonly query: Query;
  /** The stages that are left for memory. */
  readonly rest: Doc[];
}

export const aggregate: PausingCommand = function* (context, call) {
  const { args, request } = call;
  const pipeline = requirePipeline(args);
  if (!isPlain(args.value('cursor'))) {
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const batchSize = cursorBatch(args);
  if (typeof request.body['aggregate'] !== 'string') {
    throw invalidOptions('aggregation without a collection is not supported by the embedded engine');
  }
  const ns = namespaceOf(request);
  const { store, cursors } = context;
  const collection = store.catalog.get(ns);
  const { query, rest } = splitPipeline(pipeline, args);
  const { operation } = call;
  operation.capDocuments(context.maxAggregateDocuments);
  const open = (documents: Iterator<Uint8Array | Paused>): Generator<Paused, Doc> =>
    cursors.open({ ns, documents, operation }, { batchSize });

  if (rest.length === 0) {
    return yield* open(bytesOf(findRows(store, collection, query, operation)));
  }
  const counted = countingField(rest);
  let results: Doc[];
  if (counted) {
    const n = yield* countRows(store, collection, query, operation);
    results = n === 0 ? [] : [{ ...counted.start, [counted.field]: n }];
  } else {
    if (collationFolder(query.collation)) {
      throw invalidOptions('collation is supported for a leading $match and $sort only');
    }
    const documents = yield* decoded(findRows(store, collection, query, operation));
    results = yield* pipelineSteps(documents, rest, {
      variables: query.variables ?? {},
      watch: () => operation.watch(),
      maxDocuments: context.maxAggregateDocuments,
    });
  }
  return yield* open(encoded(results, operation));
};

/** @throws 292 for more than fits into memory */
function* decoded(rows: Iterable<Row | Paused>): Generator<Paused, Doc[]> {
  const docs: Doc[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (!row) {
      yield;
      continue;
    }
    bytes += row.raw.length;
    if (bytes > MAX_BYTES) {
      const message = `Aggregation exceeded memory limit of ${MAX_BYTES} bytes; narrow it with an indexed $match`;
      throw new EngineError(292, 'QueryExceededMemoryLimitNoDiskUseAllowed', message);
    }
    docs.push(decodePlain(row.raw));
  }
  return docs;
}

/** Encoded as the client fetches them. @throws 10334 for a result that is larger than a document may be */
function* encoded(results: readonly Doc[], operation: Operation): Generator<Uint8Array | Paused> {
  for (const result of results) {
    const raw = encodeDocument(result);
    if (raw.length > MAX_DOCUMENT_BYTES) throw documentTooLarge(`a result of ${raw.length} bytes is too large`);
    if (operation.watch()) yield undefined;
    yield raw;
  }
}

/** @throws 9 or 14 for no pipeline, 40573 for a change stream, 40323 for a stage with several names */
export function requirePipeline(args: Args): Doc[] {
  const pipeline = args.documents('pipeline');
  if (!pipeline) throw failedToParse("BSON field 'aggregate.pipeline' is missing but a required field");
  if (pipeline.some((stage) => '$changeStream' in stage)) {
    throw changeStream('The $changeStream stage is only supported on replica sets');
  }
  return pipeline;
}

function cursorBatch(args: Args): number | undefined {
  const cursor = args.document('cursor') ?? {};
  const other = Object.keys(cursor).find((name) => name !== 'batchSize');
  if (other) throw invalidOptions(`cursor.${other} is not supported`);
  const size = cursor['batchSize'];
  return size === undefined ? undefined : Number(size);
}

/** What of a pipeline a query can do, in the order in which a query does it. */
export function splitPipeline(pipeline: readonly Doc[], args: Args): Split {
  const rest = [...pipeline];
  const next = (name: string): unknown => {
    const stage = rest[0];
    return stage && Object.keys(stage).length === 1 ? stage[name] : undefined;
  };
  const matches: Doc[] = [];
  for (let match = next('$match'); isPlain(match); match = next('$match')) {
    matches.push(match);
    rest.shift();
  }
  const take = <T>(name: string, accept: (value: unknown) => value is T): T | undefined => {
    const value = next(name);
    if (!accept(value)) return undefined;
    rest.shift();
    return value;
  };
  const [first] = matches;
  const query: Query = {
    filter: matches.length > 1 ? { $and: matches } : (first ?? {}),
    sort: take('$sort', isSort),
    skip: take('$skip', isCount) ?? 0,
    limit: take('$limit', isLimit) ?? 0,
    hint: args.value('hint'),
    collation: args.document('collation'),
    variables: args.document('let'),
  };
  return { query, rest };
}

const isSort = (value: unknown): value is Doc =>
  isPlain(value) && Object.keys(value).length > 0 && Object.values(value).every((order) => order === 1 || order === -1);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isLimit = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

/** The counting that drivers build (`countDocuments`), and `$count`: both need no documents, only their number. */
function countingField(rest: readonly Doc[]): { start: Doc; field: string } | undefined {
  const [stage] = rest;
  if (!stage || rest.length !== 1) return undefined;
  const name = stage['$count'];
  if (typeof name === 'string' && /^[^$.]+$/.test(name)) return { start: {}, field: name };
  const group = stage['$group'];
  if (!isPlain(group)) return undefined;
  const { _id, ...others } = group;
  const [entry, ...more] = Object.entries(others);
  const constant = _id === null || typeof _id === 'number';
  if (!entry || more.length > 0 || !constant) return undefined;
  const [field, sum] = entry;
  const isOne = isPlain(sum) && Object.keys(sum).length === 1 && sum['$sum'] === 1;
  return isOne ? { start: { _id }, field } : undefined;
}
