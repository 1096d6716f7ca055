// Who has which room open in this process and types there; names only of those who allow it. Memory only; the hub owns one.
import { LIMITS } from '#shared/limits.ts';
import type { PersonView } from '#shared/accounts.ts';
import type { RoomPresenceView } from '#shared/rooms.ts';

/** 'here': somebody came, went or changed her name. 'typing': only the typing list changed. */
type PresenceChange = 'here' | 'typing';

export interface Presence {
  /** People (not sockets) who have the room open. */
  here(roomId: string): number;
  /** `without`: people who are not there for the viewer. */
  view(roomId: string, without?: (userId: string) => boolean): RoomPresenceView;
  /** `named`: she allows that others see her name here; without it she is only counted. */
  enter(roomId: string, socketId: string, person: PersonView, named?: boolean): void;
  leave(roomId: string, socketId: string): void;
  /** Forgets a closed socket everywhere. */
  gone(socketId: string): void;
  /** She types; shown for five seconds. Ignored when she is not in the room. */
  typing(roomId: string, userId: string): void;
  /** Her text was sent. */
  typed(roomId: string, userId: string): void;
  /** Her name, or whether it may be shown, is another one. */
  rename(person: PersonView, named?: boolean): void;
  onChange(listener: (roomId: string, change: PresenceChange) => void): () => void;
}

export const TYPING_MS = 5_000;
const TYPING_NAMES = 3;

interface Here {
  person: PersonView;
  named: boolean;
  sockets: Set<string>;
  typing: NodeJS.Timeout | null;
}

export function createPresence(): Presence {
  const rooms = new Map<string, Map<string, Here>>();
  const listeners = new Set<(roomId: string, change: PresenceChange) => void>();
  let version = 0;

  const named = (here: Here): boolean => here.named;
  const peopleOf = (roomId: string): Map<string, Here> => rooms.get(roomId) ?? new Map<string, Here>();

  function changed(roomId: string, change: PresenceChange): void {
    for (const listener of listeners) listener(roomId, change);
  }

  function stopTyping(roomId: string, here: Here | undefined): boolean {
    if (!here?.typing) return false;
    clearTimeout(here.typing);
    here.typing = null;
    changed(roomId, 'typing');
    return true;
  }

  function leave(roomId: string, socketId: string): void {
    const people = peopleOf(roomId);
    for (const [userId, here] of people) {
      if (!here.sockets.delete(socketId) || here.sockets.size > 0) continue;
      stopTyping(roomId, here);
      people.delete(userId);
      if (people.size === 0) rooms.delete(roomId);
      changed(roomId, 'here');
    }
  }

  return {
    here: (roomId) => peopleOf(roomId).size,
    view(roomId, without = () => false) {
      const all = [...peopleOf(roomId).values()].filter(({ person }) => !without(person.id));
      // above the clock too, so that it also grows across a restart of the hub
      version = Math.max(version + 1, Date.now());
      return {
        roomId,
        version,
        here: all.length,
        people: all.length > LIMITS.presenceNames ? [] : all.filter(named).map((here) => here.person),
        // a typing sign without a name would still tell that somebody hidden is here, and who, in a small room
        typing: all
          .filter((here) => here.typing && here.named)
          .slice(0, TYPING_NAMES)
          .map((here) => here.person),
      };
    },
    enter(roomId, socketId, person, mayName = false) {
      const people = peopleOf(roomId);
      rooms.set(roomId, people);
      const here = people.get(person.id);
      if (here) {
        here.sockets.add(socketId);
        here.named = mayName; // the newest answer counts for all her pages
      } else people.set(person.id, { person, named: mayName, sockets: new Set([socketId]), typing: null });
      changed(roomId, 'here');
    },
    leave,
    gone(socketId) {
      for (const roomId of [...rooms.keys()]) leave(roomId, socketId);
    },
    typing(roomId, userId) {
      const here = peopleOf(roomId).get(userId);
      if (!here) return;
      const already = here.typing !== null;
      if (here.typing) clearTimeout(here.typing);
      here.typing = setTimeout(() => stopTyping(roomId, here), TYPING_MS).unref();
      if (!already) changed(roomId, 'typing');
    },
    typed(roomId, userId) {
      stopTyping(roomId, peopleOf(roomId).get(userId));
    },
    rename(person, mayName = false) {
      for (const [roomId, people] of rooms) {
        const here = people.get(person.id);
        if (!here) continue;
        here.person = person;
        here.named = mayName;
        changed(roomId, 'here');
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
