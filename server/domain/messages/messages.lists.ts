// Lists across a room or all of them: pinned, questions, answers to check, saved, mentions; and what is hers alone. Imported by the messages service.
import {
  aboutSchema,
  expiredSchema,
  listSchema,
  oneMessageSchema,
  questionsSchema,
  readMentionsSchema,
  saveSchema,
} from '#shared/messages.commands.ts';
import type {
  LooksView,
  MentionsPage,
  MessageAboutView,
  MessagesOfRooms,
  MessageView,
  QuestionsPage,
  RoomPlaceView,
} from '#shared/messages.ts';
import type { PersonView } from '#shared/accounts.ts';
import { byRoomSchema } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { isAppError } from '#shared/errors.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { isStone, livingTarget, target, type VerbParts } from './messages.parts.ts';
import { canCheckAgain, canKeep, canMark, canReveal } from './messages.policy.ts';

export function createLists(parts: VerbParts) {
  const { messages, side, roomsService, views, audit, clock, limits } = parts;

  /** The rooms of these messages; some may have closed for her since. */
  async function readable(actor: Actor, roomIds: readonly string[]): Promise<Map<string, RoomPlaceView>> {
    const rooms = [...new Set(roomIds)];
    const open = await Promise.all(
      rooms.map((roomId) =>
        roomsService.authorise(actor, roomId).then(
          ({ slug, name }) => [{ roomId, slug, name }],
          (error: unknown) => {
            if (isAppError(error) && error.code !== 'unavailable') return [];
            throw error;
          },
        ),
      ),
    );
    return new Map(open.flat().map((room) => [room.roomId, room]));
  }

  /** The messages of these rows that she may read, by id. */
  async function shown(actor: Actor, ids: string[]) {
    const found = await messages.byIds([...new Set(ids)]);
    const open = await readable(
      actor,
      found.map((message) => message.roomId),
    );
    const list = await views.messages(found.filter(({ roomId, hidden }) => open.has(roomId) && hidden === null));
    return { byId: new Map(list.map((view) => [view.id, view])), rooms: [...open.values()] };
  }

  return {
    async pins(actor: Actor, input: unknown): Promise<MessageView[]> {
      const { roomId } = parse(byRoomSchema, input);
      await roomsService.authorise(actor, roomId);
      return views.messages(await messages.pinned(roomId));
    },

    /** Newest first, with their answers. */
    async questions(actor: Actor, input: unknown): Promise<QuestionsPage> {
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
      const answers = state === 'answered' ? await messages.answersTo(list.map(({ id }) => id)) : [];
      return { items: await views.messages(list), next, answers: await views.messages(answers) };
    },

    /** One message and what was written to it: for who asked, and for those who look after answers. */
    async about(actor: Actor, input: unknown): Promise<MessageAboutView> {
      const { before = null, ...one } = parse(aboutSchema, input);
      const { room, message } = await livingTarget(parts, actor, one);
      const below = before === null ? null : Number(before);
      const [answers, found] = await Promise.all([
        below === null ? messages.answersTo([message.id]) : [],
        messages.repliesTo(message, below, limits.listPage + 1),
      ]);
      const list = found.slice(0, limits.listPage);
      const answering = new Set(answers.map(({ id }) => id));
      const replies = list.filter((reply) => !answering.has(reply.id) && !isStone(reply));
      const [asked, answered, replied] = await Promise.all([
        views.messages([message]),
        views.messages(answers),
        views.messages(replies),
      ]);
      const [view] = asked;
      if (!view) throw new AppError('not-found');
      const next = found.length > list.length ? String(list.at(-1)?.seq ?? '') : null;
      return {
        message: view,
        answers: answered,
        replies: { items: replied, next },
        mayMark: canMark(actor, room, message).ok,
        mayKeep: canKeep(actor, room).ok,
      };
    },

    /** Whether she may change what the room has pinned. */
    async keeps(actor: Actor, input: unknown): Promise<boolean> {
      const { roomId } = parse(byRoomSchema, input);
      return canKeep(actor, await roomsService.authorise(actor, roomId)).ok;
    },

    /** Verified answers whose time has passed, longest ago first; for those who can check them again. */
    async expired(actor: Actor, input: unknown): Promise<MessagesOfRooms> {
      const { before = null } = parse(expiredSchema, input);
      insist(canCheckAgain(actor));
      const [time = '', id = ''] = before?.split('-') ?? [];
      const after = before === null ? null : { until: new Date(Number(time)), id };
      const found = await messages.expired(clock.now(), after, limits.listPage + 1);
      const list = found.slice(0, limits.listPage);
      const open = await readable(
        actor,
        list.map((message) => message.roomId),
      );
      const last = list.at(-1);
      const next = found.length > list.length && last?.verified ? `${last.verified.until.getTime()}-${last.id}` : null;
      const items = await views.messages(list.filter((message) => open.has(message.roomId)));
      return { items, next, rooms: [...open.values()] };
    },

    async save(actor: Actor, input: unknown): Promise<null> {
      const { on, ...one } = parse(saveSchema, input);
      await target(parts, actor, one);
      await side.save(actor.id, one.messageId, on);
      return null;
    },

    async saved(actor: Actor, input: unknown): Promise<MessagesOfRooms> {
      const { before = null } = parse(listSchema, input);
      const rows = await side.savedBy(actor.id, before, limits.listPage + 1);
      const list = rows.slice(0, limits.listPage);
      const { byId, rooms } = await shown(
        actor,
        list.map((row) => row.messageId),
      );
      const next = rows.length > list.length ? (list.at(-1)?.id ?? null) : null;
      return { items: list.flatMap((row) => byId.get(row.messageId) ?? []), next, rooms };
    },

    /** Mentions of her and replies to her, newest first. */
    async mentions(actor: Actor, input: unknown): Promise<MentionsPage> {
      const { before = null } = parse(listSchema, input);
      const rows = await side.mentionsOf(actor.id, before, limits.listPage + 1);
      const list = rows.slice(0, limits.listPage);
      const { byId } = await shown(
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
      await audit.record(actor, { action: 'message.revealed', target: { kind: 'message', id: one.messageId } });
      return views.person(message.authorId);
    },

    /** Who looked who asked anonymously: for her who asked, and for those who may look. */
    async looks(actor: Actor, input: unknown): Promise<LooksView> {
      const { message } = await target(parts, actor, parse(oneMessageSchema, input));
      if (message.authorId !== actor.id) insist(canReveal(actor));
      const rows = message.anonymous ? await audit.actsOn('message.revealed', message.id, limits.listPage) : [];
      const looks = rows.map(async ({ actorId, at }) => ({ by: await views.person(actorId), at: at.toISOString() }));
      return { looks: await Promise.all(looks) };
    },
  };
}
