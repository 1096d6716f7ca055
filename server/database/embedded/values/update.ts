// Updates: operators, replacements and pipelines applied to a document. For the engine's write commands.
import type { Doc } from './bson.ts';
import { Draft, writePlace } from './draft.ts';
import { badValue, EngineError, failedToParse, immutableField } from './errors.ts';
import { compareValues } from './key-string.ts';
import { isOperators } from './match.ts';
import { typeName } from './match-types.ts';
import { isPlain } from './paths.ts';
import { isRegex } from './regex.ts';
import { updateOperators } from './update-operators.ts';
import { ArrayFilters, concretePaths, PathConflicts } from './update-paths.ts';
import { runUpdatePipeline } from './update-pipeline.ts';

export interface UpdateOptions {
  arrayFilters?: readonly Doc[] | undefined;
  /** The filter that found the document, for the positional operator. */
  filter?: Doc | undefined;
  /** Whether the document is being made by an upsert: `$setOnInsert` counts then. */
  isInsert?: boolean | undefined;
  /** The time for `$currentDate` and `$$NOW`. */
  now: Date;
  /** The command's `let`, for pipelines. */
  variables?: Doc | undefined;
}

interface Change {
  operator: string;
  path: string;
  argument: unknown;
}

/** Whether an update is made of operators or stages, and is not a document to put in place of the old. */
export function isReplacement(update: Doc | readonly Doc[]): boolean {
  return !Array.isArray(update) && !Object.keys(update)[0]?.startsWith('$');
}

/**
 * The document after an update; the input is left alone, though the result may share parts with it.
 * Documents and updates that were decoded typed keep every number type; decoded ones need `restoreTypes` after.
 * @throws as MongoDB: 2 and 14 for values an operator cannot work on, 9 for what is no update, 28 for a path through
 *   a scalar, 40 for paths that meet, 56 for an empty name, 66 for a changed `_id`
 */
export function applyUpdate(document: Doc, update: Doc | readonly Doc[], options: UpdateOptions): Doc {
  let result: Doc;
  if (isPipeline(update)) {
    result = withId(document, runUpdatePipeline(document, update, options.variables ?? {}, options.now));
  } else if (isReplacement(update)) result = withId(document, replacement(update));
  else result = applyOperators(document, update, options);
  const id = document['_id'];
  if (id !== undefined && compareValues(id, result['_id']) !== 0) {
    throw immutableField("Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return result;
}

function isPipeline(update: Doc | readonly Doc[]): update is readonly Doc[] {
  return Array.isArray(update);
}

function replacement(update: Doc): Doc {
  const name = Object.keys(update).find((field) => field.startsWith('$'));
  if (name === undefined) return update;
  throw new EngineError(52, 'DollarPrefixedFieldName', `The dollar ($) prefixed field '${name}' is not allowed`);
}

function withId(document: Doc, result: Doc): Doc {
  if (document['_id'] === undefined) return result;
  const { _id, ...fields } = result;
  return { _id: _id === undefined ? document['_id'] : _id, ...fields };
}

function applyOperators(document: Doc, update: Doc, options: UpdateOptions): Doc {
  const changes = changesOf(document, update, options);
  const draft = new Draft(document);
  for (const { operator, path, argument } of changes) {
    if (operator === '$setOnInsert' && !options.isInsert) continue;
    updateOperators[operator]?.(draft, path, argument, options.now);
  }
  return draft.document;
}

/** All changes with concrete paths, in the order of the paths, as MongoDB applies them. */
function changesOf(document: Doc, update: Doc, options: UpdateOptions): Change[] {
  const filters = new ArrayFilters(options.arrayFilters ?? []);
  const conflicts = new PathConflicts();
  const changes: Change[] = [];
  for (const operator of Object.keys(update)) {
    if (!Object.hasOwn(updateOperators, operator)) throw failedToParse(`Unknown modifier: ${operator}`);
    const fields = update[operator];
    if (!isPlain(fields)) {
      throw failedToParse(`Modifiers operate on fields but we found type ${typeName(fields)} instead (${operator})`);
    }
    for (const field of Object.keys(fields)) {
      for (const path of concretePaths(document, field, options.filter ?? {}, filters)) {
        conflicts.add(path);
        changes.push({ operator, path, argument: fields[field] });
      }
      if (operator === '$rename') checkRename(field, fields[field], conflicts);
    }
  }
  filters.requireUsed();
  if (changes.length > 1) changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return changes;
}

function checkRename(from: string, to: unknown, conflicts: PathConflicts): void {
  if (typeof to !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${from}`);
  if (from === to) throw badValue(`The source and target field for $rename must differ: ${from}`);
  if (`${from}.${to}`.includes('$')) throw badValue(`The fields of $rename may not be dynamic: ${from}`);
  for (const path of concretePaths({}, to, {}, new ArrayFilters([]))) conflicts.add(path);
}

/**
 * The document an upsert begins with: what the filter asks to be equal.
 * @throws code 54 if the filter asks twice for one path
 */
export function upsertBase(filter: Doc): Doc {
  const draft = new Draft({});
  const conflicts = new PathConflicts();
  for (const [path, value] of equalities(filter)) {
    try {
      conflicts.add(path);
    } catch {
      throw new EngineError(
        54,
        'NotSingleValueField',
        `cannot infer query fields to set, path '${path}' is matched twice`,
      );
    }
    writePlace(draft.make(path), value);
  }
  return draft.document;
}

function equalities(filter: Doc): [string, unknown][] {
  return Object.keys(filter).flatMap((name): [string, unknown][] => {
    const condition = filter[name];
    if (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1)) {
      return (condition as Doc[]).flatMap(equalities);
    }
    if (name.startsWith('$') || isRegex(condition)) return [];
    if (!isOperators(condition)) return [[name, condition]];
    if ('$eq' in condition) return [[name, condition['$eq']]];
    const list = condition['$in'] ?? condition['$all'];
    if (!Array.isArray(list) || list.length !== 1) return [];
    const [only] = list as unknown[];
    return isRegex(only) || isOperators(only) ? [] : [[name, only]];
  });
}
