// The limits one command works under, and what it has looked at so far. For query/ and commands/.
import { performance } from 'node:perf_hooks';
import { EngineError, maxTimeMSExpired } from '../values/errors.ts';

/** A command may take this long unless it says otherwise. */
const DEFAULT_MAX_TIME_MS = 30_000;
/** After so long a reading command lets others go first. */
const SLICE_MS = 8;
/** Documents between two looks at the clock, or so many kilobytes of them. */
const CHECK_EVERY = 128;
const BYTES_PER_UNIT = 1024;

export interface OperationLimits {
  /** 0 or undefined for the default. */
  readonly maxTimeMs?: number | undefined;
  /** Whether it may be interrupted: true for reading, false for writing, which is one piece. */
  readonly pausable?: boolean;
}

export class Operation {
  keysExamined = 0;
  docsExamined = 0;
  readonly #maxTimeMs: number;
  #maxDocuments = Number.POSITIVE_INFINITY;
  readonly #pausable: boolean;
  #deadline: number;
  #sliceEnd = 0;
  #pauseDue = false;
  #resuming = false;
  #untilCheck = CHECK_EVERY;

  constructor(limits: OperationLimits = {}) {
    this.#maxTimeMs = limits.maxTimeMs || DEFAULT_MAX_TIME_MS;
    this.#pausable = limits.pausable ?? false;
    const now = performance.now();
    this.#deadline = now + this.#maxTimeMs;
    this.#sliceEnd = now + SLICE_MS;
  }

  /** From now on it is refused when it examines more documents than this. */
  capDocuments(most: number): void {
    this.#maxDocuments = most;
  }

  /** A cursor starts anew with every batch. */
  restart(maxTimeMs?: number): void {
    const now = performance.now();
    this.#deadline = now + (maxTimeMs || this.#maxTimeMs);
    this.#sliceEnd = now + SLICE_MS;
  }

  /**
   * To be called for every document looked at; `bytes` is its size.
   * @throws 50 MaxTimeMSExpired, or 292 beyond the cap on documents
   */
  examined(keys: number, docs: number, bytes = 0): void {
    this.keysExamined += keys;
    this.docsExamined += docs;
    if (this.docsExamined > this.#maxDocuments) {
      const message = `operation would examine more than ${this.#maxDocuments} documents; narrow it with an indexed $match`;
      throw new EngineError(292, 'QueryExceededMemoryLimitNoDiskUseAllowed', message);
    }
    this.worked(1 + Math.floor(bytes / BYTES_PER_UNIT));
  }

  /**
   * To be called for other work, in pieces of a few microseconds.
   * @throws 50 MaxTimeMSExpired
   */
  worked(pieces = 1): void {
    this.#untilCheck -= pieces;
    if (this.#untilCheck > 0) return;
    this.#untilCheck = CHECK_EVERY;
    const now = performance.now();
    if (now > this.#deadline) throw maxTimeMSExpired('operation exceeded time limit');
    this.#pauseDue = this.#pausable && now > this.#sliceEnd;
  }

  /** Whether to pause now. The next slice begins when this is asked. */
  takePause(): boolean {
    if (!this.#pauseDue) return false;
    this.#pauseDue = false;
    return true;
  }

  /**
   * For what works piece by piece and can let others go first after any of them.
   * @returns whether to pause now; the next slice then begins when work goes on
   * @throws 50 MaxTimeMSExpired
   */
  watch(): boolean {
    if (this.#resuming) this.resume();
    this.worked();
    this.#resuming = this.takePause();
    return this.#resuming;
  }

  /** To be called after a pause. */
  resume(): void {
    this.#resuming = false;
    this.#sliceEnd = performance.now() + SLICE_MS;
  }
}
