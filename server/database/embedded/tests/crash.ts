// A database that is killed again and again while clients write and build indexes, beside a model of what they were told.
// For tests/faults/engine.crash.test.ts.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { findDamage } from '../storage/integrity.ts';
import { openDatabaseFile } from '../storage/open-file.ts';
import { Store } from '../storage/store.ts';
import { decodeDocument, type Doc } from '../values/bson.ts';
import { CLI, startChild } from './child.ts';
import { Builder } from './crash-builder.ts';
import { Claimer, Writer } from './crash-writers.ts';
import { Random } from './random.ts';

const WRITERS = 40;
const CLAIMERS = 8;
/** Documents nobody touches, so that building an index takes a while. */
const BASE = 4000;
/** A kill comes so long after the first answer at most; the restart after it is killed so long after its start. */
const UNDER_LOAD_MS = 600;
const WHILE_STARTING_MS = 400;
/** Writers that got nowhere are a failure, not something to wait for. */
const FIRST_ANSWER_MS = 30_000;

export interface CrashFigures {
  kills: number;
  /** Of those while the database was starting over what the last kill left. */
  whileStarting: number;
  acknowledged: number;
  /** Commands without an answer when the kill came, and how many of them had been carried out all the same. */
  underway: number;
  underwayDone: number;
  /** Kills during the building or dropping of indexes or collections. */
  building: number;
}

/** Documents by collection as they lie in the file. */
export type Stored = ReadonlyMap<string, readonly Doc[]>;

export class CrashRun {
  readonly figures: CrashFigures = {
    kills: 0,
    whileStarting: 0,
    acknowledged: 0,
    underway: 0,
    underwayDone: 0,
    building: 0,
  };
  readonly #folder: string;
  readonly #random: Random;
  readonly #writers: readonly Writer[];
  readonly #claimers: readonly Claimer[];
  readonly #builder: Builder;

  constructor(folder: string, seed: number) {
    this.#folder = folder;
    this.#random = new Random(seed);
    this.#writers = Array.from({ length: WRITERS }, (_, n) => new Writer(n, new Random(seed * 1000 + n)));
    this.#claimers = Array.from({ length: CLAIMERS }, (_, n) => new Claimer(n, new Random(seed * 2000 + n)));
    this.#builder = new Builder(new Random(seed * 3000));
  }

  /** What nobody touches, and the index that keeps claims apart. To be called once, before the first round. */
  async prepare(): Promise<void> {
    const child = await startChild('--folder', this.#folder);
    const client = new MongoClient(child.uri);
    const base = Array.from({ length: BASE }, (_, n) => ({ group: 'base', step: n, room: n % 5, tags: [`s${n % 3}`] }));
    await client.db('crash').collection('docs').insertMany(base);
    await client.db('crash').collection('claims').createIndex({ slot: 1 }, { unique: true });
    await client.close();
    child.process.kill('SIGTERM');
    await child.ended;
  }

  /** Everybody writes, the kill comes, what is left is looked at. @returns what is wrong, one sentence each */
  async round(): Promise<string[]> {
    await this.#writeAndKill();
    if (this.#random.chance(4)) await this.#killWhileStarting();
    const store = new Store(openDatabaseFile(path.join(this.#folder, 'strong-together.sqlite')));
    try {
      return [...findDamage(store), ...this.#compare(store)];
    } finally {
      store.close();
    }
  }

  async #writeAndKill(): Promise<void> {
    const child = await startChild('--folder', this.#folder);
    const client = new MongoClient(child.uri, { maxPoolSize: WRITERS + CLAIMERS + 2, serverSelectionTimeoutMS: 5000 });
    const db = client.db('crash');
    const everybody = [...this.#writers, ...this.#claimers, this.#builder];
    // Everybody is connected before anybody begins.
    await Promise.all(everybody.map(() => db.command({ ping: 1 })));
    let stopped = false;
    let answered = (): void => undefined;
    const firstAnswer = new Promise<void>((resolve) => (answered = resolve));
    const work = everybody.map(async (one) => {
      try {
        while (!stopped) {
          await one.step(db);
          this.figures.acknowledged++;
          answered();
        }
      } catch (error) {
        // The connection broke; anything else than that is a finding.
        if (!stopped) throw error;
      }
    });
    const failed = Promise.all(work).then(() => undefined);
    try {
      await Promise.race([firstAnswer, failed, timeout(FIRST_ANSWER_MS)]);
      await Promise.race([timeout(this.#random.below(UNDER_LOAD_MS)), failed]);
    } finally {
      stopped = true;
      child.process.kill('SIGKILL');
      await child.ended;
    }
    this.figures.kills++;
    if (this.#builder.underway) this.figures.building++;
    await client.close(true);
    await failed;
  }

  async #killWhileStarting(): Promise<void> {
    const child = spawn(process.execPath, [CLI, '--folder', this.#folder], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await timeout(this.#random.below(WHILE_STARTING_MS));
    child.kill('SIGKILL');
    await ended;
    this.figures.kills++;
    this.figures.whileStarting++;
  }

  #compare(store: Store): string[] {
    const stored = new Map<string, Doc[]>();
    const indexes = new Map<string, string[]>();
    for (const collection of store.catalog.collections.values()) {
      const rows = store.sql.all<{ v: Uint8Array }>(`SELECT v FROM ${collection.table}`);
      stored.set(
        collection.name,
        rows.map(({ v }) => decodeDocument(v)),
      );
      indexes.set(
        collection.name,
        collection.indexes.map(({ name }) => name),
      );
    }
    const wrong = this.#builder.compare(stored, indexes);
    const base = stored.get('docs')?.filter(({ group }) => group === 'base').length;
    if (base !== BASE) wrong.push(`of ${BASE} documents nobody touched ${base} are left`);
    for (const one of [...this.#writers, ...this.#claimers]) {
      this.figures.underway += one.underway ? 1 : 0;
      wrong.push(...one.compare(stored));
      this.figures.underwayDone += one.carriedOut ? 1 : 0;
    }
    return wrong;
  }
}

const timeout = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
