// The list of all changes that stored data has gone through, in order. For migrate.ts; a new one is added at the end and never changed again.
import type { Db } from 'mongodb';

export interface Migration {
  /** 1, 2, 3 … without a hole. */
  number: number;
  /** What it changes, in a few words; it is in the log. */
  name: string;
  /**
   * Changes what is stored; there is no way back but a backup. May be cut off anywhere and is then run again from its
   * beginning, so each step must be one that may run twice. Works in batches and says how far it is.
   */
  run(db: Db, progress: (done: number, all: number) => void): Promise<void>;
}

export const MIGRATIONS: readonly Migration[] = [
  // what hubs stored before there were numbers is the shape that number one stands for
  { number: 1, name: 'the first numbered shape', run: () => Promise.resolve() },
];

/** The shape of data that this code knows. */
export const SCHEMA = MIGRATIONS.length;
