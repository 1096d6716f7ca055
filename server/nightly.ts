// A backup every night, one process for all, and no more of them than the settings want to keep. Only main.ts starts it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import { isDuplicateKey } from './database/errors.ts';
import { MANIFEST } from './database/transfer/manifest.ts';
import { upkeepOf } from './database/upkeep.ts';
import type { Clock } from './domain/kernel/clock.ts';
import type { Logger } from './domain/kernel/logger.ts';

export interface NightlyParts {
  db(): Db;
  /** Local time of this machine. */
  at: { hour: number; minute: number };
  /** Backups of more days ago are deleted. */
  days: number;
  /** Gets a folder for each night. */
  folder: string;
  /** Makes one backup; raises when it could not. */
  run(folder: string): Promise<void>;
  clock: Clock;
  log: Logger;
}

export interface Nightly {
  /** Makes the backup if a night came and nobody made it yet; done by itself every minute. Never raises. */
  look(): Promise<void>;
  stop(): void;
}

const LOOK_MS = 60_000;
/** After a failure, for instance a full disk. */
const AGAIN_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Names of our own folders; whatever else lies beside them is left alone. */
const OURS = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z$/;

const nameOf = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
const timeOf = (name: string): number => Date.parse(name.replace(OURS, '$1T$2:$3:$4Z'));

/** The last planned moment that is not in the future. */
function lastNight(now: Date, { hour, minute }: NightlyParts['at']): Date {
  const night = new Date(now);
  night.setHours(hour, minute, 0, 0);
  if (night > now) night.setDate(night.getDate() - 1);
  return night;
}

/** True for one process only; a hub that has just begun has nothing to make up for. */
async function claim(db: Db, night: Date): Promise<boolean> {
  const upkeep = upkeepOf(db);
  const { matchedCount } = await upkeep.updateOne({ _id: 'nightly', night: { $lt: night } }, { $set: { night } });
  if (matchedCount > 0) return true;
  await upkeep.updateOne({ _id: 'nightly' }, { $setOnInsert: { night } }, { upsert: true }).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error; // another process was first
  });
  return false;
}

/** Deletes our own folders that are too old, or were not finished within a day; never the newest whole one. */
async function prune(folder: string, days: number, now: Date): Promise<void> {
  const ours = (await readdir(folder)).filter((name) => OURS.test(name)).sort();
  const isWhole = (name: string): boolean => existsSync(join(folder, name, MANIFEST));
  const newest = ours.filter(isWhole).at(-1);
  for (const name of ours) {
    const age = now.getTime() - timeOf(name);
    if (name === newest || age < (isWhole(name) ? days : 1) * DAY_MS) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

export function createNightly({ db, at, days, folder, run, clock, log }: NightlyParts): Nightly {
  let busy = false;
  let againAt: number | null = null;

  async function make(): Promise<void> {
    const began = performance.now();
    const own = join(folder, nameOf(clock.now()));
    try {
      await run(own);
      againAt = null;
      log.info({ folder: own, ms: Math.round(performance.now() - began) }, 'backup made');
      await prune(folder, days, clock.now());
    } catch (error) {
      againAt = clock.now().getTime() + AGAIN_MS;
      log.error({ err: error, folder: own }, 'backup failed, trying again in an hour');
    }
  }

  async function look(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      const due = await claim(db(), lastNight(clock.now(), at));
      if (due || (againAt !== null && clock.now().getTime() >= againAt)) await make();
    } catch (error) {
      log.warn({ err: error }, 'could not look whether a backup is due');
    } finally {
      busy = false;
    }
  }

  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return { look, stop: () => clearInterval(timer) };
}

/** Runs the command of `npm run backup` beside the hub, so that nobody waits for it; `stop` ends what is running. */
export function createBackupRunner(env: () => Record<string, string | undefined>) {
  let ending: (() => void) | null = null;
  return {
    run: (folder: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const script = join(import.meta.dirname, 'backup.ts');
        const child = spawn(process.execPath, [script, folder], { env: env(), stdio: ['ignore', 'ignore', 'pipe'] });
        ending = () => child.kill();
        let words = '';
        child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-1_000)));
        child.once('error', reject);
        child.once('close', (code) => {
          ending = null;
          if (code === 0) resolve();
          else reject(new Error(words.trim() || 'the backup was ended'));
        });
      }),
    stop: () => ending?.(),
  };
}
