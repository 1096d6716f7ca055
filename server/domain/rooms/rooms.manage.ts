// Making, naming, ordering, archiving and reopening rooms. Part of the rooms service.
import type { Page } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import {
  archivedPageSchema,
  createRoomSchema,
  moveRoomSchema,
  readyRoomSchema,
  spoken,
  updateRoomSchema,
  type ManagedRoomView,
  type ReadyRoomView,
  type RoomEditView,
} from '#shared/rooms.forms.ts';
import { byRoomSchema } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { Parts } from './rooms.parts.ts';
import { canManage } from './rooms.policy.ts';
import type { Room } from './rooms.repository.ts';
import { slugFrom, slugWithTail } from './slugs.ts';

const TRIES = 5;

const editView = (room: Room): RoomEditView => ({
  id: room.id,
  slug: room.slug,
  version: room.version,
  name: room.name,
  purpose: room.purpose,
  rules: room.rules,
  welcome: room.welcome,
  access: room.access,
  archivedAt: room.archivedAt?.toISOString() ?? null,
});

/** All of it is for moderators and coordinators: everybody else gets 'forbidden'. */
export function createManage({ rooms, doors, bus, clock, audit, readyRooms }: Parts) {
  const record = (
    actor: Actor,
    action: 'created' | 'changed' | 'archived' | 'reopened',
    id: string | undefined,
    reason = '',
  ) => audit.record(actor, { action: `room.${action}`, target: { kind: 'room', ...(id ? { id } : {}) }, reason });

  async function managed(list: Room[]): Promise<ManagedRoomView[]> {
    return Promise.all(
      list.map(async (room) => ({
        ...editView(room),
        name: spoken(room.name),
        purpose: spoken(room.purpose),
        requests: (await rooms.page(room.id, 'asked', null, LIMITS.listPage)).length,
      })),
    );
  }

  function changed(roomId: string): void {
    doors.forgetRoom(roomId);
    bus.emit('room.updated', { roomId });
  }

  /** People may have lost the room: who is in its channels comes in anew, in other processes within seconds. */
  async function accessChanged(roomId: string): Promise<void> {
    doors.forgetRoom(roomId);
    bus.emit('room.access-changed', { roomId });
    await doors.raiseAccess(roomId);
  }

  /** The whole list, as long as there is a place in it. */
  async function listWithPlace(): Promise<Room[]> {
    const all = await rooms.all(LIMITS.rooms);
    if (all.length >= LIMITS.rooms) throw new AppError('conflict');
    return all;
  }
  // two at once read the same list: chance keeps their rooms from getting one number, between which is no place
  const endOf = (list: readonly Room[]): number => Math.floor(list.at(-1)?.position ?? 0) + 1 + Math.random() / 2;

  /** Where the room goes; null: between these two is no number left. */
  function between(list: readonly Room[], before: string | null): number | null {
    if (before === null) return endOf(list);
    const at = list.findIndex((room) => room.id === before);
    const next = list[at];
    if (!next) throw new AppError('conflict'); // archived meanwhile
    const low = list[at - 1]?.position ?? next.position - 2;
    const inside = low + (next.position - low) * (0.25 + Math.random() / 2);
    return inside > low && inside < next.position ? inside : null;
  }

  return {
    /** The rooms of the list with what waits in them. */
    async managed(actor: Actor): Promise<ManagedRoomView[]> {
      insist(canManage(actor));
      return managed(await rooms.all(LIMITS.rooms));
    },

    /** Archived rooms, the last one first. */
    async archived(actor: Actor, input: unknown): Promise<Page<ManagedRoomView>> {
      insist(canManage(actor));
      const { before } = parse(archivedPageSchema, input);
      const found = await rooms.archived(before ? new Date(before) : null, LIMITS.listPage + 1);
      const items = await managed(found.slice(0, LIMITS.listPage));
      return { items, next: found.length > LIMITS.listPage ? (items.at(-1)?.archivedAt ?? null) : null };
    },

    /** Raises not-found. */
    async forEdit(actor: Actor, input: unknown): Promise<RoomEditView> {
      insist(canManage(actor));
      return editView(await doors.stored(parse(byRoomSchema, input).roomId));
    },

    /** Ready-made rooms that are not there yet. */
    async ready(actor: Actor): Promise<ReadyRoomView[]> {
      insist(canManage(actor));
      const taken = await rooms.taken(readyRooms.map((room) => room.slug));
      return readyRooms
        .filter((room) => !taken.has(room.slug))
        .map(({ slug, name, purpose }) => ({ slug, name, purpose }));
    },

    /** One of the ready-made rooms; twice is no error. Raises not-found, conflict when the list is full. */
    async addReady(actor: Actor, input: unknown): Promise<{ slug: string }> {
      insist(canManage(actor));
      const { slug } = parse(readyRoomSchema, input);
      const room = readyRooms.find((one) => one.slug === slug);
      if (!room) throw new AppError('not-found');
      if (!(await rooms.taken([slug])).has(slug)) await record(actor, 'created', undefined, slug);
      await rooms.makeSure({ ...room, position: endOf(await listWithPlace()) });
      const made = await rooms.bySlug(slug);
      if (made) changed(made.id);
      return { slug };
    },

    /** At the end of the list. The same form again answers the same room. Raises input.*, conflict when the list is full. */
    async create(actor: Actor, input: unknown): Promise<{ id: string; slug: string }> {
      insist(canManage(actor));
      const fields = parse(createRoomSchema, input);
      const before = await rooms.byClientId(fields.clientId);
      if (before) return { id: before.id, slug: before.slug };
      const position = endOf(await listWithPlace());
      const slug = slugFrom(fields.name);
      await record(actor, 'created', undefined, slug);
      for (let round = 0; round < TRIES; round++) {
        const made = await rooms.insert({ ...fields, position, slug: round === 0 ? slug : slugWithTail(slug) });
        if (!made) continue;
        changed(made.id);
        return { id: made.id, slug: made.slug };
      }
      throw new AppError('conflict');
    },

    /** Raises input.*, not-found, and conflict when somebody else saved since the form was opened. */
    async update(actor: Actor, input: unknown): Promise<{ slug: string }> {
      insist(canManage(actor));
      const { roomId, version, ...fields } = parse(updateRoomSchema, input);
      const before = await doors.stored(roomId);
      if (before.version !== version) throw new AppError('conflict');
      await record(
        actor,
        'changed',
        roomId,
        before.access === fields.access ? '' : `${before.access} → ${fields.access}`,
      );
      const room = await rooms.update(roomId, version, fields);
      if (!room) throw new AppError('conflict');
      if (before.access !== room.access) await accessChanged(roomId);
      changed(roomId);
      return { slug: room.slug };
    },

    /** Two who order at once both get their way. Raises not-found, and conflict when one of both rooms left the list. */
    async move(actor: Actor, input: unknown): Promise<void> {
      insist(canManage(actor));
      const { roomId, before = null } = parse(moveRoomSchema, input);
      await doors.stored(roomId);
      for (let round = 0; round < TRIES && before !== roomId; round++) {
        const all = await rooms.all(LIMITS.rooms);
        const room = all.find(({ id }) => id === roomId);
        if (!room) throw new AppError('conflict');
        const to = between(
          all.filter(({ id }) => id !== roomId),
          before,
        );
        if (to === null) await rooms.renumber(all);
        else if (await rooms.place(roomId, room.position, to)) return changed(roomId);
      }
      if (before !== roomId) throw new AppError('conflict');
    },

    /** Nobody posts any more, the list does not show it; links to it keep working. Twice is no error. */
    async archive(actor: Actor, input: unknown): Promise<void> {
      insist(canManage(actor));
      const { id, archivedAt } = await doors.stored(parse(byRoomSchema, input).roomId);
      if (archivedAt) return;
      await record(actor, 'archived', id);
      if (!(await rooms.archive(id, clock.now()))) return;
      await accessChanged(id);
      changed(id);
    },

    /** Back in the list, where it was. Twice is no error. Raises conflict when the list is full. */
    async reopen(actor: Actor, input: unknown): Promise<void> {
      insist(canManage(actor));
      const { id, archivedAt } = await doors.stored(parse(byRoomSchema, input).roomId);
      await listWithPlace();
      if (!archivedAt) return;
      await record(actor, 'reopened', id);
      if (!(await rooms.reopen(id))) return;
      await accessChanged(id);
      changed(id);
    },
  };
}
