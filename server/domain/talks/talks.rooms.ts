// The room behind a talk: making it, who is in it under which name, closing and deleting it. Part of the talks service.
import type { PersonView } from '#shared/accounts.ts';
import type { Actor } from '../kernel/actor.ts';
import { createMemory } from '../kernel/memory.ts';
import { withBehind } from '../kernel/behind.ts';
import type { Ticket } from '../tickets/tickets.entities.ts';
import type { TalksServiceParts } from './talks.parts.ts';
import type { Talk } from './talks.repository.ts';

export type TalkRooms = ReturnType<typeof createTalkRooms>;

const DAY = 86_400_000;
const BATCH = 100;
/** So long it is known who owns a talk, and that a room is none. */
const KNOWN_MS = 60_000;
const KNOWN = 5_000;

/** "#12": the same in every language, and nobody's name. */
const aliasOf = ({ firstName, number }: Pick<Ticket, 'firstName' | 'number'>): string => firstName || `#${number}`;
const hueOf = (id: string): number => Number.parseInt(id.slice(-4), 16) % 12;

export function createTalkRooms(parts: TalksServiceParts) {
  const { talks, tickets, roomsService, bus, clock, log } = parts;
  /** Account to place and alias of a talk's owners; null for any other room. */
  const owners = createMemory<Map<string, { alias: string; name: string }> | null>({
    clock,
    ms: KNOWN_MS,
    most: KNOWN,
  });
  const ownersOf = (roomId: string) =>
    owners.get(roomId, async () => {
      const talk = await talks.byId(roomId);
      return talk && new Map(talk.owners.map(({ userId, ticketId, name }) => [userId, { alias: ticketId, name }]));
    });

  async function close(talk: Talk): Promise<void> {
    const live = (await tickets.ofTalk(talk.id, 50)).some(({ state }) =>
      ['called', 'talking', 'handed-over'].includes(state),
    );
    if (live) return;
    const now = clock.now();
    await talks.end(talk.id, now, new Date(now.getTime() + (await parts.keepDays()) * DAY));
    await roomsService.talk.close(talk.id);
  }

  bus.on('ticket.moved', ({ ticket }) => {
    const { from } = ticket.last;
    if (ticket.state === 'talking' || (from !== 'talking' && from !== 'handed-over')) return;
    if (ticket.state === 'handed-over') return;
    const closing = async (): Promise<void> => {
      for (const talk of await talks.ofTickets([ticket.id])) if (!talk.endedAt) await close(talk);
    };
    closing().catch((error: unknown) => log.warn({ err: error }, 'talk not closed yet'));
  });

  return {
    /** As often as it is asked: the room is there, and exactly these people are in it, the owner under her alias. */
    async ensure(ticket: Ticket): Promise<void> {
      const { talkId, hostId, dropInId } = ticket;
      if (!talkId || !hostId) return;
      const owner = { ticketId: ticket.id, userId: ticket.ownerId, name: aliasOf(ticket), phone: '', rated: false };
      const before = await talks.make({ id: talkId, dropInId, hostId, startedAt: clock.now() }, owner);
      owners.forget(talkId);
      await roomsService.talk.make(talkId, [hostId, ticket.id]);
      if (before) await roomsService.talk.putOut(talkId, before);
    },

    /** Who she is in this room: under her alias in a talk of hers, else herself. */
    async personaOf(actor: Actor, roomId: unknown): Promise<Actor> {
      if (typeof roomId !== 'string' || !/^[0-9a-f]{24}$/.test(roomId)) return actor;
      const owner = (await ownersOf(roomId))?.get(actor.id);
      if (!owner) return actor;
      const { alias, name } = owner;
      const persona: Actor = {
        ...actor,
        ...{ id: alias, displayName: name, userName: alias, role: 'member', showsPresence: true },
      };
      return withBehind(persona, { userId: actor.id });
    },

    /** The names of aliases; accounts are looked up elsewhere. */
    async aliases(ids: string[]): Promise<Map<string, PersonView>> {
      const found = (await talks.ofTickets(ids)).flatMap((talk) => talk.owners);
      return new Map(
        found
          .filter(({ ticketId }) => ids.includes(ticketId))
          .map(({ ticketId: id, name }) => [id, { id, displayName: name, role: 'member' as const, hue: hueOf(id) }]),
      );
    },

    /** What a crash left open is closed, what is old is deleted. May run twice. */
    async sweep(): Promise<void> {
      for (const talk of await talks.open(BATCH)) await close(talk);
      for (const talk of await talks.toDelete(clock.now(), BATCH)) {
        await parts.eraseRoom(talk.id);
        await tickets.forgetTalk(talk.id);
        await talks.remove(talk.id);
        owners.forget(talk.id);
      }
    },
  };
}
