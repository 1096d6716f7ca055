// Which sanction holds, where and how long.
import { expect, it } from 'vitest';
import { muteOf, shutOutOf, type ActiveSanction } from './sanctions.ts';

const NOW = new Date('2026-05-01T12:00:00Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const one = (change: Partial<ActiveSanction>): ActiveSanction => ({
  ...{ id: 'a', kind: 'mute', roomId: null, until: at(1) },
  ...change,
});

it('a mute in one room leaves the other rooms open to her', () => {
  const who = { sanctions: [one({ roomId: 'jobs' })] };
  expect(muteOf(who, 'jobs', NOW)?.id).toBe('a');
  expect(muteOf(who, 'schools', NOW)).toBeNull();
});
it('a mute everywhere holds in every room, and ends by itself at its minute', () => {
  const who = { sanctions: [one({})] };
  expect(muteOf(who, 'jobs', NOW)?.until).toEqual(at(1));
  expect(muteOf(who, 'jobs', at(1))).toBeNull();
});
it('of several mutes the one that ends last is named', () => {
  const who = {
    sanctions: [one({ id: 'short' }), one({ id: 'long', until: at(9) }), one({ id: 'mid', until: at(2) })],
  };
  expect(muteOf(who, 'jobs', NOW)?.id).toBe('long');
});
it('a mute shuts nobody out, a suspension does until it ends, a ban until it is taken back', () => {
  expect(shutOutOf({ sanctions: [one({})] }, NOW)).toBeNull();
  expect(shutOutOf({ sanctions: [one({ kind: 'suspension' })] }, NOW)?.kind).toBe('suspension');
  expect(shutOutOf({ sanctions: [one({ kind: 'suspension' })] }, at(1))).toBeNull();
  expect(shutOutOf({ sanctions: [one({ kind: 'ban', until: null })] }, at(99_999))?.kind).toBe('ban');
});
it('who has none may do everything', () => {
  expect([muteOf({}, 'jobs', NOW), shutOutOf({}, NOW)]).toEqual([null, null]);
});
