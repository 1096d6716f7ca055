// What waits for her about rooms: what others made of her there, who asks to be let in where she answers. Part of the rooms service.
import { LIMITS } from '#shared/limits.ts';
import { spoken } from '#shared/rooms.forms.ts';
import { seenNoticesSchema, type RoomNewsView, type RoomNoticeView } from '#shared/rooms.news.ts';
import type { Attention } from '#shared/rooms.attention.ts';
import type { LocalizedText } from '#shared/locales.ts';
import type { Actor } from '../kernel/actor.ts';
import { parse } from '../kernel/parse.ts';
import type { Member } from './members.repository.ts';
import { doorOf } from './rooms.doors.ts';
import type { Parts } from './rooms.parts.ts';
import { canHost, canSee, isStaff, moderates, VISITOR } from './rooms.policy.ts';
import type { Room } from './rooms.repository.ts';

/** So many who wait are counted. */
const COUNTED = 1_000;

/** Of one room, for the count in the frame. */
interface RoomAttention extends Attention {
  /** What others made of her there (0 or 1), and how many wait for her answer. */
  news: number;
}

export function createNews({ rooms, bus, apart = () => false }: Pick<Parts, 'rooms' | 'bus' | 'apart'>) {
  /** Rooms of the list in which she has a moderator's rights, in its order. */
  async function hostedBy(actor: Actor, members: Map<string, Member>): Promise<Room[]> {
    const mayHost = moderates(actor) || (isStaff(actor) && [...members.values()].some(({ host }) => host));
    if (!mayHost) return [];
    const all = await rooms.all(LIMITS.rooms);
    return all.filter((room) => canHost(actor, doorOf(room), members.get(room.id) ?? VISITOR).ok);
  }
  /** Whom she does not see she is not told to answer. */
  const askingIn = (actor: Actor, hosted: readonly Room[]): Promise<Map<string, number>> =>
    rooms.asking(
      hosted.map(({ id }) => id),
      COUNTED,
      (userId) => !apart(actor.id, userId),
    );

  return {
    async hosted(actor: Actor): Promise<{ id: string; slug: string; name: LocalizedText; closed: boolean }[]> {
      const hosted = await hostedBy(actor, await rooms.membershipsOf(actor.id));
      return hosted.map(({ id, slug, name, access }) => ({ id, slug, name: spoken(name), closed: access !== 'open' }));
    },

    /** By room: what she wants to be told of there and when, and how much waits; for rooms without a row the defaults hold. */
    async attention(actor: Actor): Promise<Map<string, RoomAttention>> {
      const members = await rooms.membershipsOf(actor.id);
      const asking = await askingIn(actor, await hostedBy(actor, members));
      const ids = new Set([...members.keys(), ...asking.keys()]);
      return new Map(
        [...ids].map((id) => {
          const { level = 'all', quietFrom = '', quietTo = '', notice = null } = members.get(id) ?? {};
          return [id, { level, quietFrom, quietTo, news: (notice ? 1 : 0) + (asking.get(id) ?? 0) }];
        }),
      );
    },

    /** The same in words, for the page of notes. */
    async news(actor: Actor): Promise<RoomNewsView> {
      const members = await rooms.membershipsOf(actor.id);
      const hosted = await hostedBy(actor, members);
      const asking = await askingIn(actor, hosted);
      const fresh = [...members.values()]
        .filter(({ notice }) => notice !== null)
        .sort((one, other) => other.since.getTime() - one.since.getTime())
        .slice(0, LIMITS.listPage);
      const notices = await Promise.all(
        fresh.map(async (member): Promise<RoomNoticeView[]> => {
          const room = await rooms.byId(member.roomId);
          if (!room || !member.notice) return [];
          const slug = canSee(actor, doorOf(room), member).ok ? room.slug : null;
          return [{ roomId: room.id, slug, name: spoken(room.name), notice: member.notice }];
        }),
      );
      const waiting = hosted.flatMap(({ id, slug, name }) => {
        const count = asking.get(id) ?? 0;
        return count > 0 ? [{ roomId: id, slug, name: spoken(name), count }] : [];
      });
      return { notices: notices.flat(), waiting };
    },

    /** She has seen what was told about these rooms. Twice is no error; what is not hers stays as it is. */
    async seen(actor: Actor, input: unknown): Promise<void> {
      const { roomIds } = parse(seenNoticesSchema, input);
      await rooms.seen(actor.id, roomIds);
      bus.emit('notes.seen', { userId: actor.id });
    },
  };
}
