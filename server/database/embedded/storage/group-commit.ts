// The one writer: what waits goes into one SQLite transaction with one fsync, then every caller gets its answer. For engine.ts.
import { performance } from 'node:perf_hooks';
import { Checkpoints, type CheckpointStatistics } from './checkpoints.ts';
import type { Store } from './store.ts';

interface Job {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Since the start of the engine; times in milliseconds. */
export interface CommitStatistics {
  batches: number;
  writes: number;
  largestBatch: number;
  lastCommitMs: number;
  totalCommitMs: number;
  longestCommitMs: number;
}

type Outcome = { value: unknown } | { error: unknown };

export class GroupCommit {
  readonly statistics: CommitStatistics = {
    batches: 0,
    writes: 0,
    largestBatch: 0,
    lastCommitMs: 0,
    totalCommitMs: 0,
    longestCommitMs: 0,
  };
  readonly #store: Store;
  readonly #checkpoints: Checkpoints;
  #waiting: Job[] = [];
  #scheduled = false;
  #closing = false;

  constructor(store: Store) {
    this.#store = store;
    this.#checkpoints = new Checkpoints(store.sql);
  }

  get checkpoints(): CheckpointStatistics {
    return this.#checkpoints.statistics;
  }

  /**
   * Runs `work` (synchronous, all or nothing) in the next transaction.
   * Resolves after the data is on disk; rejects with what `work` threw, or with the error of the commit.
   */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ run: work, resolve: resolve as (value: unknown) => void, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      // After everything that has already arrived on the sockets was read.
      setImmediate(() => this.flush());
    });
  }

  /** Commits what waits, now. */
  flush(): void {
    this.#scheduled = false;
    const jobs = this.#waiting;
    this.#waiting = [];
    if (jobs.length === 0) return;
    let outcomes: Outcome[];
    try {
      this.#store.sql.run('BEGIN IMMEDIATE');
      outcomes = jobs.map((job) => this.#runOne(job));
      this.#commit(jobs.length);
      this.#store.catalog.changed = false;
    } catch (error) {
      this.#rollBack();
      for (const job of jobs) job.reject(error);
      return;
    }
    jobs.forEach((job, i) => {
      const outcome = outcomes[i];
      if (outcome && 'value' in outcome) job.resolve(outcome.value);
      else job.reject(outcome?.error);
    });
    // When the answers are on their way.
    if (!this.#closing) setImmediate(() => this.#checkpoint());
  }

  /** Commits what waits and touches the file no more. */
  close(): void {
    this.#closing = true;
    this.flush();
  }

  #checkpoint(): void {
    if (!this.#closing) this.#checkpoints.afterCommit(this.#waiting.length === 0);
  }

  /** One job under its own savepoint: if it fails, it alone is undone. */
  #runOne(job: Job): Outcome {
    const { sql } = this.#store;
    sql.run('SAVEPOINT job');
    try {
      const value = job.run();
      sql.run('RELEASE job');
      return { value };
    } catch (error) {
      try {
        sql.run('ROLLBACK TO job');
        sql.run('RELEASE job');
      } catch {
        // After a full disk SQLite has already ended the whole transaction: the batch fails with the first error.
        throw error;
      }
      const { changed } = this.#store.catalog;
      this.#store.forget();
      // Earlier jobs of this batch may have changed the catalog too; the flag stays until the commit.
      this.#store.catalog.changed = changed;
      return { error };
    }
  }

  #commit(writes: number): void {
    const started = performance.now();
    this.#store.sql.run('COMMIT');
    const took = performance.now() - started;
    const { statistics } = this;
    statistics.batches++;
    statistics.writes += writes;
    statistics.largestBatch = Math.max(statistics.largestBatch, writes);
    statistics.lastCommitMs = took;
    statistics.totalCommitMs += took;
    statistics.longestCommitMs = Math.max(statistics.longestCommitMs, took);
  }

  #rollBack(): void {
    try {
      this.#store.sql.run('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself.
    }
    this.#store.catalog.changed = true;
    this.#store.forget();
  }
}
