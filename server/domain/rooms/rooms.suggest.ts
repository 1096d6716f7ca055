// Whom she may mean when she begins a name in a room. Part of the rooms service.
import type { PersonView } from '#shared/accounts.ts';
import type { RoomView } from '#shared/rooms.ts';
import { SUGGESTIONS, suggestSchema } from '#shared/rooms.forms.ts';
import { fitting } from '#shared/text/names.ts';
import type { Actor } from '../kernel/actor.ts';
import { parse } from '../kernel/parse.ts';
import { doorOf } from './rooms.doors.ts';
import type { Parts } from './rooms.parts.ts';
import { canRead, VISITOR } from './rooms.policy.ts';

/** So many members are looked at; in a larger room those who wrote are found by `known`. */
const LOOKED_AT = 500;

export function createSuggestions({ rooms, doors, personViews }: Pick<Parts, 'rooms' | 'doors' | 'personViews'>) {
  /** Those of these people who may read the room. */
  async function readers(roomId: string, ids: string[]): Promise<PersonView[]> {
    const room = await rooms.byId(roomId);
    if (!room || ids.length === 0) return [];
    const [people, places] = await Promise.all([personViews(ids), rooms.standingsOf(roomId, ids)]);
    const door = doorOf(room);
    return [...people.values()].filter(
      (person) => person.displayName !== '' && canRead(person, door, places.get(person.id) ?? VISITOR).ok,
    );
  }

  /** Those of them and of the members whom she may mean. Never herself. */
  async function among(actor: Actor, room: RoomView, known: readonly string[]): Promise<PersonView[]> {
    const members = await rooms.page(room.id, 'in', null, LOOKED_AT, !room.abilities.host);
    const ids = [...new Set([...known, ...members.map(({ userId }) => userId)])].filter((id) => id !== actor.id);
    return readers(room.id, ids);
  }

  return {
    /** For messages, whose author has passed the room's door: whom a name that she typed can mean. */
    nameable: among,

    /**
     * People who may read the room and whose name begins so: those whom the page knows already (`known`, by id), and of
     * the members those who let their name be seen, all for who hosts. Never herself.
     */
    async suggest(actor: Actor, input: unknown): Promise<PersonView[]> {
      const { roomId, query, known } = parse(suggestSchema, input);
      const room = await doors.authorise(actor, roomId, 'read');
      return fitting(await among(actor, room, known), query, SUGGESTIONS);
    },
  };
}
