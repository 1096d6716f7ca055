// explain: which index a command uses and how many keys and documents it looks at. For index.ts.
import { performance } from 'node:perf_hooks';
import { commandNotFound, failedToParse } from '../values/errors.ts';
import { isPlain } from '../values/paths.ts';
import type { Doc } from '../values/bson.ts';
import { Args } from '../protocol/args.ts';
import { checkOptions } from '../protocol/options.ts';
import { findRows, planOf, type Query } from '../query/find.ts';
import { Operation } from '../query/operation.ts';
import type { Plan } from '../query/plan.ts';
import { requirePipeline, splitPipeline } from './aggregate.ts';
import { namespaceOf, type PausingCommand } from './context.ts';
import { modifyQuery } from './find-and-modify.ts';
import { countQuery, distinctQuery, findQuery } from './read.ts';

/** How each command selects its documents. What it then does with them is not run. */
const QUERIES: ReadonlyMap<string, (args: Args) => Query> = new Map(
  Object.entries({
    find: findQuery,
    count: countQuery,
    distinct: distinctQuery,
    findAndModify: (args: Args) => ({ ...modifyQuery(args), limit: 1 }),
    aggregate: (args: Args) => splitPipeline(requirePipeline(args), args).query,
    update: (args: Args) => statementQuery(args, 'updates'),
    delete: (args: Args) => statementQuery(args, 'deletes'),
  }),
);

export const explain: PausingCommand = function* ({ store }, { request, args }) {
  const inner = args.document('explain');
  const name = Object.keys(inner ?? {})[0] ?? '';
  if (!inner) throw failedToParse('explain command requires a nested object');
  const queryOf = QUERIES.get(name);
  if (!queryOf) throw commandNotFound(`Explain failed due to unknown command: ${name}`);
  checkOptions(name, inner);
  const query = queryOf(new Args(name, inner));
  const ns = namespaceOf(request, inner[name]);
  const collection = store.catalog.get(ns);
  const started = performance.now();
  let nReturned = 0;
  const counter = new Operation({ maxTimeMs: args.natural('maxTimeMS'), pausable: true });
  for (const row of findRows(store, collection, query, counter)) {
    if (row) nReturned++;
    else yield;
  }
  const winningPlan = collection ? describe(planOf(collection, query), query) : { stage: 'EOF' };
  const verbosity = args.text('verbosity') ?? 'allPlansExecution';
  const executionStats = {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: Math.round(performance.now() - started),
    totalKeysExamined: counter.keysExamined,
    totalDocsExamined: counter.docsExamined,
    executionStages: {
      ...winningPlan,
      nReturned,
      keysExamined: counter.keysExamined,
      docsExamined: counter.docsExamined,
    },
  };
  return {
    explainVersion: '1',
    queryPlanner: { namespace: ns, parsedQuery: query.filter, winningPlan, rejectedPlans: [] },
    ...(verbosity === 'queryPlanner' ? {} : { executionStats }),
    ok: 1,
  };
};

function describe(plan: Plan, query: Query): Doc {
  const direction = plan.reverse ? 'backward' : 'forward';
  const { index } = plan;
  const read: Doc = index
    ? {
        stage: 'FETCH',
        inputStage: {
          stage: 'IXSCAN',
          indexName: index.name,
          keyPattern: { ...index.key },
          isMultiKey: index.multikey,
          isUnique: index.unique,
          isSparse: index.sparse,
          isPartial: index.partial !== undefined,
          direction,
        },
      }
    : { stage: 'COLLSCAN', direction };
  return plan.sorted ? read : { stage: 'SORT', sortPattern: query.sort, inputStage: read };
}

function statementQuery(args: Args, field: string): Query {
  const [first] = args.list(field) ?? [];
  if (!isPlain(first)) throw failedToParse(`explain needs one statement in '${field}'`);
  const statement = new Args(field, first);
  return {
    filter: statement.document('q') ?? {},
    sort: statement.document('sort'),
    hint: statement.value('hint'),
    collation: statement.document('collation'),
    limit: statement.flag('multi') || (field === 'deletes' && statement.integer('limit') === 0) ? 0 : 1,
  };
}
