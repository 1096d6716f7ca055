// Brings the write-ahead log into the file in small pieces, when nobody waits for an answer. For group-commit.ts.
import { performance } from 'node:perf_hooks';
import type { Statements } from './statements.ts';

/** Pages of 4 KB: so many are written and synced at once, which is what the next writer waits for. */
const UNDER_LOAD_PAGES = 1000;
const WHEN_IDLE_PAGES = 500;

/** Since the start of the engine; times in milliseconds. */
export interface CheckpointStatistics {
  checkpoints: number;
  lastCheckpointMs: number;
  longestCheckpointMs: number;
  totalCheckpointMs: number;
}

export class Checkpoints {
  readonly statistics: CheckpointStatistics = {
    checkpoints: 0,
    lastCheckpointMs: 0,
    longestCheckpointMs: 0,
    totalCheckpointMs: 0,
  };
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /**
   * To be called after a commit has been answered. An error (a full disk) waits for the next time: nothing is lost, the
   * log only grows.
   * @param idle whether no writer waits
   */
  afterCommit(idle: boolean): void {
    try {
      if (this.#pages() >= (idle ? WHEN_IDLE_PAGES : UNDER_LOAD_PAGES)) this.#run();
    } catch {
      // The next commit tries again.
    }
  }

  /** Pages in the log that are not in the file yet. */
  #pages(): number {
    const state = this.#sql.get<{ log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
    return state ? state.log - state.checkpointed : 0;
  }

  #run(): void {
    const started = performance.now();
    this.#sql.get('PRAGMA wal_checkpoint(PASSIVE)');
    const took = performance.now() - started;
    const { statistics } = this;
    statistics.checkpoints++;
    statistics.lastCheckpointMs = took;
    statistics.totalCheckpointMs += took;
    statistics.longestCheckpointMs = Math.max(statistics.longestCheckpointMs, took);
  }
}
