// Open cursors: results that clients fetch in batches. For commands/read.ts, aggregate.ts and engine.ts.
import { Long } from 'bson';
import { RawDocument, type Doc } from '../values/bson.ts';
import { cursorNotFound, EngineError } from '../values/errors.ts';
import type { Operation } from '../query/operation.ts';
import type { Paused } from '../query/scan.ts';

/** A first batch unless the client asks for another size. */
const FIRST_BATCH = 101;
/** Documents of one batch, unless one alone is larger. MongoDB fills 16 MiB; smaller batches cost no time and a third less memory. */
const BATCH_BYTES = 4 * 1024 * 1024;
const IDLE_MS = 10 * 60 * 1000;
/** One more, and the one that was idle longest ends: clients that forget theirs cannot fill the memory. */
const MAX_OPEN = 1000;

export interface Result {
  readonly ns: string;
  /** The documents as BSON; undefined where others may go first. */
  readonly documents: Iterator<Uint8Array | Paused>;
  readonly operation: Operation;
}

interface Cursor extends Result {
  /** Taken from the iterator, but the batch was full. */
  held?: Uint8Array | undefined;
  lastUsed: number;
  keep: boolean;
  /** A batch of it is being made. */
  busy: boolean;
}

interface OpenOptions {
  readonly batchSize?: number | undefined;
  /** The client wants one batch and no cursor. */
  readonly single?: boolean;
  readonly noTimeout?: boolean;
}

export class Cursors {
  readonly #open = new Map<string, Cursor>();
  #nextId = Date.now() * 1000;

  get size(): number {
    return this.#open.size;
  }

  /** The reply with the first batch; a cursor stays open if there is more. */
  *open(result: Result, options: OpenOptions = {}): Generator<Paused, Doc> {
    const { batchSize, single = false, noTimeout = false } = options;
    const cursor: Cursor = { ...result, lastUsed: Date.now(), keep: noTimeout, busy: false };
    const { documents, done } = yield* take(cursor, batchSize ?? (single ? Number.POSITIVE_INFINITY : FIRST_BATCH));
    let id = 0;
    if (!done && !single) {
      id = this.#nextId++;
      if (this.#open.size >= MAX_OPEN) this.#endIdlest();
      this.#open.set(String(id), cursor);
    }
    return { cursor: { firstBatch: documents, id: Long.fromNumber(id), ns: result.ns }, ok: 1 };
  }

  /**
   * The reply with the next batch.
   * @param maxTimeMs for this batch, if not the cursor's own
   * @throws 43 CursorNotFound, 13 for another collection, 12051 while another batch is made, 175 if what it reads is gone
   */
  *next(id: unknown, ns: string, batchSize: number | undefined, maxTimeMs: number | undefined): Generator<Paused, Doc> {
    const key = String(id);
    const cursor = this.#open.get(key);
    if (!cursor) throw cursorNotFound(`cursor id ${key} not found`);
    if (cursor.ns !== ns) {
      const message = `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`;
      throw new EngineError(13, 'Unauthorized', message);
    }
    if (cursor.busy) throw new EngineError(12051, 'CursorInUse', `cursor id ${key} is already in use`);
    try {
      cursor.busy = true;
      cursor.lastUsed = Date.now();
      this.#open.delete(key);
      this.#open.set(key, cursor);
      cursor.operation.restart(maxTimeMs);
      const { documents, done } = yield* take(cursor, batchSize || Number.POSITIVE_INFINITY);
      if (done) this.#open.delete(key);
      const next = Long.fromNumber(done ? 0 : Number(key));
      return { cursor: { nextBatch: documents, id: next, ns: cursor.ns }, ok: 1 };
    } catch (error) {
      this.#open.delete(key);
      throw error;
    } finally {
      cursor.busy = false;
    }
  }

  kill(ids: readonly unknown[]): Doc {
    const cursorsKilled: unknown[] = [];
    const cursorsNotFound: unknown[] = [];
    for (const id of ids) (this.#open.delete(String(id)) ? cursorsKilled : cursorsNotFound).push(id);
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
  }

  /** The map is in the order of their last use. */
  #endIdlest(): void {
    for (const [key, cursor] of this.#open) {
      if (cursor.busy) continue;
      this.#open.delete(key);
      return;
    }
  }

  /** Ends cursors nobody has used for ten minutes. */
  sweep(now = Date.now()): void {
    for (const [key, cursor] of this.#open) {
      if (!cursor.keep && now - cursor.lastUsed > IDLE_MS) this.#open.delete(key);
    }
  }
}

function* take(cursor: Cursor, count: number): Generator<Paused, { documents: RawDocument[]; done: boolean }> {
  const documents: RawDocument[] = [];
  let bytes = 0;
  for (;;) {
    let document = cursor.held;
    cursor.held = undefined;
    if (!document) {
      const step = cursor.documents.next();
      if (step.done) return { documents, done: true };
      document = step.value;
      if (!document) {
        yield;
        continue;
      }
    }
    if (documents.length >= count || (documents.length > 0 && bytes + document.length > BATCH_BYTES)) {
      cursor.held = document;
      return { documents, done: false };
    }
    documents.push(new RawDocument(document));
    bytes += document.length;
  }
}
