// Lost and changed passwords through the real driver.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  cookieOf,
  createTestAccounts,
  HOME,
  makeUser,
  strongPassword,
  type TestAccounts,
  type TestUser,
} from '../support/accounts.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let hub: TestAccounts;
beforeAll(async () => {
  database = await openTestDatabase();
  hub = await createTestAccounts(database.connection);
});
afterAll(() => database.close());

const invalid = { code: 'auth.reset-invalid' };
const who = async (cookie: string) => (await hub.accounts.actorFromCookie(cookie))?.actor ?? null;
const signIn = (userName: string, password: string) => hub.accounts.signIn({ userName, password }, HOME);
const reset = (userName: string, code: string, password = strongPassword()) =>
  hub.accounts.resetPassword({ userName, code, password }, HOME);

async function lost(): Promise<TestUser & { mentor: TestUser; code: string }> {
  const mentor = await makeUser(hub.accounts, 'mentor');
  const user = await makeUser(hub.accounts, 'member');
  const { code } = await hub.accounts.createResetCode(mentor.actor, { id: user.actor.id });
  return { ...user, mentor, code };
}

test('a mentor helps a member with a lost password; her logins end and both steps are recorded', async () => {
  const { actor, cookie, userName, password: old, mentor, code } = await lost();
  const password = strongPassword();
  await reset(userName.toUpperCase(), code.toLowerCase(), password);
  expect(await who(cookie)).toBeNull();
  expect(hub.events).toContainEqual({ name: 'session.ended', userId: actor.id, sessionIds: 'all' });
  await expect(signIn(userName, old)).rejects.toMatchObject({ code: 'auth.wrong-password' });
  expect((await signIn(userName, password)).actor.id).toBe(actor.id);
  const moderator = await makeUser(hub.accounts, 'moderator');
  const { items } = await hub.audit.page(moderator.actor, { about: userName });
  expect(items.map((item) => [item.action, item.by, item.actor?.id ?? null])).toEqual([
    ['password.reset', 'code', null],
    ['reset-code.created', 'user', mentor.actor.id],
  ]);
});

test('a code works once, even for thirty at the same moment', async () => {
  const { userName, code } = await lost();
  const passwords = Array.from({ length: 30 }, strongPassword);
  const results = await Promise.allSettled(passwords.map((password) => reset(userName, code, password)));
  const won = results.flatMap((result, n) => (result.status === 'fulfilled' ? [passwords[n] ?? ''] : []));
  expect(won).toHaveLength(1);
  await signIn(userName, won[0] ?? '');
  await expect(reset(userName, code)).rejects.toMatchObject(invalid);
});

test('a code ends after 24 hours, with a newer one, and belongs to one account', async () => {
  const { actor, userName, mentor, code } = await lost();
  const other = await makeUser(hub.accounts, 'member');
  await expect(reset(other.userName, code)).rejects.toMatchObject(invalid);
  await expect(reset('nobody-of-that-name', code)).rejects.toMatchObject(invalid);
  const newer = await hub.accounts.createResetCode(mentor.actor, { id: actor.id });
  await expect(reset(userName, code)).rejects.toMatchObject(invalid);
  hub.clock.move(24 * 60 * 60 * 1000 + 1000);
  await expect(reset(userName, newer.code)).rejects.toMatchObject(invalid);
});

test('a weak new password does not use the code up', async () => {
  const { userName, code } = await lost();
  await expect(reset(userName, code, 'qwertzuiop1')).rejects.toMatchObject({ code: 'auth.weak-password' });
  await reset(userName, code);
});

test('nobody makes a code for an equal or higher role, for herself, or for someone unknown', async () => {
  const [member, mentor, coordinator] = await Promise.all(
    (['member', 'mentor', 'coordinator'] as const).map((role) => makeUser(hub.accounts, role)),
  );
  if (!member || !mentor || !coordinator) throw new Error('nobody was made');
  const other = await makeUser(hub.accounts, 'coordinator');
  for (const [who, whom] of [
    [member, mentor],
    [mentor, coordinator],
    [mentor, mentor],
    [coordinator, other],
  ] as const) {
    const made = hub.accounts.createResetCode(who.actor, { id: whom.actor.id });
    await expect(made).rejects.toMatchObject({ code: 'forbidden' });
  }
  const unknown = hub.accounts.createResetCode(coordinator.actor, { id: 'f'.repeat(24) });
  await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
});

test('she changes her password: this login goes on, the others end, the old password is worth nothing', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const other = await signIn(user.userName, user.password);
  const password = strongPassword();
  await hub.accounts.changePassword(user.actor, { current: user.password, password });
  expect(await who(user.cookie)).toEqual(user.actor);
  expect(await who(cookieOf(other.setCookie))).toBeNull();
  const sessionIds = [other.actor.sessionId];
  expect(hub.events).toContainEqual({ name: 'session.ended', userId: user.actor.id, sessionIds });
  await expect(signIn(user.userName, user.password)).rejects.toMatchObject({ code: 'auth.wrong-password' });
  await signIn(user.userName, password);
  await hub.accounts.signOutEverywhere(user.actor);
  expect(await who(user.cookie)).toBeNull();
});

test('a wrong current password or a weak new one changes nothing', async () => {
  const { actor, userName, password: current } = await makeUser(hub.accounts, 'member');
  const change = (input: unknown) => hub.accounts.changePassword(actor, input);
  const password = strongPassword();
  await expect(change({ current: 'not it', password })).rejects.toMatchObject({ code: 'auth.wrong-password' });
  await expect(change({ current, password: `${userName}1234` })).rejects.toMatchObject({ code: 'auth.weak-password' });
  await expect(change({ current, password: 'short' })).rejects.toMatchObject({ code: 'input.too-short' });
  await signIn(userName, current);
});

test('two changes at the same moment: one holds, the other is told', async () => {
  const { actor, userName, password: current } = await makeUser(hub.accounts, 'member');
  const passwords = [strongPassword(), strongPassword()];
  const changes = passwords.map((password) => hub.accounts.changePassword(actor, { current, password }));
  const results = await Promise.allSettled(changes);
  const winner = results.findIndex((result) => result.status === 'fulfilled');
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  const loser = results.find((result) => result.status === 'rejected');
  expect(['conflict', 'auth.wrong-password']).toContain(loser?.reason.code);
  await signIn(userName, passwords[winner] ?? '');
});

test('people are listed for mentors, with user names only of those whom they may help', async () => {
  const mentor = await makeUser(hub.accounts, 'mentor', 'Amal');
  const member = await makeUser(hub.accounts, 'member', 'Hala');
  await expect(hub.accounts.people(member.actor, {})).rejects.toMatchObject({ code: 'forbidden' });
  const all = [];
  let before: string | undefined;
  do {
    const page = await hub.accounts.people(mentor.actor, { before });
    all.push(...page.items);
    before = page.next ?? undefined;
  } while (before);
  expect(all).toHaveLength(await hub.models.users.countDocuments());
  expect(all[0]).toMatchObject({ displayName: 'Hala', userName: member.userName, canReset: true, role: 'member' });
  expect(all[1]).toMatchObject({ displayName: 'Amal', userName: '', canReset: false });
  for (const { hue } of all) expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]).toContain(hue);
});

test('who deletes her account is not on the list and gets no code; moderators see who is shut out', async () => {
  const moderator = await makeUser(hub.accounts, 'moderator');
  const mentor = await makeUser(hub.accounts, 'mentor');
  const [gone, banned, there] = [
    await makeUser(hub.accounts, 'member', 'Gone'),
    await makeUser(hub.accounts, 'member', 'Banned'),
    await makeUser(hub.accounts, 'member', 'There'),
  ];
  const names = { userName: `~${gone.actor.id}`, displayName: '' };
  await hub.models.users.updateOne({ _id: gone.actor.id }, { $set: { leavingAt: new Date(), ...names } });
  const ban = { id: 'one', kind: 'ban' as const, roomId: null, until: null };
  await hub.models.users.updateOne({ _id: banned.actor.id }, { $set: { sanctions: [ban] } });
  const { items } = await hub.accounts.people(moderator.actor, {});
  expect(items.some(({ id }) => id === gone.actor.id)).toBe(false);
  const shutOut = (list: typeof items, id: string) => list.find((one) => one.id === id)?.shutOut;
  expect(shutOut(items, banned.actor.id)).toEqual({ until: null });
  expect(shutOut(items, there.actor.id)).toBeUndefined();
  expect(shutOut((await hub.accounts.people(mentor.actor, {})).items, banned.actor.id)).toBeUndefined();
  const code = hub.accounts.createResetCode(moderator.actor, { id: gone.actor.id });
  await expect(code).rejects.toMatchObject({ code: 'not-found' });
});

test('she changes her name and language; others see the new name', async () => {
  const { actor, cookie } = await makeUser(hub.accounts, 'member');
  expect(await hub.accounts.updateProfile(actor, { displayName: ' ليلى ' })).toMatchObject({ displayName: 'ليلى' });
  expect(await hub.accounts.setLocale(actor, { locale: 'ar' })).toMatchObject({ locale: 'ar', displayName: 'ليلى' });
  expect(hub.events).toContainEqual({ name: 'user.changed', userId: actor.id });
  expect(await who(cookie)).toMatchObject({ displayName: 'ليلى', locale: 'ar' });
  const views = await hub.accounts.personViews([actor.id, 'f'.repeat(24), actor.id]);
  expect(views.get(actor.id)).toMatchObject({ displayName: 'ليلى', role: 'member' });
  expect(views.get('f'.repeat(24))).toEqual({ id: 'f'.repeat(24), displayName: '', role: 'member', hue: 0 });
  await expect(hub.accounts.setLocale(actor, { locale: 'fr' })).rejects.toMatchObject({ code: 'input.invalid' });
});
