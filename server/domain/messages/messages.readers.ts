// Who of some people may read a room: only they can be mentioned in it. Imported by the messages service.
import { doorOf } from '../rooms/rooms.doors.ts';
import { canRead, VISITOR } from '../rooms/rooms.policy.ts';
import type { RoomsRepository } from '../rooms/rooms.repository.ts';
import type { PersonViews } from './messages.views.ts';

/** Unknown people and those who may not read it are left out. */
export function createReadersAmong(rooms: Pick<RoomsRepository, 'byId' | 'standingsOf'>, personViews: PersonViews) {
  return async (roomId: string, ids: string[]): Promise<string[]> => {
    const [room, people, places] = await Promise.all([
      rooms.byId(roomId),
      personViews(ids),
      rooms.standingsOf(roomId, ids),
    ]);
    if (!room) return [];
    const door = doorOf(room);
    return ids.filter((id) => {
      const person = people.get(id);
      return person !== undefined && person.displayName !== '' && canRead(person, door, places.get(id) ?? VISITOR).ok;
    });
  };
}
