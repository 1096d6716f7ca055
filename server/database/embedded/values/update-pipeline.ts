// Updates by an aggregation pipeline. For update.ts only.
import { runPipeline } from './aggregate.ts';
import { restoreTypes } from './bson.ts';
import type { Doc } from './bson.ts';
import { badValue, invalidOptions } from './errors.ts';
import { isPlain } from './paths.ts';
import { toPlain } from './plain.ts';

const STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceWith', '$replaceRoot']);

/**
 * The document that a pipeline makes of a document, with the number types of the fields it kept.
 * @throws code 72 for a stage that may not stand in an update
 */
export function runUpdatePipeline(document: Doc, pipeline: readonly Doc[], variables: Doc, now: Date): Doc {
  for (const stage of pipeline) {
    const name = isPlain(stage) ? (Object.keys(stage)[0] ?? '') : '';
    if (!STAGES.has(name)) throw invalidOptions(`${name} is not allowed to be used within an update`);
  }
  const [result] = runPipeline([toPlain(document) as Doc], pipeline, { variables, now });
  const restored = restoreTypes(document, result);
  if (!isPlain(restored)) throw badValue('the pipeline of an update must make a document');
  return restored;
}
