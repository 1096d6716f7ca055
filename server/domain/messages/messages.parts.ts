// What the verbs of the messages area work with, and how they find the message they are about. Imported by messages.*.ts.
import type { AttachmentView } from '#shared/attachments.ts';
import { LIMITS } from '#shared/limits.ts';
import type { RoomView } from '#shared/rooms.ts';
import { namedIn, namesSomebody } from '#shared/text/names.ts';
import type { AuditLooks, AuditPort } from '../audit/audit.service.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { RoomsRepository } from '../rooms/rooms.repository.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import type { Screening } from '../moderation/moderation.screening.ts';
import type { ChangeCommand } from './messages.commands.ts';
import type { Message } from './messages.entities.ts';
import type { Lanes } from './messages.lanes.ts';
import type { MessagesRepository } from './messages.repository.ts';
import type { SideRepository } from './messages.side.repository.ts';
import type { createMessageViews } from './messages.views.ts';

/** What the attachments area does for messages; without it nothing can be attached. */
export interface AttachmentPort {
  claim(
    actor: Actor,
    roomId: string,
    ids: readonly string[],
    messageId: string,
    options?: { anonymous?: boolean },
  ): Promise<AttachmentView[]>;
  letGo(messageId: string, ids: readonly string[]): Promise<void>;
  release(messageId: string): Promise<void>;
  moved(messageIds: readonly string[], roomId: string): Promise<void>;
}

export interface VerbParts {
  messages: MessagesRepository;
  side: SideRepository;
  rooms: RoomsRepository;
  roomsService: Pick<RoomsService, 'authorise' | 'abilities' | 'hosted' | 'takeTurn' | 'nameable'>;
  lanes: Lanes;
  views: ReturnType<typeof createMessageViews>;
  audit: AuditPort & AuditLooks;
  clock: Clock;
  attachments: AttachmentPort | null;
  /** Which of these people may read the room. */
  readersAmong: (roomId: string, ids: string[]) => Promise<string[]>;
  /** Her count in this room changed. */
  mentionsRead: (userId: string, roomId: string) => void;
  /** How long somebody may change her words, as the community has decided. */
  editMinutes: () => Promise<number>;
  limits: { listPage: number; pins: number };
  /** One of them blocked the other. */
  apart: (one: string, other: string) => boolean;
  /** Word lists and the like; without it everything is posted. */
  screening: Pick<Screening, 'before' | 'after' | 'edited'> | null;
}

/** Nobody sees its words: gone for good, or kept from members. */
export const isStone = (message: Message): boolean =>
  message.removedBy !== null || message.moved !== null || message.hidden !== null;

type Targets = Pick<VerbParts, 'roomsService' | 'messages' | 'apart'>;

/** Written under a name, and that is nobody for her. */
export const keptFrom = (
  { apart }: Pick<VerbParts, 'apart'>,
  actor: Actor,
  { anonymous, authorId }: Message,
): boolean => !anonymous && apart(actor.id, authorId);

/** The room, which she may read, and the message in it. Raises 'not-found' for either. */
export async function target(
  parts: Targets,
  actor: Actor,
  input: { roomId: string; messageId: string },
): Promise<{ room: RoomView; message: Message }> {
  const room = await parts.roomsService.authorise(actor, input.roomId);
  const message = await parts.messages.byId(input.roomId, input.messageId);
  if (!message || keptFrom(parts, actor, message)) throw new AppError('not-found');
  return { room, message };
}

/** The same, for what only messages with words take. A stone is 'not-found'. */
export async function livingTarget(
  parts: Targets,
  actor: Actor,
  input: { roomId: string; messageId: string },
): Promise<{ room: RoomView; message: Message }> {
  const found = await target(parts, actor, input);
  if (isStone(found.message)) throw new AppError('not-found');
  return found;
}

/** So many who wrote last are looked at beside the members. */
const WROTE_LAST = 50;

/** Whom the words name, with those she chose: a name that was typed whole counts as one that was chosen. */
export async function mentionsOf(
  { roomsService, messages, apart }: Pick<VerbParts, 'roomsService' | 'messages' | 'apart'>,
  actor: Actor,
  room: RoomView,
  { text, mentions, threadId = null }: { text: string; mentions: string[]; threadId?: string | null | undefined },
): Promise<string[]> {
  if (!namesSomebody(text) || mentions.length >= LIMITS.mentions) return mentions;
  const last = await messages.pageBefore(room.id, null, WROTE_LAST, threadId);
  const known = last.flatMap((message) => (message.anonymous || isStone(message) ? [] : [message.authorId]));
  const named = namedIn(text, await roomsService.nameable(actor, room, known));
  const there = named.filter((id) => !apart(actor.id, id));
  return [...new Set([...mentions, ...there])].slice(0, LIMITS.mentions);
}

export async function submitChange(
  lanes: Lanes,
  roomId: string,
  change: ChangeCommand['change'],
): Promise<{ rev: number }> {
  const { rev } = await lanes.submit(roomId, { kind: 'change', change });
  return { rev };
}
