// Keeps the search index up to date with what rooms' logs say. Imported by the search service.
import { setTimeout as pause } from 'node:timers/promises';
import type { MessageView } from '#shared/messages.ts';
import { textKeys } from '#shared/search/keys.ts';
import type { Logger } from '../kernel/logger.ts';
import type { SearchRepository, SearchRow } from './search.repository.ts';
import type { SearchSource } from './search.source.ts';

export interface SearchIndexer {
  /** Something happened in this room: it is looked at soon, together with what happens meanwhile. */
  notice(roomId: string): void;
  /** At start: every room, one after the other. */
  recover(): Promise<void>;
  /** Resolves when all that was noticed is in the index, or has failed. */
  flush(): Promise<void>;
}

export interface IndexerParts {
  source: SearchSource;
  repository: Pick<SearchRepository, 'put' | 'putAuthors' | 'forget' | 'indexedUpTo' | 'raise'>;
  log: Logger;
  /** So long a quiet room's changes are gathered. */
  gatherMs?: number;
  /** A busy room is looked at no more often than this: each look costs as much as a message. */
  busyMs?: number;
}

/** Messages that are read and written in one step: few, so that the database is free again soon. */
const CHUNK = 10;
/** More than so many are a backlog, which must not grow: larger steps, and no rest. */
const BACKLOG = { from: 200, chunk: 50 };
/** Revs of a log that are read in one step. */
const REVS = 1_000;
/** Waits after failures in a row; after the last one the next change or start does it. */
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000];

const rowOf = (view: MessageView): SearchRow => ({
  messageId: view.id,
  roomId: view.roomId,
  authorId: view.author?.id ?? null,
  at: new Date(view.at),
  seq: view.seq,
  rev: view.rev,
  tokens: view.text === null ? [] : textKeys(view.text),
});

/** Which rooms were looked at within the last `ms`, and how much of that is left. */
function createRecent(ms: number) {
  const at = new Map<string, number>();
  return {
    now(roomId: string): void {
      const now = performance.now();
      for (const [old, time] of at) if (now - time > ms) at.delete(old);
      at.set(roomId, now);
    },
    left: (roomId: string): number => (at.get(roomId) ?? -ms) + ms - performance.now(),
  };
}

/** Everything may run twice and beside other processes: rows follow what the messages say now, never what an event said; of those that are gone nothing stays. */
export function createSearchIndexer(parts: IndexerParts): SearchIndexer {
  const { source, repository, log, gatherMs = 50, busyMs = 1_000 } = parts;
  const looked = createRecent(busyMs);
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();

  /** As long resting as working, unless a backlog would grow: who reads and writes meanwhile goes first. */
  async function indexMessages(ids: readonly string[]): Promise<void> {
    const behind = ids.length > BACKLOG.from;
    const chunk = behind ? BACKLOG.chunk : CHUNK;
    for (let at = 0; at < ids.length; at += chunk) {
      const began = performance.now();
      const step = ids.slice(at, at + chunk);
      const views = await source.messages(step);
      const rows = views.map(rowOf);
      await repository.put(rows);
      await repository.putAuthors(rows);
      const there = new Set(views.map(({ id }) => id));
      const gone = step.filter((id) => !there.has(id));
      if (gone.length > 0) await repository.forget(gone);
      if (!behind && ids.length >= CHUNK) await pause(performance.now() - began);
    }
  }

  async function indexWholeRoom(roomId: string): Promise<void> {
    for (let seq = 0; ;) {
      const next = await source.after(roomId, seq, CHUNK);
      await indexMessages(next.map(({ id }) => id));
      const last = next.at(-1);
      if (!last || next.length < CHUNK) return;
      seq = last.seq;
    }
  }

  async function catchUp(roomId: string): Promise<void> {
    const to = await source.rev(roomId);
    for (let done = await repository.indexedUpTo(roomId); done < to;) {
      const end = Math.min(to, done + REVS);
      const ids = await source.changed(roomId, done + 1, end);
      if (ids) await indexMessages(ids);
      else await indexWholeRoom(roomId);
      done = ids ? end : to;
      await repository.raise(roomId, done);
    }
  }

  async function work(roomId: string): Promise<void> {
    try {
      looked.now(roomId);
      await catchUp(roomId);
      failures.delete(roomId);
    } catch (error) {
      const tries = failures.get(roomId) ?? 0;
      log.warn({ roomId, err: error }, 'room not yet in the search index');
      failures.set(roomId, tries + 1);
      const wait = RETRY_MS[tries];
      if (wait === undefined) failures.delete(roomId);
      else schedule(roomId, wait);
    }
  }

  /** One at a time for each room, in the order of asking. */
  function run(roomId: string): Promise<void> {
    clearTimeout(timers.get(roomId));
    timers.delete(roomId);
    const mine = (running.get(roomId) ?? Promise.resolve()).then(() => work(roomId));
    running.set(roomId, mine);
    return mine.finally(() => {
      if (running.get(roomId) === mine) running.delete(roomId);
    });
  }

  function schedule(roomId: string, ms: number): void {
    if (timers.has(roomId)) return;
    timers.set(roomId, setTimeout(() => void run(roomId), ms).unref());
  }

  return {
    notice: (roomId) => schedule(roomId, Math.max(gatherMs, looked.left(roomId))),
    async recover() {
      const roomIds = await source.roomIds();
      for (const roomId of roomIds) await run(roomId);
    },
    async flush() {
      await Promise.all([...new Set([...timers.keys(), ...running.keys()])].map(run));
    },
  };
}
