// Signing in and out, the list of logins, and what happens to them.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createAccountsService } from '../../server/domain/accounts/accounts.service.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import {
  cookieOf,
  createTestAccounts,
  HOME,
  makeUser,
  TEST_PASSWORD_COST,
  type TestAccounts,
  type TestUser,
} from '../support/accounts.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const DAY = 24 * 60 * 60 * 1000;
let database: TestDatabase;
let hub: TestAccounts;
beforeAll(async () => {
  database = await openTestDatabase();
  hub = await createTestAccounts(database.connection);
});
afterAll(() => database.close());

const signIn = async ({ userName, password }: TestUser, userAgent = HOME.userAgent) => {
  const { actor, setCookie } = await hub.accounts.signIn({ userName, password }, { ...HOME, userAgent });
  return { actor, cookie: cookieOf(setCookie), setCookie };
};
const who = async (cookie: string) => (await hub.accounts.actorFromCookie(cookie))?.actor ?? null;
const ended = (userId: string) =>
  hub.events.flatMap((event) => (event.name === 'session.ended' && event.userId === userId ? [event.sessionIds] : []));

test('she signs in with her user name in any case, and the cookie is for this site and scripts never see it', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const { actor, setCookie } = await signIn({ ...user, userName: ` ${user.userName.toUpperCase()} ` });
  expect(actor.id).toBe(user.actor.id);
  expect(actor.sessionId).not.toBe(user.actor.sessionId);
  expect(setCookie).toMatch(/^session=[a-z2-7]{40}; HttpOnly; Max-Age=2592000; Path=\/; SameSite=Lax$/);
});

test('over https the cookie is bound to this host', async () => {
  const { models, audit, bus, clock } = hub;
  const shared = { models, audit, bus, clock, log: silentLogger, passwordCost: TEST_PASSWORD_COST };
  const secure = createAccountsService({ ...shared, secureCookies: true });
  const { userName, password, cookie } = await makeUser(hub.accounts, 'member');
  const { setCookie } = await secure.signIn({ userName, password }, HOME);
  expect(setCookie).toMatch(/^__Host-session=[a-z2-7]{40}; HttpOnly; Max-Age=2592000; Path=\/; SameSite=Lax; Secure$/);
  expect(await secure.actorFromCookie(cookieOf(setCookie))).not.toBeNull();
  expect(await secure.actorFromCookie(cookie)).toBeNull();
});

test('a wrong password and an unknown user get the same answer', async () => {
  const { userName } = await makeUser(hub.accounts, 'member');
  const answer = (name: string) =>
    hub.accounts
      .signIn({ userName: name, password: 'some other words' }, HOME)
      .catch(({ code, params, message }: { code: string; params?: object; message: string }) => ({
        code,
        params,
        message,
      }));
  expect(await answer(userName)).toEqual({ code: 'auth.wrong-password', message: 'auth.wrong-password' });
  expect(await answer('nobody-of-that-name')).toEqual(await answer(userName));
});

test.each([
  ['nothing', undefined],
  ['an array', []],
  ['no password', { userName: 'a' }],
  ['an empty password', { userName: 'a', password: '' }],
  ['an operator for a name', { userName: { $ne: null }, password: 'x' }],
  ['an operator for a password', { userName: 'a', password: { $gt: '' } }],
  ['a password of a megabyte', { userName: 'a', password: 'x'.repeat(1_000_000) }],
])('signing in with %s is bad input, not an attempt', async (_what, input) => {
  const before = await hub.models.limits.countDocuments();
  const error = await hub.accounts.signIn(input, HOME).catch((caught: { code: string }) => caught.code);
  expect(error).toMatch(/^input\./);
  expect(await hub.models.limits.countDocuments()).toBe(before);
});

test.each([
  ['none', undefined],
  ['another one', 'theme=dark'],
  ['an empty one', 'session='],
  ['an unknown token', `session=${'a'.repeat(40)}`],
  ['an operator', 'session[$ne]=x'],
  ['bytes that cannot be decoded', 'session=%E0%A4%A'],
])('a cookie header with %s is a stranger', async (_what, header) => {
  expect(await hub.accounts.actorFromCookie(header)).toBeNull();
});

test('her cookie is found among broken ones', async () => {
  const { cookie, actor } = await makeUser(hub.accounts, 'member');
  expect(await who(`broken=%E0%A4%A; ${cookie};x`)).toEqual(actor);
});

test('the settings list her logins with device and last use, never those of others', async () => {
  const user = await makeUser(hub.accounts, 'member');
  await makeUser(hub.accounts, 'member');
  const second = await signIn(user, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/132.0');
  const list = await hub.accounts.sessions(second.actor);
  expect(list.map(({ id, device, current }) => ({ id, device, current }))).toEqual([
    { id: second.actor.sessionId, device: 'Firefox · Windows', current: true },
    { id: user.actor.sessionId, device: 'Firefox · Android', current: false },
  ]);
  for (const { createdAt, lastUsedAt } of list)
    expect(Date.parse(createdAt)).toBeLessThanOrEqual(Date.parse(lastUsedAt));
});

test('last use is written at most once a minute', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const lastUse = async () => (await hub.accounts.sessions(user.actor))[0]?.lastUsedAt ?? '';
  const first = await lastUse();
  hub.clock.move(30_000);
  await who(user.cookie);
  expect(await lastUse()).toBe(first);
  hub.clock.move(31_000);
  await who(user.cookie);
  expect(Date.parse(await lastUse()) - Date.parse(first)).toBeGreaterThanOrEqual(60_000);
});

test('signing out ends this login only and closes its sockets', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const other = await signIn(user);
  const { setCookie } = await hub.accounts.signOut(other.actor);
  expect(setCookie).toContain('session=; ');
  expect(setCookie).toContain('Max-Age=0');
  expect(await who(other.cookie)).toBeNull();
  expect(await who(user.cookie)).toEqual(user.actor);
  expect(ended(user.actor.id)).toEqual([[other.actor.sessionId]]);
});

test('she ends one of her logins from another; a login of someone else is not found', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const thief = await makeUser(hub.accounts, 'coordinator');
  const lost = await signIn(user);
  const id = lost.actor.sessionId;
  await expect(hub.accounts.endSession(thief.actor, { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(hub.accounts.endSession(user.actor, { id: 'x' })).rejects.toMatchObject({ code: 'input.invalid' });
  await hub.accounts.endSession(user.actor, { id });
  expect(await who(lost.cookie)).toBeNull();
  expect(ended(user.actor.id)).toEqual([[id]]);
});

test('signing out everywhere ends every login at once, also one whose row is still there', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const other = await signIn(user);
  const rows = await hub.models.sessions.find({ userId: user.actor.id }).lean();
  const ids = rows.map((row) => row._id);
  expect(await hub.accounts.isSessionAlive(ids)).toEqual(new Set(ids));
  await hub.accounts.signOutEverywhere(other.actor);
  expect(ended(user.actor.id)).toEqual(['all']);
  // as if the hub had died between the two steps
  await hub.models.sessions.insertMany(rows);
  expect(await who(user.cookie)).toBeNull();
  expect(await hub.accounts.isSessionAlive(ids)).toEqual(new Set());
  const again = await signIn(user);
  expect((await hub.accounts.sessions(again.actor)).map((row) => row.id)).toEqual([again.actor.sessionId]);
});

test('a login is extended while it is used and ends after thirty days without use', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const start = Date.now();
  try {
    vi.useFakeTimers({ toFake: ['Date'], now: start + 14 * DAY });
    expect((await hub.accounts.actorFromCookie(user.cookie))?.setCookie).toBeNull();
    vi.setSystemTime(start + 16 * DAY);
    expect((await hub.accounts.actorFromCookie(user.cookie))?.setCookie).toContain(user.cookie);
    vi.setSystemTime(start + 45 * DAY);
    expect(await who(user.cookie)).toEqual(user.actor);
    vi.setSystemTime(start + 76 * DAY);
    expect(await hub.accounts.isSessionAlive([user.actor.sessionId])).toEqual(new Set());
    expect(await who(user.cookie)).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

test('the fifty logins used last are kept, older ones end', async () => {
  const user = await makeUser(hub.accounts, 'member');
  for (let n = 0; n < 50; n++) {
    hub.clock.move(1000);
    await signIn(user);
  }
  expect(await who(user.cookie)).toBeNull();
  expect(ended(user.actor.id)).toEqual([[user.actor.sessionId]]);
  expect(await hub.accounts.sessions(user.actor)).toHaveLength(50);
});

test('a password stored at an older cost is stored anew at the next sign-in', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const stored = async () => (await hub.models.users.findById(user.actor.id).lean())?.passwordHash;
  const { models, audit, bus, clock } = hub;
  const passwordCost = { memory: 16, passes: 1 };
  const shared = { models, audit, bus, clock, log: silentLogger };
  const later = createAccountsService({ ...shared, secureCookies: false, passwordCost });
  expect(await stored()).toContain('m=8,');
  await later.signIn({ userName: user.userName, password: user.password }, HOME);
  expect(await stored()).toContain('m=16,');
  await signIn(user);
});
