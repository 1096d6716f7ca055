// What every command gets to work with. For commands/ and engine.ts.
import { EngineError } from '../values/errors.ts';
import type { Doc } from '../values/bson.ts';
import type { Args } from '../protocol/args.ts';
import type { Cursors } from '../protocol/cursors.ts';
import type { Request } from '../protocol/messages.ts';
import type { Operation } from '../query/operation.ts';
import type { Paused } from '../query/scan.ts';
import type { Collection } from '../storage/model.ts';
import type { Store } from '../storage/store.ts';

export interface Context {
  readonly store: Store;
  readonly cursors: Cursors;
  /** How many documents one aggregation may examine. */
  readonly maxAggregateDocuments: number;
  /** Writes a copy of everything as it is at one moment. @returns the folder of the new file */
  saveCopy(): Promise<string>;
  /** Figures of the running engine for serverStatus. */
  status(): Doc;
}

/** One command being carried out. */
export interface Call {
  readonly request: Request;
  readonly args: Args;
  readonly operation: Operation;
  readonly connectionId: number;
}

/** Answers with a reply for `encodeReply`, or throws an EngineError. Synchronous: nothing happens in between. */
export type Command = (context: Context, call: Call) => Doc;

/** A command whose work is done elsewhere while others go on. */
export type WaitingCommand = (context: Context, call: Call) => Promise<Doc>;

/** A command that reads: it yields where it has worked for a while and others may go first. */
export type PausingCommand = (context: Context, call: Call) => Generator<Paused, Doc>;

/** `database.collection` of a command whose value is the collection's name. @throws 73 InvalidNamespace */
export function namespaceOf(request: Request, name: unknown = request.body[request.name]): string {
  if (typeof name !== 'string' || name === '' || name.includes('\0')) {
    throw new EngineError(73, 'InvalidNamespace', `collection name has invalid value ${JSON.stringify(name)}`);
  }
  return `${request.database}.${name}`;
}

/** The collection a command names; undefined if there is none of that name. */
export function collectionOf(context: Context, call: Call): Collection | undefined {
  return context.store.catalog.get(namespaceOf(call.request));
}
