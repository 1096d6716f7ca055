// Appending to a room's log: dense revs without a counter, and no doubt about what is stored. Imported by messages.room.ts.
import { setTimeout as pause } from 'node:timers/promises';
import { isAppError } from '#shared/errors.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { numbered, type Draft, type LogEntry, type LogHead } from './messages.entities.ts';
import type { LogStore } from './messages.log-store.ts';

export interface RoomLog {
  /**
   * Stores every draft once. `cached` is where this process knows the log to end, `readHead` finds out. Answers the
   * durable entry of each draft by the draft's id (an entry with another id is what an earlier try of the same command,
   * or the same clientId, has stored), and the new end of the log when nobody else was seen writing.
   * Raises 'unavailable' after `patienceMs` without a database: drafts may be stored then, a retry finds them.
   */
  append(
    roomId: string,
    drafts: readonly Draft[],
    head: { cached: LogHead | null; readHead: () => Promise<LogHead> },
  ): Promise<{ entries: Map<string, LogEntry>; head: LogHead | null }>;
}

const isAway = (error: unknown): boolean => isAppError(error) && error.code === 'unavailable';

/** Other errors than an absent database are tried again this often, since a write may have happened before them. */
const DEFECTS = 3;

function stands(draft: Draft, entry: LogEntry): boolean {
  if (entry.id === draft.id) return true;
  return (
    draft.kind === 'posted' && entry.kind === 'posted' && entry.clientId === draft.clientId && entry.by === draft.by
  );
}

export function createRoomLog(parts: { store: LogStore; clock: Clock; patienceMs?: number }): RoomLog {
  const { store, clock, patienceMs = 8_000 } = parts;

  return {
    async append(roomId, drafts, { cached, readHead }) {
      const entries = new Map<string, LogEntry>();
      const until = performance.now() + patienceMs;
      let open = [...drafts];
      let head = cached;
      let defects = 0;

      async function findStored(): Promise<void> {
        const found = await store.find(open);
        for (const draft of open) {
          const entry = found.find((candidate) => stands(draft, candidate));
          if (entry) entries.set(draft.id, entry);
        }
        open = open.filter((draft) => !entries.has(draft.id));
      }

      for (let attempt = 0; ; attempt++) {
        let wait = Math.random() * 5 * attempt; // two writers of one room must not keep step
        try {
          // after a collision or an unknown outcome: first see what is stored, only then number the rest again
          if (attempt > 0) await findStored();
          if (open.length === 0) return { entries, head: null };
          head ??= await readHead();
          const next = numbered(open, { roomId, head, at: clock.now() });
          const outcome = await store.insert(next);
          if (outcome === 'stored') {
            for (const entry of next) entries.set(entry.id, entry);
            const last = next.at(-1);
            return { entries, head: attempt === 0 && last ? { rev: last.rev, posts: last.posts } : null };
          }
        } catch (error) {
          if (!isAway(error) && ++defects >= DEFECTS) throw error;
          if (performance.now() > until) throw error;
          wait = Math.min(1_000, 25 * 2 ** attempt);
        }
        if (performance.now() > until) throw new AppError('unavailable');
        head = null;
        await pause(Math.min(wait, 1_000));
      }
    },
  };
}
