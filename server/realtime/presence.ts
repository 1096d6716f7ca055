// Who has which room open and types there, here and as other processes say; names only of those who allow it. Memory only; the hub owns one.
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
  /** `own`: it changed in this process. */
  onChange(listener: Listener): () => void;
  /** Those whom this process has, for the others; and its rooms. */
  own(roomId: string): { id: string; named: boolean; typing: boolean }[];
  ownRooms(): string[];
  /** All whom another process has in a room, instead of what it said before. */
  elsewhere(process: string, roomId: string, people: Elsewhere[]): void;
  /** That process has nobody in any other room. */
  keepOnly(process: string, roomIds: string[]): void;
  /** That process is gone. */
  forget(process: string): void;
}

type Listener = (roomId: string, change: PresenceChange, own: boolean) => void;

/** `person` null: too many for names. */
interface Elsewhere {
  id: string;
  person: PersonView | null;
  named: boolean;
  typing: boolean;
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
  const others = new Map<string, Map<string, Elsewhere[]>>();
  const listeners = new Set<Listener>();
  let version = 0;

  const peopleOf = (roomId: string): Map<string, Here> => rooms.get(roomId) ?? new Map<string, Here>();

  function changed(roomId: string, change: PresenceChange, own = true): void {
    for (const listener of listeners) listener(roomId, change, own);
  }

  /** Everybody once: she may have the room open here and there, and is named where all of them may name her. */
  function everybody(roomId: string): Map<string, Elsewhere> {
    const all = new Map<string, Elsewhere>();
    const add = (one: Elsewhere): void => {
      const known = all.get(one.id);
      const both = { person: known?.person ?? one.person, typing: one.typing || (known?.typing ?? false) };
      all.set(one.id, { ...one, ...both, named: one.named && (known?.named ?? true) });
    };
    for (const { person, named, typing } of peopleOf(roomId).values())
      add({ id: person.id, person, named, typing: typing !== null });
    for (const elsewhere of others.values()) for (const one of elsewhere.get(roomId) ?? []) add(one);
    return all;
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

  function keepOnly(process: string, roomIds: string[]): void {
    const theirs = others.get(process);
    const over = [...(theirs?.keys() ?? [])].filter((roomId) => !roomIds.includes(roomId));
    for (const roomId of over) theirs?.delete(roomId);
    if (theirs?.size === 0) others.delete(process);
    for (const roomId of over) changed(roomId, 'here', false);
  }

  return {
    here: (roomId) => (others.size === 0 ? peopleOf(roomId).size : everybody(roomId).size),
    view(roomId, without = () => false) {
      const all = [...everybody(roomId).values()].filter(({ id }) => !without(id));
      const named = all.flatMap((one) => (one.named && one.person ? [{ ...one, person: one.person }] : []));
      // above the clock too, so that it also grows across a restart of the hub
      version = Math.max(version + 1, Date.now());
      return {
        roomId,
        version,
        here: all.length,
        people: all.length > LIMITS.presenceNames ? [] : named.map(({ person }) => person),
        // a typing sign without a name would still tell that somebody hidden is here, and who, in a small room
        typing: named
          .filter(({ typing }) => typing)
          .slice(0, TYPING_NAMES)
          .map(({ person }) => person),
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
    own: (roomId) =>
      [...peopleOf(roomId).values()].map(({ person, named, typing }) => ({
        ...{ id: person.id, named, typing: typing !== null },
      })),
    ownRooms: () => [...rooms.keys()],
    elsewhere(process, roomId, people) {
      const theirs = others.get(process) ?? new Map<string, Elsewhere[]>();
      if (people.length > 0) others.set(process, theirs.set(roomId, people));
      else if (theirs.delete(roomId) && theirs.size === 0) others.delete(process);
      changed(roomId, 'here', false);
    },
    keepOnly,
    forget: (process) => keepOnly(process, []),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
