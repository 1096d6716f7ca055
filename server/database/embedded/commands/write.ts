// insert, update and delete: statements with an answer for each that failed. For index.ts.
import { decodeDocument, decodeTyped, type Doc } from '../values/bson.ts';
import { EngineError, failedToParse } from '../values/errors.ts';
import { Args } from '../protocol/args.ts';
import { writeError } from '../protocol/error-reply.ts';
import { MAX_WRITE_BATCH } from '../protocol/handshake.ts';
import { checkStatement } from '../protocol/options.ts';
import { collectRows, docOf, type Query } from '../query/find.ts';
import { applyChange, PIECES, requireUpdate, type Change } from './change.ts';
import { collectionOf, namespaceOf, type Call, type Command } from './context.ts';

export const insert: Command = ({ store }, call) => {
  const documents = requireBatch(call.request.statements, 'documents');
  const collection = store.catalog.ensure(namespaceOf(call.request));
  let n = 0;
  const errors = runAll(documents, call.args, (raw) => {
    store.insert(collection, raw);
    call.operation.worked(PIECES);
    n++;
  });
  return { n, ...errors, ok: 1 };
};

export const update: Command = ({ store }, call) => {
  const statements = requireBatch(call.request.statements, 'updates').map((raw) => readUpdate(raw, call));
  const collection = store.catalog.ensure(namespaceOf(call.request));
  let n = 0;
  let nModified = 0;
  const upserted: Doc[] = [];
  const errors = runAll(statements, call.args, (statement, index) => {
    const done = applyChange(store, collection, statement(), call.operation);
    n += done.matched;
    nModified += done.modified;
    if (done.upserted === undefined) return;
    n++;
    upserted.push({ index, _id: done.upserted });
  });
  return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errors, ok: 1 };
};

export const remove: Command = (context, call) => {
  const { store } = context;
  const statements = requireBatch(call.args.documents('deletes'), 'deletes').map((statement) => {
    checkStatement('delete', statement);
    const args = new Args('delete.deletes', statement);
    const limit = args.integer('limit');
    if (limit !== 0 && limit !== 1) throw failedToParse('The limit field in delete objects must be 0 or 1');
    return { ...targetOf(args, call), limit };
  });
  const collection = collectionOf(context, call);
  let n = 0;
  const errors = runAll(statements, call.args, (query) => {
    if (!collection) return;
    for (const row of collectRows(store, collection, query, call.operation)) {
      store.remove(collection, row.row, docOf(row));
      call.operation.worked(PIECES);
      n++;
    }
  });
  return { n, ...errors, ok: 1 };
};

/** Field errors are thrown at once; whatever the update itself is wrong about is an error of the statement. */
function readUpdate(raw: Uint8Array, call: Call): () => Change {
  const statement = decodeDocument(raw);
  checkStatement('update', statement);
  const args = new Args('update.updates', statement);
  const multi = args.flag('multi');
  const sort = args.document('sort');
  if (multi && sort) throw failedToParse('Cannot specify sort with multi=true');
  const target = targetOf(args, call);
  const upsert = args.flag('upsert');
  const arrayFilters = args.documents('arrayFilters');
  const constants = args.document('c');
  const variables = { ...target.variables, ...constants };
  const typed = decodeTyped(raw);
  return () => ({
    query: { ...target, sort, variables },
    typedFilter: typed['q'] as Doc,
    update: requireUpdate(typed['u'], multi),
    upsert,
    multi,
    arrayFilters,
  });
}

/** What update and delete statements select. @throws 9 without `q` */
function targetOf(args: Args, call: Call): Query {
  const filter = args.document('q');
  if (!filter) throw failedToParse(`BSON field '${args.command}.q' is missing but a required field`);
  return {
    filter,
    hint: args.value('hint'),
    collation: args.document('collation'),
    variables: call.args.document('let'),
  };
}

function requireBatch<T>(statements: readonly T[] | undefined, field: string): readonly T[] {
  if (!statements) throw failedToParse(`BSON field '${field}' is missing but a required field`);
  if (statements.length > 0 && statements.length <= MAX_WRITE_BATCH) return statements;
  const message = `Write batch sizes must be between 1 and ${MAX_WRITE_BATCH}. Got ${statements.length} operations.`;
  throw new EngineError(21, 'InvalidLength', message);
}

/** @returns `writeErrors` for the reply, if there are any; ordered statements end with the first */
function runAll<T>(statements: readonly T[], args: Args, run: (statement: T, index: number) => void): Doc {
  const ordered = !args.has('ordered') || args.flag('ordered');
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      writeErrors.push(writeError(error, index));
      if (ordered) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}
