// What a lane is asked to do, and how commands of one batch that mean the same become one draft. Imported by messages.room.ts.
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import type { Draft, Extras, Message, ReactionChange, RemovedBy } from './messages.entities.ts';
import type { Job } from './messages.lane.ts';

/** Without its place; `id` is given where the same command may come from several processes. */
export type ChangeCommand = { kind: 'change'; change: DistributiveOmit<ChangeDraft, 'id'> & { id?: string } };
type ChangeDraft = Extract<
  Draft,
  { kind: 'edited' | 'reacted' | 'pinned' | 'marked' | 'language' | 'moved' | 'hidden' | 'purged' }
>;
type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;

export interface PostCommand {
  kind: 'post';
  by: string;
  clientId: string;
  text: string;
  textHash: string;
  extras?: Extras;
  /** Where it must be the same through several tries. */
  messageId?: string;
}
interface RemoveCommand {
  kind: 'remove';
  by: string;
  messageId: string;
  seq: number;
  removedBy: RemovedBy;
  threadId?: string | null;
}
export type RoomCommand = PostCommand | RemoveCommand | ChangeCommand | { kind: 'catch-up' };
/** `message` is null for other commands than posts. */
export interface RoomOutcome {
  rev: number;
  message: Message | null;
}
export type RoomJob = Job<RoomCommand, RoomOutcome>;

/** The commands of a batch that mean the same, behind one draft. */
export interface Group {
  draft: Draft;
  jobs: RoomJob[];
}

function draftOf(command: Exclude<RoomCommand, { kind: 'catch-up' }>): Draft {
  const id = newId();
  if (command.kind === 'remove') return { ...command, kind: 'removed', id };
  if (command.kind === 'change') return { id, ...command.change };
  const { messageId = id, ...post } = command;
  return { ...post, kind: 'posted', id: messageId, messageId };
}

function keyOf(command: Exclude<RoomCommand, { kind: 'catch-up' }>, index: number): string {
  if (command.kind === 'post') return `${command.by} ${command.clientId}`;
  if (command.kind === 'remove') return command.messageId;
  const { kind, messageId, id } = command.change;
  // reactions of everybody go together; of other changes each counts
  return kind === 'reacted' ? `${kind} ${messageId}` : (id ?? `${kind} ${messageId} ${index}`);
}

/** The last word of each person about each reaction. */
function together(known: ReactionChange[], more: ReactionChange[]): ReactionChange[] {
  const byWhom = new Map([...known, ...more].map((one) => [`${one.reaction}:${one.userId}`, one]));
  return [...byWhom.values()];
}

export function fold(batch: readonly RoomJob[]): Group[] {
  const groups = new Map<string, Group>();
  for (const [index, job] of batch.entries()) {
    const { command } = job;
    if (command.kind === 'catch-up') continue;
    const key = keyOf(command, index);
    const group = groups.get(key);
    if (!group) {
      groups.set(key, { draft: draftOf(command), jobs: [job] });
      continue;
    }
    group.jobs.push(job);
    if (group.draft.kind === 'reacted' && command.kind === 'change' && command.change.kind === 'reacted') {
      group.draft.reactions = together(group.draft.reactions, command.change.reactions);
    }
  }
  return [...groups.values()];
}

/** A post is answered with what is stored under its clientId, if that is the same text in the same room. */
export function answerPost(job: RoomJob, roomId: string, message: Message): void {
  const same = job.command.kind === 'post' && message.roomId === roomId && message.textHash === job.command.textHash;
  if (same) job.resolve({ rev: message.rev, message });
  else job.reject(new AppError('message.id-reused'));
}

const isStone = (message: Message): boolean => message.removedBy !== null || message.moved !== null;

/** True when nothing of this is left to do: then the jobs are answered. Double reactions end here. */
function settled({ draft, jobs }: Group, message: Message | undefined): boolean {
  const resolve = (rev: number): true => {
    for (const job of jobs) job.resolve({ rev, message: null });
    return true;
  };
  if (!message) return false;
  if (draft.kind === 'removed') return isStone(message) && resolve(message.rev);
  if (draft.kind === 'hidden') return (isStone(message) || message.hidden === draft.state) && resolve(message.rev);
  if (isStone(message) || message.hidden) {
    if (draft.kind === 'moved' && message.moved?.messageId === draft.moved.messageId) return resolve(message.rev);
    for (const job of jobs) job.reject(new AppError('not-found'));
    return true;
  }
  if (draft.kind === 'edited') return message.text === draft.text && resolve(message.rev);
  if (draft.kind !== 'reacted') return false;
  const has = new Set(message.reactors);
  draft.reactions = draft.reactions.filter(({ reaction, userId, on }) => has.has(`${reaction}:${userId}`) !== on);
  return draft.reactions.length === 0 && resolve(message.rev);
}

/** Takes out of it what somebody touched since it was seen; true when nothing is left to do. */
function untouched({ draft, jobs }: Group, targets: readonly Message[], busy: ReadonlySet<string>): boolean {
  if (draft.kind !== 'purged') return false;
  const rev = new Map(targets.map((one) => [one.id, one.rev]));
  draft.units = draft.units.filter((unit) => unit.every((one) => rev.get(one.id) === one.rev && !busy.has(one.id)));
  if (draft.units.length > 0) return false;
  for (const job of jobs) job.resolve({ rev: 0, message: null });
  return true;
}

/** What other commands of the same batch are about: a thread that somebody writes into this moment does not go. */
function busyIn(drafts: readonly Draft[]): Set<string> {
  const ids = drafts.flatMap((draft) => {
    if (draft.kind === 'purged') return [];
    return draft.kind === 'posted' ? [draft.extras?.threadId, draft.extras?.replyTo?.id] : [draft.messageId];
  });
  return new Set(ids.filter((id) => typeof id === 'string'));
}

interface Known {
  byClientIds(clientIds: string[]): Promise<Message[]>;
  byIds(ids: string[]): Promise<Message[]>;
}

/** Answers what needs no entry any more: posts that are stored, messages that are stones already. The rest comes back. */
export async function settleKnown(groups: Group[], roomId: string, messages: Known): Promise<Group[]> {
  const drafts = groups.map((group) => group.draft);
  const clientIds = drafts.flatMap((draft) => (draft.kind === 'posted' ? [draft.clientId] : []));
  const ids = drafts.flatMap((draft) => {
    if (draft.kind === 'purged') return draft.units.flat().map(({ id }) => id);
    return draft.kind === 'posted' ? (draft.extras?.threadId ?? []) : [draft.messageId];
  });
  const [stored, targets] = await Promise.all([
    clientIds.length > 0 ? messages.byClientIds(clientIds) : [],
    ids.length > 0 ? messages.byIds([...new Set(ids)]) : [],
  ]);
  const busy = busyIn(drafts);
  return groups.filter((group) => {
    const { draft, jobs } = group;
    if (draft.kind === 'purged') return !untouched(group, targets, busy);
    if (draft.kind !== 'posted') {
      return !settled(
        group,
        targets.find((one) => one.id === draft.messageId),
      );
    }
    const message = stored.find((one) => one.clientId === draft.clientId && one.authorId === draft.by);
    if (message) for (const job of jobs) answerPost(job, roomId, message);
    const threadId = draft.extras?.threadId;
    // its thread went by its age a moment ago
    const lost = !message && threadId && !targets.some(({ id }) => id === threadId);
    if (lost) for (const job of jobs) job.reject(new AppError('not-found'));
    return !message && !lost;
  });
}
