// Who may do what in a room, as tables: access, role, standing.
import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '#shared/accounts.ts';
import { ROOM_ACCESS, STANDINGS, type RoomAccess, type Standing } from '#shared/rooms.ts';
import { canManage, canRead, canSee, moderates, roomAbilities, VISITOR, type Place } from './rooms.policy.ts';

const room = (access: RoomAccess, archived = false) => ({ access, archived });
const place = (standing: Standing, host = false): Place => ({ standing, host });
const can = (role: Role, access: RoomAccess, standing: Standing) => ({
  see: canSee({ role }, room(access), place(standing)).ok,
  read: canRead({ role }, room(access), place(standing)).ok,
});
const NEITHER = { see: false, read: false };
const SEES = { see: true, read: false };
const READS = { see: true, read: true };

describe('who sees and reads a room', () => {
  test.each(STANDINGS)('an open room: everybody (%s)', (standing) => {
    for (const role of ROLES) expect(can(role, 'open', standing)).toEqual(READS);
  });
  test.each(STANDINGS)('a room by request: everybody sees it, who was let in reads it (%s)', (standing) => {
    for (const role of ['member', 'mentor'] as const) {
      expect(can(role, 'request', standing)).toEqual(standing === 'in' ? READS : SEES);
    }
  });
  test.each(STANDINGS)('a room by invitation: who was invited sees it, who is in reads it (%s)', (standing) => {
    const expected = { in: READS, invited: SEES }[standing as string] ?? NEITHER;
    for (const role of ['member', 'mentor'] as const) expect(can(role, 'invitation', standing)).toEqual(expected);
  });
  test.each(STANDINGS)('a room of the staff: mentors and above, a member never (%s)', (standing) => {
    expect(can('member', 'staff', standing)).toEqual(NEITHER);
    expect(can('mentor', 'staff', standing)).toEqual(READS);
  });
  test.each(ROOM_ACCESS)('moderators and coordinators read every room (%s)', (access) => {
    for (const role of ROLES.filter((one) => moderates({ role: one })))
      expect(can(role, access, 'visitor')).toEqual(READS);
  });
  test('what she may not see is not there, what she sees and may not read is closed to her', () => {
    const code = (access: RoomAccess, standing: Standing) => canRead({ role: 'member' }, room(access), place(standing));
    expect(code('request', 'visitor')).toEqual({ ok: false, code: 'forbidden' });
    expect(code('invitation', 'invited')).toEqual({ ok: false, code: 'forbidden' });
    expect(code('invitation', 'visitor')).toEqual({ ok: false, code: 'not-found' });
    expect(code('staff', 'in')).toEqual({ ok: false, code: 'not-found' });
  });
});

describe('what she may do', () => {
  const abilities = (role: Role, access: RoomAccess, at: Place, archived = false) =>
    Object.entries(roomAbilities({ role }, room(access, archived), at))
      .filter(([, may]) => may)
      .map(([name]) => name)
      .join(' ');

  test.each([
    ['member', 'open', VISITOR, 'read post join'],
    ['member', 'open', place('in'), 'read post leave'],
    ['member', 'request', VISITOR, 'ask'],
    ['member', 'request', place('declined'), 'ask'],
    ['member', 'request', place('asked'), 'leave'],
    ['member', 'request', place('in'), 'read post leave'],
    ['member', 'invitation', VISITOR, ''],
    ['member', 'invitation', place('invited'), 'join leave'],
    ['member', 'staff', place('invited'), 'leave'],
    ['mentor', 'staff', VISITOR, 'read post join'],
    ['mentor', 'request', place('in', true), 'read post removeOthers leave host'],
    ['mentor', 'open', place('in', true), 'read post removeOthers leave host'],
    ['moderator', 'invitation', VISITOR, 'read post removeOthers join host manage'],
    ['coordinator', 'request', place('in'), 'read post removeOthers leave host manage'],
  ] as const)('a %s in a room with access "%s" as %j: %s', (role, access, at, expected) => {
    expect(abilities(role, access, at)).toBe(expected);
  });

  test('a host who is no mentor any more, or left, has no rights from it', () => {
    expect(abilities('member', 'open', place('in', true))).toBe('read post leave');
    expect(abilities('mentor', 'open', place('visitor', true))).toBe('read post join');
  });

  test.each(ROLES)('nobody posts in, joins or asks for an archived room (%s)', (role) => {
    for (const access of ROOM_ACCESS) {
      for (const standing of STANDINGS) {
        const may = roomAbilities({ role }, room(access, true), place(standing));
        expect([may.post, may.join, may.ask]).toEqual([false, false, false]);
      }
    }
  });

  test('only moderators and above shape rooms', () => {
    expect(ROLES.filter((role) => canManage({ role }).ok)).toEqual(['moderator', 'coordinator']);
  });
});
