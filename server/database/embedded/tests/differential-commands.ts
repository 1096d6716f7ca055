// Carries out the random commands of differential.test.ts, and gives their answers in a form that can be compared.
import { EJSON, type Document as Bson } from 'bson';
import type { Collection, Document } from 'mongodb';
import type { Command } from './differential-arbitraries.ts';

export type Docs = Collection<Document & { _id: number }>;

export const text = (found: unknown): string => EJSON.stringify(found as Bson, { relaxed: false });
export const TYPED = { promoteValues: false } as const;

/** In which order documents come is open unless a sort says it. */
const inAnyOrder = (found: readonly unknown[]): string => text(found.map(text).sort());

/** 2, 2.0 and Long 2 are the same value: which of them a group or a distinct shows depends on what came first. */
function withoutNumberTypes(found: unknown): unknown {
  return JSON.parse(
    text(found).replaceAll(/\{"\$number(?:Int|Double|Long)":"([^"]+)"\}/g, (_all, digits: string) =>
      JSON.stringify({ number: /^-?\d+(\.0)?$/.test(digits) ? String(BigInt(digits.replace('.0', ''))) : digits }),
    ),
  );
}

const ordered = (command: { pipeline: Document[] }): boolean => command.pipeline.every((stage) => !reorders(stage));
const reorders = (stage: Document): boolean => '$group' in stage || '$unwind' in stage || '$sortByCount' in stage;

/** Carries a command out. @returns its answer as a text */
export async function answerOf(docs: Docs, command: Command): Promise<string> {
  switch (command.kind) {
    case 'find': {
      const cursor = docs.find(command.filter, TYPED).skip(command.skip).limit(command.limit);
      if (command.projection) cursor.project(command.projection);
      if (command.sort) return text(await cursor.sort(command.sort).toArray());
      return inAnyOrder(await cursor.toArray());
    }
    case 'count':
      return String(await docs.countDocuments(command.filter, command.limit ? { limit: command.limit } : {}));
    case 'distinct':
      return inAnyOrder((await docs.distinct(command.field, command.filter)).map(withoutNumberTypes));
    case 'aggregate': {
      const found = (await docs.aggregate(command.pipeline).toArray()).map(withoutNumberTypes);
      return ordered(command) && '$sort' in (command.pipeline[0] ?? {}) ? text(found) : inAnyOrder(found);
    }
    case 'update': {
      const { upsert, many, filter, update, options } = command;
      const done = await docs[many ? 'updateMany' : 'updateOne'](filter, update, { upsert, ...options });
      return text([done.matchedCount, done.modifiedCount, done.upsertedCount]);
    }
    case 'replace': {
      const done = await docs.replaceOne({ _id: command.id }, command.document, { upsert: command.upsert });
      return text([done.matchedCount, done.modifiedCount, done.upsertedCount]);
    }
    case 'modify': {
      const { filter, sort, update, after } = command;
      const options = { sort, returnDocument: after ? ('after' as const) : ('before' as const), ...TYPED };
      return text(await docs.findOneAndUpdate(filter, update, options));
    }
    case 'delete': {
      const done = await docs[command.many ? 'deleteMany' : 'deleteOne'](command.filter);
      return String(done.deletedCount);
    }
  }
}
