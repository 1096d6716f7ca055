// Runs aggregation pipelines over documents. For the engine's aggregate command and updates by pipeline.
import { beginGroup } from './aggregate-group.ts';
import { eachStages, sort, wholeStages } from './aggregate-stages.ts';
import type { Doc } from './bson.ts';
import { badValue, EngineError, location } from './errors.ts';
import { isPlain } from './paths.ts';
import { toPlain } from './plain.ts';
import { weigh } from './weigh.ts';

/**
 * Watches over a pipeline: told of every document a stage takes in or makes, it throws when time is up.
 * @returns whether others may go first now
 */
type Watch = () => boolean;

export interface PipelineOptions {
  /** The command's `let`. */
  variables?: Doc | undefined;
  /** What `$$NOW` says; the present if left out. */
  now?: Date | undefined;
  watch?: Watch;
  /** How many documents there may be between two stages. */
  maxDocuments?: number;
}

interface Run {
  readonly variables: Doc;
  readonly watch: Watch;
  readonly maxDocuments: number;
}

type Steps = Generator<undefined, Doc[]>;

const MAX_STAGES = 1000;

/** Runs a pipeline in one piece; see `pipelineSteps`. */
export function runPipeline(
  documents: readonly Doc[],
  pipeline: readonly unknown[],
  options: PipelineOptions = {},
): Doc[] {
  const steps = pipelineSteps(documents, pipeline, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Runs a pipeline and yields where others may go first.
 * @param documents decoded by `decodePlain`; they are left alone, though results may share parts with them
 * @throws 40324 for a stage there is not, 40323 for a stage that is not one field, 292 for too many documents,
 *   10334 for one that grows too large, what the stages throw
 */
export function* pipelineSteps(
  documents: readonly Doc[],
  pipeline: readonly unknown[],
  options: PipelineOptions = {},
): Steps {
  const variables = { ...(toPlain(options.variables ?? {}) as Doc), NOW: options.now ?? new Date() };
  const { watch = () => false, maxDocuments = Number.POSITIVE_INFINITY } = options;
  return yield* run([...documents], pipeline, { variables, watch, maxDocuments });
}

function* run(documents: Doc[], pipeline: readonly unknown[], context: Run): Steps {
  if (pipeline.length > MAX_STAGES)
    throw location(7749501, `Pipeline length must be no longer than ${MAX_STAGES} stages`);
  let results = documents;
  for (const [name, spec] of pipeline.map(parseStage)) {
    const each = eachStages.get(name);
    const whole = wholeStages.get(name);
    if (each) results = yield* runEach(results, each(spec, context.variables), context);
    else if (whole) results = whole(results, spec);
    else if (name === '$group') results = yield* group(results, spec, context);
    else if (name === '$sortByCount') {
      const counted = yield* group(results, { _id: spec, count: { $sum: 1 } }, context);
      results = sort(counted, { count: -1 });
    } else if (name === '$facet') results = yield* facet(results, spec, context);
    else throw location(40324, `Unrecognized pipeline stage name: '${name}'`);
    if (context.watch()) yield;
  }
  return results;
}

function parseStage(stage: unknown): [string, unknown] {
  const names = isPlain(stage) ? Object.keys(stage) : [];
  const [name] = names;
  if (!isPlain(stage) || name === undefined || names.length !== 1) {
    throw location(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return [name, toPlain(stage[name])];
}

/** Stages that look at one document at a time. */
function* runEach(documents: readonly Doc[], change: (document: Doc) => Iterable<Doc>, context: Run): Steps {
  const results: Doc[] = [];
  for (const document of documents) {
    for (const made of change(document)) {
      if (made !== document) weigh(made);
      if (results.push(made) > context.maxDocuments) throw tooMany(context.maxDocuments);
      if (context.watch()) yield;
    }
    if (context.watch()) yield;
  }
  return results;
}

function* group(documents: readonly Doc[], spec: unknown, context: Run): Steps {
  const grouping = beginGroup(spec, context.variables);
  for (const document of documents) {
    grouping.add(document);
    if (context.watch()) yield;
  }
  const results = grouping.results();
  for (const result of results) weigh(result);
  return results;
}

function* facet(documents: readonly Doc[], spec: unknown, context: Run): Steps {
  if (!isPlain(spec) || Object.keys(spec).length === 0)
    throw location(40169, 'the $facet specification must be an object');
  const result: Doc = {};
  for (const name of Object.keys(spec)) {
    const pipeline = spec[name];
    if (!Array.isArray(pipeline)) throw badValue(`arguments to $facet must be arrays, ${name} is none`);
    result[name] = yield* run([...documents], pipeline, context);
  }
  weigh(result);
  return [result];
}

function tooMany(most: number): EngineError {
  const message = `the pipeline makes more than ${most} documents; narrow it with an indexed $match`;
  return new EngineError(292, 'QueryExceededMemoryLimitNoDiskUseAllowed', message);
}
