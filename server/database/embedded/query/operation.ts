// The limits one command works under, and what it has looked at so far. For query/ and commands/.
import { performance } from 'node:perf_hooks';
import { EngineError, maxTimeMSExpired } from '../values/errors.ts';

/** A command may take this long unless it says otherwise. */
const DEFAULT_MAX_TIME_MS = 30_000;
const CHECK_EVERY = 128;

export class Operation {
  keysExamined = 0;
  docsExamined = 0;
  readonly #maxTimeMs: number;
  readonly #maxDocuments: number;
  #deadline: number;
  #untilCheck = CHECK_EVERY;

  /**
   * @param maxTimeMs 0 or undefined for the default
   * @param maxDocuments how many documents it may examine before it is refused
   */
  constructor(maxTimeMs?: number, maxDocuments = Number.POSITIVE_INFINITY) {
    this.#maxTimeMs = maxTimeMs || DEFAULT_MAX_TIME_MS;
    this.#maxDocuments = maxDocuments;
    this.#deadline = performance.now() + this.#maxTimeMs;
  }

  /** A cursor starts anew with every batch. */
  restart(maxTimeMs?: number): void {
    this.#deadline = performance.now() + (maxTimeMs || this.#maxTimeMs);
  }

  /** @throws 50 MaxTimeMSExpired, or 292 beyond the cap on documents */
  examined(keys: number, docs: number): void {
    this.keysExamined += keys;
    this.docsExamined += docs;
    if (this.docsExamined > this.#maxDocuments) {
      const message = `operation would examine more than ${this.#maxDocuments} documents; narrow it with an indexed $match`;
      throw new EngineError(292, 'QueryExceededMemoryLimitNoDiskUseAllowed', message);
    }
    if (--this.#untilCheck > 0) return;
    this.#untilCheck = CHECK_EVERY;
    if (performance.now() > this.#deadline) throw maxTimeMSExpired('operation exceeded time limit');
  }
}
