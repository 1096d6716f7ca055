// Brings a room's log into its messages and raises the room's rev after it. Imported by messages.room.ts.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../kernel/logger.ts';
import type { RoomsRepository } from '../rooms/rooms.repository.ts';
import type { LogEntry } from './messages.entities.ts';
import type { LogStore } from './messages.log-store.ts';
import type { MessagesRepository } from './messages.repository.ts';

export interface ProjectionParts {
  store: LogStore;
  messages: Pick<MessagesRepository, 'apply'>;
  rooms: Pick<RoomsRepository, 'raise'>;
  /** What follows from entries beside the messages themselves; may run twice. */
  follow(entries: readonly LogEntry[]): Promise<void>;
  log: Logger;
}

const inOrder = (known: ReadonlyMap<number, LogEntry>, from: number, to: number): LogEntry[] => {
  const entries: LogEntry[] = [];
  for (let rev = from; rev <= to; rev++) {
    const entry = known.get(rev);
    if (!entry) return [];
    entries.push(entry);
  }
  return entries;
};

export function createProjection({ store, messages, rooms, follow, log }: ProjectionParts) {
  /** All of the range; what is missing after a second look has expired before anybody projected it. */
  async function read(roomId: string, from: number, to: number): Promise<LogEntry[]> {
    const whole = to - from + 1;
    const entries = await store.range(roomId, from, to);
    if (entries.length === whole) return entries;
    await pause(50);
    const again = await store.range(roomId, from, to);
    if (again.length < whole) log.warn({ roomId, from, to, found: again.length }, 'room log has expired entries');
    return again;
  }

  return {
    /**
     * Projects revs `from` to `to` (everything below `from` is projected), then raises the room. `known` are entries at
     * hand; others are read. Any part may run twice and beside other processes. Answers the entries.
     */
    async project(
      roomId: string,
      range: { from: number; to: number },
      known: ReadonlyMap<number, LogEntry>,
    ): Promise<LogEntry[]> {
      const { from, to } = range;
      const atHand = inOrder(known, from, to);
      const entries = atHand.length > 0 ? atHand : await read(roomId, from, to);
      const last = entries.at(-1);
      if (!last) return entries;
      const keptOut = await messages.apply(entries);
      if (keptOut.length > 0) log.error({ roomId, messages: keptOut }, 'messages kept out of the projection');
      await follow(entries);
      const lastPost = entries.findLast((entry) => entry.kind === 'posted');
      await rooms.raise(roomId, { rev: last.rev, posts: last.posts, lastAt: lastPost?.at ?? null });
      return entries;
    },
  };
}
