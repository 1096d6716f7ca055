// What a room's lane does with a batch: fold, look up, append, project, publish, answer. Imported by the messages service.
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import type { RoomsRepository } from '../rooms/rooms.repository.ts';
import {
  messageOf,
  type Draft,
  type LogEntry,
  type LogHead,
  type Message,
  type RemovedBy,
} from './messages.entities.ts';
import type { Job } from './messages.lane.ts';
import type { LogStore } from './messages.log-store.ts';
import type { RoomLog } from './messages.log.ts';
import type { createProjection } from './messages.projection.ts';
import type { MessagesRepository } from './messages.repository.ts';

export type RoomCommand =
  | { kind: 'post'; by: string; clientId: string; text: string; textHash: string }
  | { kind: 'remove'; by: string; messageId: string; seq: number; removedBy: RemovedBy }
  | { kind: 'catch-up' };
/** `message` is null for other commands than posts. */
export interface RoomOutcome {
  rev: number;
  message: Message | null;
}
type RoomJob = Job<RoomCommand, RoomOutcome>;

export interface RoomWorkParts {
  store: LogStore;
  roomLog: RoomLog;
  projection: Pick<ReturnType<typeof createProjection>, 'project'>;
  messages: Pick<MessagesRepository, 'byClientIds' | 'byIds' | 'newestHead'>;
  rooms: Pick<RoomsRepository, 'head'>;
  /** Called with contiguous ranges in order, after they are stored and projected. */
  publish(range: { roomId: string; from: number; to: number; entries: LogEntry[] }): Promise<void>;
  /** Revs that are projected and published in one step. */
  chunk: number;
}

/** The commands of a batch that mean the same, behind one draft. */
interface Group {
  draft: Draft;
  jobs: RoomJob[];
}

function fold(batch: readonly RoomJob[]): Group[] {
  const groups = new Map<string, Group>();
  for (const job of batch) {
    const { command } = job;
    if (command.kind === 'catch-up') continue;
    const key = command.kind === 'post' ? `${command.by} ${command.clientId}` : command.messageId;
    const group = groups.get(key);
    if (group) group.jobs.push(job);
    else groups.set(key, { draft: draftOf(command), jobs: [job] });
  }
  return [...groups.values()];
}

function draftOf(command: Exclude<RoomCommand, { kind: 'catch-up' }>): Draft {
  if (command.kind === 'remove') return { ...command, kind: 'removed', id: newId() };
  const id = newId();
  return { ...command, kind: 'posted', id, messageId: id };
}

/** A post is answered with what is stored under its clientId, if that is the same text in the same room. */
function answerPost(job: RoomJob, roomId: string, message: Message): void {
  const same = job.command.kind === 'post' && message.roomId === roomId && message.textHash === job.command.textHash;
  if (same) job.resolve({ rev: message.rev, message });
  else job.reject(new AppError('message.id-reused'));
}

const highest = (...heads: (LogHead | null)[]): LogHead => ({
  rev: Math.max(0, ...heads.map((head) => head?.rev ?? 0)),
  posts: Math.max(0, ...heads.map((head) => head?.posts ?? 0)),
});

/** The memory of one room in one process, and the work on its batches; the lane calls it for one batch at a time. */
export function createRoomWork(roomId: string, parts: RoomWorkParts): (batch: RoomJob[]) => Promise<void> {
  const { store, roomLog, projection, messages, rooms, publish, chunk } = parts;
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

  /** Answers what needs no entry any more: posts that are stored, messages that are stones already. */
  async function settleKnown(groups: Group[]): Promise<Group[]> {
    const drafts = groups.map((group) => group.draft);
    const clientIds = drafts.flatMap((draft) => (draft.kind === 'posted' ? [draft.clientId] : []));
    const removals = drafts.flatMap((draft) => (draft.kind === 'removed' ? [draft.messageId] : []));
    const [stored, targets] = await Promise.all([
      clientIds.length > 0 ? messages.byClientIds(clientIds) : [],
      removals.length > 0 ? messages.byIds(removals) : [],
    ]);
    return groups.filter(({ draft, jobs }) => {
      if (draft.kind === 'removed') {
        const stone = targets.find((one) => one.id === draft.messageId && one.removedBy !== null);
        if (stone) for (const job of jobs) job.resolve({ rev: stone.rev, message: null });
        return !stone;
      }
      const message = stored.find((one) => one.clientId === draft.clientId && one.authorId === draft.by);
      if (message) for (const job of jobs) answerPost(job, roomId, message);
      return !message;
    });
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
    const groups = await settleKnown(fold(batch));
    const drafts = groups.map((group) => group.draft);
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
