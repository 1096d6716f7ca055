// Who is in a room, and who lets people in and takes them out. Part of the rooms service.
import * as v from 'valibot';
import type { Page, PersonView } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import {
  answerRequestSchema,
  hostSchema,
  membersPageSchema,
  roomPersonSchema,
  type RoomMembersView,
  type RoomMemberView,
  type RoomRequestView,
} from '#shared/rooms.forms.ts';
import type { RoomNotice } from '#shared/rooms.news.ts';
import type { RoomView, Standing } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { Member } from './members.repository.ts';
import { OUTSIDE } from './rooms.members.ts';
import { newcomerReadPosts } from './newcomer.ts';
import type { Parts } from './rooms.parts.ts';
import { canManage, canRead, isStaff, VISITOR } from './rooms.policy.ts';

const standingsSchema = v.object({
  roomId: v.string(),
  userIds: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'))), v.maxLength(LIMITS.listPage)),
});
const EVERYBODY: Standing[] = ['visitor', 'asked', 'declined', 'invited', 'in'];

export function createHosting({ rooms, doors, bus, clock, audit, personViews }: Parts) {
  /** Beside what others write down: who decided about whom in which room. */
  const record = (
    actor: Actor,
    action: 'host' | 'answered' | 'removed',
    { roomId, userId }: { roomId: string; userId: string },
    reason: string,
  ): Promise<void> =>
    audit.record(actor, { action: `room.${action}`, target: { kind: 'room', id: roomId }, person: userId, reason });

  /** Raises not-found for an account that is not there. */
  async function personOf(userId: string): Promise<PersonView> {
    const person = (await personViews([userId])).get(userId);
    if (!person?.displayName) throw new AppError('not-found');
    return person;
  }

  /** `answered`: she had asked, and those who answer need not any more. */
  function tell(member: Member, { lost = false, answered = false } = {}): void {
    const { roomId, userId, standing, host, notice } = member;
    doors.forgetPlace(roomId, userId);
    bus.emit('room.member-changed', { roomId, userId, standing, host, lost, notice });
    if (answered) bus.emit('room.requests-changed', { roomId });
  }

  async function pageOf<T>(
    room: RoomView,
    { standing, before, shown = false }: { standing: Standing; before: string | null | undefined; shown?: boolean },
    view: (member: Member, person: PersonView) => T,
  ): Promise<Page<T>> {
    const found = await rooms.page(room.id, standing, before ?? null, LIMITS.listPage + 1, shown);
    const members = found.slice(0, LIMITS.listPage);
    const people = await personViews(members.map(({ userId }) => userId));
    const items = members.flatMap((member) => {
      const person = people.get(member.userId);
      return person ? [view(member, person)] : [];
    });
    return { items, next: found.length > LIMITS.listPage ? (members.at(-1)?.id ?? null) : null };
  }
  const memberView = (member: Member, person: PersonView): RoomMemberView => ({
    person,
    host: member.host && isStaff(person),
    since: member.since.toISOString(),
  });

  /** The room of a person whom she may let in or out, and what that person is to it. */
  async function target(actor: Actor, input: { roomId: string; userId: string }) {
    const room = await doors.authorise(actor, input.roomId, 'host');
    return { room, person: await personOf(input.userId) };
  }

  return {
    /** Its people, in the order in which they came: all names for those who host, else of those who allow it. */
    async members(actor: Actor, input: unknown): Promise<RoomMembersView> {
      const { roomId, before } = parse(membersPageSchema, input);
      const room = await doors.authorise(actor, roomId, 'read');
      const { host } = room.abilities;
      const [{ items, next }, count] = await Promise.all([
        pageOf(room, { standing: 'in', before, shown: !host }, memberView),
        rooms.count(roomId, 'in'),
      ]);
      return { count, members: items, next, names: host ? 'all' : 'some' };
    },

    /** Who waits for an answer; for hosts. */
    async requests(actor: Actor, input: unknown): Promise<Page<RoomRequestView>> {
      const { roomId, before } = parse(membersPageSchema, input);
      const room = await doors.authorise(actor, roomId, 'host');
      return pageOf(room, { standing: 'asked', before }, (member, person) => ({
        person,
        note: member.note,
        since: member.since.toISOString(),
      }));
    },

    /** Whose invitation is open; for hosts. */
    async invited(actor: Actor, input: unknown): Promise<Page<RoomMemberView>> {
      const { roomId, before } = parse(membersPageSchema, input);
      const room = await doors.authorise(actor, roomId, 'host');
      return pageOf(room, { standing: 'invited', before }, memberView);
    },

    /** What these people are to the room, for the page where people are picked; for hosts. */
    async standings(actor: Actor, input: unknown): Promise<Record<string, Standing>> {
      const { roomId, userIds } = parse(standingsSchema, input);
      await doors.authorise(actor, roomId, 'host');
      const found = await rooms.standingsOf(roomId, userIds);
      return Object.fromEntries(userIds.map((id) => [id, found.get(id)?.standing ?? 'visitor']));
    },

    /**
     * Lets her in or not; the first answer counts. The same answer again is no error; another one, or to a request that
     * was taken back, raises conflict.
     */
    async answer(actor: Actor, input: unknown): Promise<void> {
      const { roomId, userId, answer } = parse(answerRequestSchema, input);
      await doors.authorise(actor, roomId, 'host');
      const standing = answer === 'accept' ? 'in' : 'declined';
      if ((await rooms.member(roomId, userId))?.standing === 'asked')
        await record(actor, 'answered', { roomId, userId }, answer);
      const notice: RoomNotice = answer === 'accept' ? 'accepted' : 'declined';
      const member = await rooms.step(roomId, userId, ['asked'], { standing, note: '', notice, since: clock.now() });
      if (member) tell(member, { answered: true });
      else if ((await rooms.member(roomId, userId))?.standing !== standing) throw new AppError('conflict');
    },

    /**
     * Invites a person; who has asked is let in. Twice is no error. Raises not-found, forbidden (a room of the staff, and
     * she is not one of them), conflict (archived).
     */
    async invite(actor: Actor, input: unknown): Promise<void> {
      const { roomId, userId } = parse(roomPersonSchema, input);
      const { room, person } = await target(actor, { roomId, userId });
      if (room.archived) throw new AppError('conflict');
      if (room.access === 'staff' && !isStaff(person)) throw new AppError('forbidden');
      const since = clock.now();
      if ((await rooms.member(roomId, userId))?.standing === 'asked')
        await record(actor, 'answered', { roomId, userId }, 'accept');
      const accept = { standing: 'in', note: '', notice: 'accepted', since } as const;
      const asked = await rooms.step(roomId, userId, ['asked'], accept);
      if (asked) return tell(asked, { answered: true });
      const read = newcomerReadPosts((await rooms.head(roomId))?.posts ?? 0);
      const set = { ...OUTSIDE, standing: 'invited', notice: 'invited', since } as const;
      const member = await rooms.step(roomId, userId, ['visitor', 'declined'], set, read);
      if (member) tell(member);
    },

    /** Takes a person or her invitation out; twice is no error. A host's place is a moderator's decision. */
    async remove(actor: Actor, input: unknown): Promise<void> {
      const { roomId, userId } = parse(roomPersonSchema, input);
      const { room, person } = await target(actor, { roomId, userId });
      const before = await rooms.member(roomId, userId);
      if (before?.host && isStaff(person)) insist(canManage(actor));
      if (before?.standing !== 'in' && before?.standing !== 'invited') return;
      await record(actor, 'removed', { roomId, userId }, before.standing === 'in' ? '' : 'invitation');
      const notice = before.standing === 'in' ? ('removed' as const) : null;
      const set = { ...OUTSIDE, notice, since: clock.now() };
      const member = await rooms.step(roomId, userId, ['in', 'invited'], set);
      if (!member) return;
      const lost = !canRead(person, room, VISITOR).ok;
      tell(member, { lost });
      if (lost) await doors.raiseAccess(roomId);
    },

    /** Makes a mentor a host (and brings her in), or takes that back. For moderators; raises forbidden for a member. */
    async setHost(actor: Actor, input: unknown): Promise<void> {
      const { roomId, userId, host } = parse(hostSchema, input);
      insist(canManage(actor));
      const { room, person } = await target(actor, { roomId, userId });
      if (host && room.archived) throw new AppError('conflict');
      if (host && !isStaff(person)) throw new AppError('forbidden');
      const before = await rooms.member(roomId, userId);
      if (before?.host === host && before.standing === 'in') return;
      if (!host && before?.standing !== 'in') return;
      await record(actor, 'host', { roomId, userId }, host ? 'host' : 'no host');
      const read = newcomerReadPosts((await rooms.head(roomId))?.posts ?? 0);
      const since = before?.standing === 'in' ? before.since : clock.now();
      const set = { standing: 'in', host, shown: true, note: '', notice: 'host', since } as const;
      const member = host
        ? await rooms.step(roomId, userId, EVERYBODY, set, read)
        : await rooms.step(roomId, userId, ['in'], { host, notice: null });
      if (member) tell(member, { answered: before?.standing === 'asked' });
    },
  };
}
