// What a room's lane does with a batch: fold, look up, append, project, publish, answer. Imported by the messages service.
import { AppError } from '../kernel/app-error.ts';
import type { Measure } from '../kernel/measure.ts';
import type { RoomsRepository } from '../rooms/rooms.repository.ts';
import { answerPost, fold, settleKnown, type RoomJob } from './messages.commands.ts';
import { messageOf, type LogEntry, type LogHead } from './messages.entities.ts';
import type { LogStore } from './messages.log-store.ts';
import type { RoomLog } from './messages.log.ts';
import type { createProjection } from './messages.projection.ts';
import type { MessagesRepository } from './messages.repository.ts';

export interface RoomWorkParts {
  store: LogStore;
  roomLog: RoomLog;
  projection: Pick<ReturnType<typeof createProjection>, 'project'>;
  messages: Pick<MessagesRepository, 'byClientIds' | 'byIds' | 'newestHead'>;
  rooms: Pick<RoomsRepository, 'head'>;
  /** Called with contiguous ranges in order, after they are stored and projected. */
  publish(range: { roomId: string; from: number; to: number; entries: LogEntry[] }): Promise<void>;
  measure: Pick<Measure, 'retried'>;
  /** Revs that are projected and published in one step. */
  chunk: number;
}

const highest = (...heads: (LogHead | null)[]): LogHead => ({
  rev: Math.max(0, ...heads.map((head) => head?.rev ?? 0)),
  posts: Math.max(0, ...heads.map((head) => head?.posts ?? 0)),
});

const postsIn = (groups: readonly { draft: { kind: string } }[]): number =>
  groups.filter(({ draft }) => draft.kind === 'posted').length;

/** The memory of one room in one process, and the work on its batches; the lane calls it for one batch at a time. */
export function createRoomWork(roomId: string, parts: RoomWorkParts): (batch: RoomJob[]) => Promise<void> {
  const { store, roomLog, projection, messages, rooms, publish, chunk, measure } = parts;
  /** Projected, and published by this process; null until the room was looked at. */
  let done: number | null = null;
  let end: LogHead | null = null;
  let floor: LogHead | null = null;

  async function roomHead() {
    const head = await rooms.head(roomId);
    if (!head) throw new AppError('not-found');
    return head;
  }

  /** The log's end. Entries expire, so a quiet room goes on from what the projection remembers. */
  async function readEnd(): Promise<LogHead> {
    const last = await store.last(roomId, 'now');
    if (last && floor && last.rev >= floor.rev) return last;
    const [room, newest] = await Promise.all([roomHead(), messages.newestHead(roomId)]);
    floor = highest(last, floor, room, newest);
    return floor;
  }

  /** Far behind because others wrote: their processes have projected it, and whoever publishes reads the gap itself. */
  async function skipTo(ownFrom: number, from: number): Promise<number> {
    return Math.max(from, Math.min((await roomHead()).rev, ownFrom - 1));
  }

  async function bringUpTo(target: number, own: ReadonlyMap<number, LogEntry>): Promise<void> {
    let at = done ?? (await roomHead()).rev;
    const ahead = [...own.keys()].filter((rev) => rev > at);
    if (target - at > chunk + ahead.length) at = await skipTo(Math.min(target + 1, ...ahead), at);
    while (at < target) {
      const range = { from: at + 1, to: Math.min(target, at + chunk) };
      const entries = await projection.project(roomId, range, own);
      if (entries.length > 0) await publish({ roomId, ...range, entries });
      at = range.to;
      done = at;
    }
    done = at;
  }

  async function handle(batch: RoomJob[]): Promise<void> {
    done ??= (await roomHead()).rev;
    const folded = fold(batch);
    const groups = await settleKnown(folded, roomId, messages);
    const drafts = groups.map((group) => group.draft);
    measure.retried(postsIn(folded) - postsIn(groups));
    const appended =
      drafts.length > 0 ? await roomLog.append(roomId, drafts, { cached: end, readHead: readEnd }) : null;
    if (appended) end = appended.head;
    const entries = [...(appended?.entries.values() ?? [])].filter((entry) => entry.roomId === roomId);
    const own = new Map(entries.map((entry) => [entry.rev, entry]));
    const catchesUp = batch.some((job) => job.command.kind === 'catch-up');
    const last = catchesUp ? await store.last(roomId, 'durable') : null;
    await bringUpTo(Math.max(done, last?.rev ?? 0, ...own.keys()), own);
    floor = highest(floor, end);

    for (const { draft, jobs } of groups) {
      const entry = appended?.entries.get(draft.id);
      for (const job of jobs) {
        if (entry?.kind === 'posted') answerPost(job, roomId, messageOf(entry));
        else if (entry) job.resolve({ rev: entry.rev, message: null });
      }
    }
    const rev = done;
    for (const job of batch) if (job.command.kind === 'catch-up') job.resolve({ rev, message: null });
  }

  return async (batch) => {
    try {
      await handle(batch);
    } catch (error) {
      end = null;
      throw error;
    }
  };
}
