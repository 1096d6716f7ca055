// Lists across a room or all of them: pinned, questions, answers to check, saved, mentions; and what is hers alone. Imported by the messages service.
import {
  listSchema,
  oneMessageSchema,
  questionsSchema,
  readMentionsSchema,
  saveSchema,
} from '#shared/messages.commands.ts';
import type { LooksView, MentionsPage, MessagesPage, MessageView } from '#shared/messages.ts';
import type { PersonView } from '#shared/accounts.ts';
import { byRoomSchema } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { isAppError } from '#shared/errors.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { target, type VerbParts } from './messages.parts.ts';
import { canCheckAgain, canReveal } from './messages.policy.ts';

export function createLists(parts: VerbParts) {
  const { messages, side, roomsService, views, clock, limits } = parts;

  /** Rooms may have closed for her since. */
  async function readable(actor: Actor, roomIds: readonly string[]): Promise<Set<string>> {
    const rooms = [...new Set(roomIds)];
    const open = await Promise.all(
      rooms.map((roomId) =>
        roomsService.authorise(actor, roomId).then(
          () => [roomId],
          (error: unknown) => {
            if (isAppError(error) && error.code !== 'unavailable') return [];
            throw error;
          },
        ),
      ),
    );
    return new Set(open.flat());
  }

  /** The messages of these rows that she may read, by id. */
  async function shown(actor: Actor, ids: string[]): Promise<Map<string, MessageView>> {
    const found = await messages.byIds([...new Set(ids)]);
    const open = await readable(
      actor,
      found.map((message) => message.roomId),
    );
    const list = await views.messages(found.filter((message) => open.has(message.roomId)));
    return new Map(list.map((view) => [view.id, view]));
  }

  return {
    async pins(actor: Actor, input: unknown): Promise<MessageView[]> {
      const { roomId } = parse(byRoomSchema, input);
      await roomsService.authorise(actor, roomId);
      return views.messages(await messages.pinned(roomId));
    },

    /** Newest first. */
    async questions(actor: Actor, input: unknown): Promise<MessagesPage> {
      const { roomId, state, before = null } = parse(questionsSchema, input);
      await roomsService.authorise(actor, roomId);
      const found = await messages.questions(
        roomId,
        state,
        before === null ? null : Number(before),
        limits.listPage + 1,
      );
      const list = found.slice(0, limits.listPage);
      const next = found.length > list.length ? String(list.at(-1)?.seq ?? '') : null;
      return { items: await views.messages(list), next };
    },

    /** Verified answers whose time has passed, longest ago first; for those who can check them again. */
    async expired(actor: Actor): Promise<MessagesPage> {
      insist(canCheckAgain(actor));
      const found = await messages.expired(clock.now(), limits.listPage);
      const open = await readable(
        actor,
        found.map((message) => message.roomId),
      );
      return { items: await views.messages(found.filter((message) => open.has(message.roomId))), next: null };
    },

    async save(actor: Actor, input: unknown): Promise<null> {
      const { on, ...one } = parse(saveSchema, input);
      await target(parts, actor, one);
      await side.save(actor.id, one.messageId, on);
      return null;
    },

    async saved(actor: Actor, input: unknown): Promise<MessagesPage> {
      const { before = null } = parse(listSchema, input);
      const rows = await side.savedBy(actor.id, before, limits.listPage + 1);
      const list = rows.slice(0, limits.listPage);
      const byId = await shown(
        actor,
        list.map((row) => row.messageId),
      );
      const next = rows.length > list.length ? (list.at(-1)?.id ?? null) : null;
      return { items: list.flatMap((row) => byId.get(row.messageId) ?? []), next };
    },

    /** Mentions of her and replies to her, newest first. */
    async mentions(actor: Actor, input: unknown): Promise<MentionsPage> {
      const { before = null } = parse(listSchema, input);
      const rows = await side.mentionsOf(actor.id, before, limits.listPage + 1);
      const list = rows.slice(0, limits.listPage);
      const byId = await shown(
        actor,
        list.map((row) => row.messageId),
      );
      const next = rows.length > list.length ? (list.at(-1)?.id ?? null) : null;
      const items = list.flatMap(({ messageId, kind, read }) => {
        const message = byId.get(messageId);
        return message ? [{ kind, read, message }] : [];
      });
      return { items, next };
    },

    /** Unread ones by room, of the rooms that she may read. */
    async mentionCounts(actor: Actor): Promise<Record<string, number>> {
      const counts = await side.counts(actor.id);
      const open = await readable(actor, Object.keys(counts));
      return Object.fromEntries(Object.entries(counts).filter(([roomId]) => open.has(roomId)));
    },

    /** Those of these messages are read, wherever her rooms stand. What is not hers stays as it is. */
    async readMentions(actor: Actor, input: unknown): Promise<null> {
      const { messageIds } = parse(readMentionsSchema, input);
      for (const roomId of await side.readMentionsOf(actor.id, messageIds)) {
        parts.mentionsRead(actor.id, roomId);
      }
      return null;
    },

    /** Who asked anonymously. The look is recorded before it is answered. Raises 'not-found' for what is not anonymous. */
    async reveal(actor: Actor, input: unknown): Promise<PersonView> {
      const one = parse(oneMessageSchema, input);
      const { message } = await target(parts, actor, one);
      insist(canReveal(actor));
      if (!message.anonymous) throw new AppError('not-found');
      await side.record({ at: clock.now(), by: actor.id, ...one });
      return views.person(message.authorId);
    },

    /** Who looked who asked anonymously: for her who asked, and for those who may look. */
    async looks(actor: Actor, input: unknown): Promise<LooksView> {
      const { message } = await target(parts, actor, parse(oneMessageSchema, input));
      if (message.authorId !== actor.id) insist(canReveal(actor));
      const rows = message.anonymous ? await side.looksAt(message.id, limits.listPage) : [];
      const looks = rows.map(async ({ by, at }) => ({ by: await views.person(by), at: at.toISOString() }));
      return { looks: await Promise.all(looks) };
    },
  };
}
