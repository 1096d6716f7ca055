// What the people in a talk do with its words: search them, hand some over in a report, take a lesson out of it. Part of the talks service.
import { LIMITS } from '#shared/limits.ts';
import { excerptOf } from '#shared/messages.reduce.ts';
import type { SearchPageView } from '#shared/search.ts';
import { byTalkSchema, lessonSchema } from '#shared/talks.ts';
import type { RoomView } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import type { Ticket } from '../tickets/tickets.entities.ts';
import type { TalksServiceParts } from './talks.parts.ts';
import type { Talk, TalkOwner } from './talks.repository.ts';
import type { TalkRooms } from './talks.rooms.ts';

export interface Mine {
  talk: Talk;
  side: 'owner' | 'host';
  ticket: Ticket;
}
/** What a report of a talk is about; the same as what moderation asks for. */
interface Pointed {
  aboutId: string;
  anonymous: boolean;
  roomId: null;
  messageId: null;
  excerpt: string | null;
  picked: { text: string; at: Date; byOwner: boolean }[];
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
const digits = (text: string): string => text.replaceAll(/\D/g, '');

/** Whether a text says who she is, as far as her mentor knows it: the first name she chose, the number she offered. */
export function tellsWho(text: string, owners: readonly Pick<TalkOwner, 'name' | 'phone'>[]): boolean {
  const said = ` ${words(text).join(' ')} `;
  const numbers = digits(text);
  return owners.some(({ name, phone }) => {
    const alias = name.startsWith('#') ? '' : words(name).join(' ');
    const number = digits(phone).slice(-6);
    return (alias !== '' && said.includes(` ${alias} `)) || (number.length >= 5 && numbers.includes(number));
  });
}

export function createInside(
  parts: TalksServiceParts,
  rooms: Pick<TalkRooms, 'personaOf'>,
  mine: (actor: Actor, talkId: string) => Promise<Mine>,
) {
  const { messages, roomsService, search } = parts;

  /** The room that the talk came from, or that of its topic, where she may write; null: there is none. */
  async function lessonRoom(actor: Actor, { side, talk, ticket }: Mine): Promise<RoomView | null> {
    if (side !== 'host' || talk.endedAt === null) return null;
    const ways = [
      ...(ticket.message ? [() => roomsService.authorise(actor, ticket.message?.roomId ?? '', 'post')] : []),
      async () => roomsService.authorise(actor, (await roomsService.bySlug(actor, ticket.topic)).id, 'post'),
    ];
    for (const way of ways) {
      const room = await way().catch((error: unknown) => {
        if (error instanceof AppError && error.code !== 'unavailable') return null; // no room of hers
        throw error;
      });
      if (room) return room;
    }
    return null;
  }

  return {
    lessonRoom,

    /** In this talk only, for the people in it. Raises 'not-found', input.*, 'rate.limited'. */
    async search(actor: Actor, input: unknown): Promise<SearchPageView> {
      const { talkId } = parse(byTalkSchema, input);
      await mine(actor, talkId);
      const as = await rooms.personaOf(actor, talkId);
      return search.findIn(as, talkId, { ...(input as object), author: null, room: null });
    },

    /** After the talk: what others can learn from it, in the room, under the mentor's name. Raises 'input.invalid' (field: lesson) when it names her. */
    async postLesson(actor: Actor, input: unknown): Promise<{ slug: string }> {
      const { talkId, clientId, text } = parse(lessonSchema, input);
      const found = await mine(actor, talkId);
      if (found.side !== 'host') throw new AppError('forbidden');
      const room = await lessonRoom(actor, found);
      if (!room) throw new AppError('conflict');
      if (tellsWho(text, found.talk.owners)) throw new AppError('input.invalid', { field: 'lesson' });
      await messages.post(actor, { roomId: room.id, clientId, text });
      return { slug: room.slug };
    },

    /** For a report: whom it is about, and the messages that she picked, nothing else. Raises 'not-found', 'input.invalid'. */
    async pointAt(actor: Actor, talkId: string, picks: readonly string[]): Promise<Pointed> {
      const { talk, side } = await mine(actor, talkId);
      const picked: Pointed['picked'] = [];
      const authors: string[] = [];
      const said: { by: string; text: string }[] = [];
      for (const messageId of [...new Set(picks)].slice(0, LIMITS.reportPicks)) {
        const found = (await messages.context(talkId, messageId)).find(({ id }) => id === messageId);
        if (!found || found.text === null) throw new AppError('input.invalid', { field: 'picks' });
        const byOwner = talk.owners.some(({ ticketId }) => ticketId === found.author?.id);
        picked.push({ text: found.text, at: new Date(found.at), byOwner });
        if (found.author) authors.push(found.author.id);
        if (found.author) said.push({ by: found.author.id, text: found.text });
      }
      const about = { roomId: null, messageId: null, picked };
      /** Of what was picked, her own words alone: she is told about what it is, whatever is decided. */
      const excerptFor = (author: string): string | null => {
        const own = said.filter(({ by }) => by === author).map(({ text }) => text);
        return own.length === 0 ? null : excerptOf(own.join(' … '));
      };
      if (side === 'owner') {
        return { aboutId: talk.hostId, anonymous: false, ...about, excerpt: excerptFor(talk.hostId) };
      }
      const meant = talk.owners.filter(({ ticketId }) => talk.owners.length === 1 || authors.includes(ticketId));
      // of several, it must be clear whom she means
      if (meant.length !== 1 || !meant[0]) throw new AppError('input.invalid', { field: 'picks' });
      return { aboutId: meant[0].userId, anonymous: true, ...about, excerpt: excerptFor(meant[0].ticketId) };
    },
  };
}
