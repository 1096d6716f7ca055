// Coming in, asking, leaving, and her own settings in a room. Part of the rooms service.
import { LIMITS } from '#shared/limits.ts';
import { askRoomSchema, joinMembersSchema, roomSettingsSchema, type RoomSettingsView } from '#shared/rooms.forms.ts';
import { byRoomSchema, type RoomView, type Standing } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import type { Member, MemberChange } from './members.repository.ts';
import { newcomerReadPosts } from './newcomer.ts';
import type { Parts } from './rooms.parts.ts';
import { canRead, isStaff, moderates, VISITOR } from './rooms.policy.ts';

const HOUR = 60 * 60 * 1000;
export const OUTSIDE: MemberChange = { standing: 'visitor', host: false, aside: false, note: '', notice: null };

export function createMembers({ rooms, doors, bus, clock }: Parts) {
  const here = async (actor: Actor, input: unknown): Promise<RoomView> =>
    doors.authorise(actor, parse(byRoomSchema, input).roomId, 'see');

  function tell(member: Member, lost = false): void {
    const { roomId, userId, standing, host } = member;
    doors.forgetPlace(roomId, userId);
    bus.emit('room.member-changed', { roomId, userId, standing, host, lost, notice: null });
  }

  /** What someone who never opened the room counts as read. */
  const startOf = async (roomId: string): Promise<number> => newcomerReadPosts((await rooms.head(roomId))?.posts ?? 0);

  return {
    /**
     * In at once: open rooms, an invitation that she accepts, rooms of the staff. Twice is no error. Raises not-found,
     * forbidden (she has to ask), conflict (the room is archived, or the invitation was taken back meanwhile).
     */
    async join(actor: Actor, input: unknown): Promise<{ slug: string }> {
      const { roomId, shown = isStaff(actor) } = parse(joinMembersSchema, input);
      const room = await doors.authorise(actor, roomId, 'see');
      if (room.standing === 'in') return { slug: room.slug };
      if (!room.abilities.join) throw new AppError(room.archived ? 'conflict' : 'forbidden');
      const free = room.access === 'open' || room.access === 'staff' || moderates(actor);
      const from: Standing[] = free ? ['visitor', 'asked', 'declined', 'invited'] : ['invited'];
      const set = { ...OUTSIDE, standing: 'in' as const, shown, since: clock.now() };
      const member = await rooms.step(roomId, actor.id, from, set, await startOf(roomId));
      if (member) {
        tell(member);
        if (room.standing === 'asked') bus.emit('room.requests-changed', { roomId });
      } else if ((await rooms.member(roomId, actor.id))?.standing !== 'in') {
        doors.forgetPlace(roomId, actor.id);
        throw new AppError('conflict');
      }
      return { slug: room.slug };
    },

    /**
     * Asks to be let in; twice is no error. Raises forbidden, rate.limited (params: seconds) soon after she was declined.
     */
    async ask(actor: Actor, input: unknown): Promise<void> {
      const { roomId, note, shown = false } = parse(askRoomSchema, input);
      const room = await doors.authorise(actor, roomId, 'see');
      if (room.standing === 'asked' || room.standing === 'in') return;
      if (!room.abilities.ask) throw new AppError('forbidden');
      const before = await rooms.member(roomId, actor.id);
      const passed = clock.now().getTime() - (before?.since.getTime() ?? 0);
      const wait = LIMITS.roomAskAgainHours * HOUR - passed;
      if (before?.standing === 'declined' && wait > 0) {
        throw new AppError('rate.limited', { seconds: Math.ceil(wait / 1000) });
      }
      const set = { ...OUTSIDE, standing: 'asked' as const, note, shown, since: clock.now() };
      const member = await rooms.step(roomId, actor.id, ['visitor', 'declined'], set, await startOf(roomId));
      doors.forgetPlace(roomId, actor.id);
      if (!member) return; // her other device was first
      tell(member);
      bus.emit('room.requests-changed', { roomId });
    },

    /** Out of the room, or takes a request or an invitation off; twice is no error. What she wrote stays. */
    async leave(actor: Actor, input: unknown): Promise<void> {
      const room = await here(actor, input);
      if (room.access === 'talk') throw new AppError('forbidden');
      const member = await rooms.step(room.id, actor.id, ['in', 'asked', 'invited'], {
        ...OUTSIDE,
        since: clock.now(),
      });
      if (!member) return;
      const lost = !canRead(actor, room, VISITOR).ok;
      tell(member, lost);
      if (room.standing === 'asked') bus.emit('room.requests-changed', { roomId: room.id });
      if (lost) await doors.raiseAccess(room.id);
    },

    /** What she chose for herself in this room; the defaults when she is not in it. */
    async settings(actor: Actor, input: unknown): Promise<RoomSettingsView> {
      const room = await here(actor, input);
      const member = await rooms.member(room.id, actor.id);
      const { level = 'all', quietFrom = '', quietTo = '', shown = false, aside = false } = member ?? {};
      return { level, quietFrom, quietTo, shown, listed: !aside };
    },

    /** Raises input.*, and forbidden when she is not in the room. */
    async saveSettings(actor: Actor, input: unknown): Promise<void> {
      const { roomId, listed, ...fields } = parse(roomSettingsSchema, input);
      await doors.authorise(actor, roomId, 'see');
      const member = await rooms.step(roomId, actor.id, ['in'], { ...fields, aside: !listed });
      if (!member) throw new AppError('forbidden');
      tell(member);
    },
  };
}
