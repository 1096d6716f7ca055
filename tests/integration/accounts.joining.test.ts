// Joining by invitation through the real driver: who may, how often, until when, and what a stranger learns.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../src/lib/shared/accounts.ts';
import { createTestAccounts, HOME, makeUser, strongPassword, type TestAccounts } from '../support/accounts.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const DAY = 24 * 60 * 60 * 1000;
let database: TestDatabase;
let hub: TestAccounts;
beforeAll(async () => {
  database = await openTestDatabase();
  hub = await createTestAccounts(database.connection);
});
afterAll(() => database.close());

let made = 0;
const newcomer = (code: string, more: object = {}) => ({
  code,
  locale: 'uk',
  displayName: 'Олена',
  userName: `newcomer-${++made}`,
  password: strongPassword(),
  ...more,
});

/** Somewhere else each time: failures of one test are not counted in the next. */
const elsewhere = () => ({ ...HOME, address: `2001:db8:0:${(++made).toString(16)}::1` });

async function invite(role: Role, uses = 1, days = 7) {
  const { actor } = await makeUser(hub.accounts, 'coordinator');
  return { actor, ...(await hub.accounts.createInvitation(actor, { role, uses, days, note: 'Kurs' })) };
}

test('a newcomer joins with the role and the language of her choice and is signed in', async () => {
  const { code } = await invite('mentor');
  const input = newcomer(code, { userName: ' Olena.K ' });
  const { actor, setCookie } = await hub.accounts.register(input, HOME);
  expect(actor).toMatchObject({ userName: 'olena.k', displayName: 'Олена', role: 'mentor', locale: 'uk' });
  expect((await hub.accounts.actorFromCookie(setCookie.split(';')[0]))?.actor).toEqual(actor);
  expect(hub.events).toContainEqual({ name: 'user.joined', userId: actor.id });
  const recorded = await hub.models.log.findOne({ kind: 'account.joined', targetId: actor.id }).lean();
  expect(recorded).not.toBeNull();
});

test('a stranger with a code sees the role and who invites her, nothing else', async () => {
  const { actor, code } = await invite('member');
  expect(await hub.accounts.peekInvitation(code.toLowerCase().replaceAll('-', ' '), HOME)).toEqual({
    role: 'member',
    invitedBy: actor.displayName,
    first: false,
  });
});

test('a hundred who register at once with a code of three uses make exactly three accounts', async () => {
  const { code, invitation } = await invite('member', 3);
  const before = await hub.models.users.countDocuments();
  const tries = Array.from({ length: 100 }, () => hub.accounts.register(newcomer(code), elsewhere()));
  const results = await Promise.allSettled(tries);
  const refused = results.filter((result) => result.status === 'rejected').map((result) => result.reason.code);
  expect(refused).toHaveLength(97);
  expect(new Set(refused)).toEqual(new Set(['auth.invitation-invalid']));
  expect(await hub.models.users.countDocuments()).toBe(before + 3);
  expect((await hub.models.invitations.findById(invitation.id).lean())?.usesLeft).toBe(0);
});

test('twenty who want the same user name at once make one account and use the code up once', async () => {
  const { code, invitation } = await invite('member', 20);
  const tries = Array.from({ length: 20 }, () =>
    hub.accounts.register(newcomer(code, { userName: 'same-name' }), elsewhere()),
  );
  const results = await Promise.allSettled(tries);
  const refused = results.filter((result) => result.status === 'rejected').map((result) => result.reason.code);
  expect(refused).toEqual(Array(19).fill('auth.name-taken'));
  expect((await hub.models.invitations.findById(invitation.id).lean())?.usesLeft).toBe(19);
});

test('the same form sent again, at once or after a lost answer, is the same account and one use', async () => {
  const { code, invitation } = await invite('member');
  const input = newcomer(code);
  const twice = await Promise.all([hub.accounts.register(input, HOME), hub.accounts.register(input, HOME)]);
  const again = await hub.accounts.register(input, HOME);
  expect(new Set([...twice, again].map(({ actor }) => actor.id)).size).toBe(1);
  expect(await hub.models.users.countDocuments({ invitationId: invitation.id })).toBe(1);
  const other = hub.accounts.register({ ...input, password: strongPassword() }, HOME);
  await expect(other).rejects.toMatchObject({ code: 'auth.invitation-invalid' });
  const { code: another } = await invite('member');
  const elsewhere = hub.accounts.register({ ...input, code: another }, HOME);
  await expect(elsewhere).rejects.toMatchObject({ code: 'auth.name-taken' });
});

test('a weak password and a taken name use nothing up', async () => {
  const { code, invitation } = await invite('member');
  const weak = hub.accounts.register(newcomer(code, { password: 'Passwort2026!' }), HOME);
  await expect(weak).rejects.toMatchObject({ code: 'auth.weak-password' });
  const own = hub.accounts.register(newcomer(code, { userName: 'rosenrot', password: 'rosenrot-rosenrot' }), HOME);
  await expect(own).rejects.toMatchObject({ code: 'auth.weak-password' });
  const { userName } = await makeUser(hub.accounts, 'member');
  const taken = hub.accounts.register(newcomer(code, { userName: userName.toUpperCase() }), HOME);
  await expect(taken).rejects.toMatchObject({ code: 'auth.name-taken' });
  expect((await hub.models.invitations.findById(invitation.id).lean())?.usesLeft).toBe(1);
});

test('unknown, used up, expired and revoked codes look the same to a stranger', async () => {
  const usedUp = await invite('member');
  await hub.accounts.register(newcomer(usedUp.code), HOME);
  const revoked = await invite('member');
  await hub.accounts.revokeInvitation(revoked.actor, { id: revoked.invitation.id });
  const expired = await invite('member', 1, 1);
  await hub.models.invitations.updateOne({ _id: expired.invitation.id }, { expiresAt: new Date(Date.now() - DAY) });
  for (const code of [
    usedUp.code,
    revoked.code,
    expired.code,
    '0000-0000-0000-0000',
    'nonsense',
    '',
    { $ne: '' },
    null,
  ]) {
    await expect(hub.accounts.peekInvitation(code, HOME)).rejects.toMatchObject({ code: 'auth.invitation-invalid' });
  }
  for (const { code } of [usedUp, revoked, expired]) {
    const late = hub.accounts.register(newcomer(code), HOME);
    await expect(late).rejects.toMatchObject({ code: 'auth.invitation-invalid' });
  }
});

test('the list shows each state, newest first, and the name of who made it', async () => {
  const mentor = await makeUser(hub.accounts, 'mentor', 'Amal');
  const make = () =>
    hub.accounts.createInvitation(mentor.actor, { role: 'member', uses: '2', days: '1', note: 'Café' });
  const [open, revoked, expired] = [await make(), await make(), await make()];
  await hub.accounts.revokeInvitation(mentor.actor, { id: revoked.invitation.id });
  await hub.models.invitations.updateOne({ _id: expired.invitation.id }, { expiresAt: new Date(Date.now() - 1) });
  const { items, next } = await hub.accounts.invitations(mentor.actor, {});
  expect(next).toBeNull();
  expect(items.map(({ id, state }) => [id, state])).toEqual([
    [expired.invitation.id, 'expired'],
    [revoked.invitation.id, 'revoked'],
    [open.invitation.id, 'open'],
  ]);
  expect(items[2]).toMatchObject({ createdBy: 'Amal', note: 'Café', uses: 2, usesLeft: 2, role: 'member' });
  expect(JSON.stringify(items)).not.toContain(open.code);
});

test('a mentor sees and revokes only her own invitations, a moderator all of them', async () => {
  const mentor = await makeUser(hub.accounts, 'mentor');
  const moderator = await makeUser(hub.accounts, 'moderator');
  const { invitation } = await invite('member');
  const id = invitation.id;
  await expect(hub.accounts.revokeInvitation(mentor.actor, { id })).rejects.toMatchObject({ code: 'not-found' });
  expect((await hub.accounts.invitations(mentor.actor, {})).items).toEqual([]);
  expect((await hub.accounts.invitations(moderator.actor, {})).items.map((item) => item.id)).toContain(id);
  await hub.accounts.revokeInvitation(moderator.actor, { id });
  const { items } = await hub.audit.page(moderator.actor, { about: id });
  expect(items.map(({ action }) => action)).toEqual(['invitation.revoked', 'invitation.created']);
  expect(items[0]?.actor?.id).toBe(moderator.actor.id);
});

test('nobody invites above her right, and links end with the right of who made them', async () => {
  const member = await makeUser(hub.accounts, 'member');
  const mentor = await makeUser(hub.accounts, 'mentor');
  const moderator = await makeUser(hub.accounts, 'moderator');
  const form = { uses: 1, days: 1 };
  for (const [who, role] of [
    [member, 'member'],
    [mentor, 'mentor'],
    [moderator, 'moderator'],
    [moderator, 'coordinator'],
  ] as const) {
    const made = hub.accounts.createInvitation(who.actor, { ...form, role });
    await expect(made).rejects.toMatchObject({ code: 'forbidden' });
  }
  await expect(hub.accounts.invitations(member.actor, {})).rejects.toMatchObject({ code: 'forbidden' });
  const { code } = await hub.accounts.createInvitation(moderator.actor, { ...form, role: 'mentor' });
  await hub.models.users.updateOne({ _id: moderator.actor.id }, { role: 'mentor' });
  await expect(hub.accounts.peekInvitation(code, HOME)).rejects.toMatchObject({ code: 'auth.invitation-invalid' });
});

test('a long list comes in pages without doubles or gaps', async () => {
  const mentor = await makeUser(hub.accounts, 'mentor');
  const made: string[] = [];
  for (let n = 0; n < 60; n++) {
    const { invitation } = await hub.accounts.createInvitation(mentor.actor, { role: 'member', uses: 1, days: 1 });
    made.unshift(invitation.id);
    // as many as stay open a mentor may not have
    await hub.accounts.revokeInvitation(mentor.actor, { id: invitation.id });
  }
  const first = await hub.accounts.invitations(mentor.actor, {});
  const second = await hub.accounts.invitations(mentor.actor, { before: first.next });
  expect(first.items).toHaveLength(50);
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(made);
  expect(second.next).toBeNull();
});

test.each([
  ['no input', undefined, 'input.invalid', undefined],
  ['no name', { displayName: '   ' }, 'input.empty', 'displayName'],
  ['a name with a line break', { displayName: 'a\nb' }, 'input.invalid', 'displayName'],
  ['a name with a direction mark', { displayName: 'a\u202eb' }, 'input.invalid', 'displayName'],
  ['a name that is too long', { displayName: 'x'.repeat(41) }, 'input.too-long', 'displayName'],
  ['a short user name', { userName: 'ab' }, 'input.too-short', 'userName'],
  ['a user name in Arabic', { userName: 'ليلى' }, 'input.invalid', 'userName'],
  ['a user name with a space', { userName: 'a b c' }, 'input.invalid', 'userName'],
  ['a user name that is an operator', { userName: { $gt: '' } }, 'input.invalid', 'userName'],
  ['a short password', { password: 'x7#k9' }, 'input.too-short', 'password'],
  ['a password of 129 letters', { password: 'x'.repeat(129) }, 'input.too-long', 'password'],
  ['an unknown language', { locale: 'xx' }, 'input.invalid', 'locale'],
])('%s is refused with its field', async (_what, wrong, code, field) => {
  const input = wrong && newcomer('0000-0000-0000-0000', wrong);
  const error = await hub.accounts.register(input, HOME).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code, params: { field: field ?? '' } });
});

test('each role has so many open places; one that is taken back is free again', async () => {
  const { actor } = await makeUser(hub.accounts, 'mentor');
  const form = { role: 'member', note: '', days: 7 };
  const { invitation } = await hub.accounts.createInvitation(actor, { ...form, uses: 39 });
  await expect(hub.accounts.createInvitation(actor, { ...form, uses: 2 })).rejects.toMatchObject({
    code: 'input.invalid',
    params: { field: 'uses' },
  });
  expect(await hub.accounts.placesLeft(actor)).toBe(1);
  await hub.accounts.createInvitation(actor, { ...form, uses: 1 });
  await hub.accounts.revokeInvitation(actor, { id: invitation.id });
  await hub.accounts.createInvitation(actor, { ...form, uses: 39 });
});

test('moderators see who invited whom, up and down the chain; mentors and members do not', async () => {
  const { actor: moderator } = await makeUser(hub.accounts, 'moderator');
  const { actor: mentor } = await makeUser(hub.accounts, 'mentor');
  const { code } = await hub.accounts.createInvitation(mentor, { role: 'member', uses: 2, days: 7, note: '' });
  const guests = [];
  for (const _ of [1, 2]) guests.push((await hub.accounts.register(newcomer(code), elsewhere())).actor.id);
  const { items } = await hub.accounts.people(moderator, { by: mentor.id });
  expect(items.map(({ id }) => id)).toEqual(guests.toReversed());
  expect(items[0]?.invitedBy).toMatchObject({ id: mentor.id, displayName: mentor.displayName });
  await expect(hub.accounts.people(mentor, { by: mentor.id })).rejects.toMatchObject({ code: 'forbidden' });
  expect((await hub.accounts.people(mentor, {})).items.some(({ invitedBy }) => invitedBy)).toBe(false);
  for (const by of ['', 'x', { $ne: null }])
    await expect(hub.accounts.people(moderator, { by })).rejects.toMatchObject({ code: 'input.invalid' });
});
