// Guessing is limited, and nobody is locked out by what others do.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AppError } from '../../server/domain/kernel/app-error.ts';
import {
  createTestAccounts,
  HOME,
  makeUser,
  strongPassword,
  type TestAccounts,
  type TestUser,
} from '../support/accounts.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const DAY = 24 * 60 * 60 * 1000;
const QUARTER = 15 * 60 * 1000;
let database: TestDatabase;
let hub: TestAccounts;
beforeAll(async () => {
  database = await openTestDatabase();
  hub = await createTestAccounts(database.connection);
});
afterAll(() => database.close());
// each test begins shortly after a midnight of its own: earlier failures are past, and no window ends in the middle
beforeEach(() => hub.clock.move(DAY - (hub.clock.now().getTime() % DAY) + 1000));

const from = (address: string) => ({ ...HOME, address });
let count = 0;
const somewhere = (): string => `2001:db8:${(++count).toString(16)}::1`;

const signIn = (user: Pick<TestUser, 'userName' | 'password'>, address: string) =>
  hub.accounts.signIn({ userName: user.userName, password: user.password }, from(address));
/** The code of the refusal, or "ok". */
const outcome = (user: Pick<TestUser, 'userName' | 'password'>, address: string): Promise<string> =>
  signIn(user, address).then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
const guess = (userName: string, address: string) => outcome({ userName, password: 'not hers at all' }, address);

test('after eight wrong passwords an address has to wait, and is told how long', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const address = somewhere();
  for (let n = 0; n < 8; n++) expect(await guess(user.userName, address)).toBe('auth.wrong-password');
  const error = (await signIn(user, address).catch((caught: unknown) => caught)) as AppError;
  expect(error.code).toBe('rate.limited');
  const seconds = Number(error.params?.seconds);
  expect(seconds).toBeGreaterThan(QUARTER / 1000 - 60);
  expect(seconds).toBeLessThanOrEqual(QUARTER / 1000);
  hub.clock.move(seconds * 1000);
  expect(await outcome(user, address)).toBe('ok');
});

test('parallel guesses do not slip through together', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const address = somewhere();
  const results = await Promise.all(Array.from({ length: 40 }, () => guess(user.userName, address)));
  expect(results.filter((code) => code === 'auth.wrong-password')).toHaveLength(8);
  expect(results.filter((code) => code === 'rate.limited')).toHaveLength(32);
});

test('a right password clears what she mistyped before', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const address = somewhere();
  for (let round = 0; round < 4; round++) {
    for (let n = 0; n < 7; n++) expect(await guess(user.userName, address)).toBe('auth.wrong-password');
    expect(await outcome(user, address)).toBe('ok');
  }
});

test('an attacker elsewhere, even from many addresses, does not lock the owner out where she signed in before', async () => {
  const user = await makeUser(hub.accounts, 'member');
  for (let n = 0; n < 15; n++) {
    const address = somewhere();
    for (let k = 0; k < 8; k++) await guess(user.userName, address);
  }
  expect(await guess(user.userName, somewhere())).toBe('rate.limited');
  expect(await outcome(user, HOME.address)).toBe('ok');
});

test('one attacking address does not lock her out anywhere, not even on a new phone', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const address = somewhere();
  for (let n = 0; n < 200; n++) await guess(user.userName, address);
  expect(await guess(user.userName, address)).toBe('rate.limited');
  expect(await outcome(user, somewhere())).toBe('ok');
});

test('a reset code is the way in for someone under attack from everywhere', async () => {
  const user = await makeUser(hub.accounts, 'member');
  for (let n = 0; n < 13; n++) {
    const address = somewhere();
    for (let k = 0; k < 8; k++) await guess(user.userName, address);
  }
  const newPhone = somewhere();
  expect(await outcome(user, newPhone)).toBe('rate.limited');
  const { code } = await hub.accounts.resetByCommand(user.userName);
  const password = strongPassword();
  await hub.accounts.resetPassword({ userName: user.userName, code, password }, from(newPhone));
  expect(await outcome({ userName: user.userName, password }, newPhone)).toBe('ok');
});

test('80 women behind one address sign in within a minute, though each mistypes once', async () => {
  const women = await Promise.all(Array.from({ length: 80 }, () => makeUser(hub.accounts, 'member')));
  const centre = somewhere();
  const mistyped = await Promise.all(women.map((user) => guess(user.userName, centre)));
  expect(mistyped).toEqual(Array(80).fill('auth.wrong-password'));
  expect(await Promise.all(women.map((user) => outcome(user, centre)))).toEqual(Array(80).fill('ok'));
  // and again on the next evening
  hub.clock.move(DAY);
  expect(await Promise.all(women.map((user) => outcome(user, centre)))).toEqual(Array(80).fill('ok'));
});

test('an address that tries one password on very many accounts is stopped; a woman known there still gets in', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const stranger = await makeUser(hub.accounts, 'member');
  const centre = somewhere();
  expect(await outcome(user, centre)).toBe('ok');
  const results: string[] = [];
  for (let n = 0; n < 130; n++) results.push(await guess(`nobody-${n}`, centre));
  expect(results.slice(0, 120)).toEqual(Array(120).fill('auth.wrong-password'));
  expect(results.slice(120)).toEqual(Array(10).fill('rate.limited'));
  expect(await outcome(stranger, centre)).toBe('rate.limited');
  expect(await outcome(user, centre)).toBe('ok');
});

test('neighbouring addresses of one home count as one place', async () => {
  const user = await makeUser(hub.accounts, 'member');
  for (let n = 1; n <= 8; n++) await guess(user.userName, `2001:db8:aaaa:1::${n}`);
  expect(await guess(user.userName, '2001:db8:aaaa:1::9')).toBe('rate.limited');
});

test('guessing codes is limited per address, using right ones is not', async () => {
  const { actor } = await makeUser(hub.accounts, 'mentor');
  const { code } = await hub.accounts.createInvitation(actor, { role: 'member', uses: 1, days: 1 });
  const address = somewhere();
  for (let n = 0; n < 150; n++) await hub.accounts.peekInvitation(code, from(address));
  const wrong = () =>
    hub.accounts.peekInvitation('0000-0000-0000-0000', from(address)).catch((error: { code: string }) => error.code);
  for (let n = 0; n < 100; n++) expect(await wrong()).toBe('auth.invitation-invalid');
  expect(await wrong()).toBe('rate.limited');
  const reset = hub.accounts.resetPassword({ userName: 'x', code: '0', password: strongPassword() }, from(address));
  await expect(reset).rejects.toMatchObject({ code: 'rate.limited' });
  await hub.accounts.peekInvitation(code, from(somewhere()));
});

test('a stolen phone cannot try passwords without end in the settings', async () => {
  const { actor, password } = await makeUser(hub.accounts, 'member');
  const change = (current: string) => hub.accounts.changePassword(actor, { current, password: strongPassword() });
  for (let n = 0; n < 10; n++) {
    await expect(change('not hers at all')).rejects.toMatchObject({ code: 'auth.wrong-password' });
  }
  await expect(change(password)).rejects.toMatchObject({ code: 'rate.limited' });
});

test('what is stored for the limits names nobody and expires', async () => {
  const user = await makeUser(hub.accounts, 'member');
  await guess(user.userName, '203.0.113.77');
  const rows = await hub.models.limits.find().lean();
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) {
    if (row._id === 'secret') continue;
    expect(row._id).toMatch(/^[0-9a-f]{64}([0-9a-f]{4})?$/);
    expect(row.expiresAt).toBeInstanceOf(Date);
    expect(Object.keys(row).sort()).toEqual(['_id', 'count', 'expiresAt']);
  }
  expect(JSON.stringify(rows)).not.toContain('203.0.113');
});

test('of several invitations for her last open place, made at the same moment, at most one stands', async () => {
  const { actor } = await makeUser(hub.accounts, 'mentor');
  const form = { role: 'member', note: '', days: 7 };
  await hub.accounts.createInvitation(actor, { ...form, uses: 39 });
  const one = () => hub.accounts.createInvitation(actor, { ...form, uses: 1 });
  const made = await Promise.allSettled([one(), one(), one(), one()]);
  const stands = made.filter(({ status }) => status === 'fulfilled').length;
  expect(stands).toBeLessThanOrEqual(1);
  expect(await hub.accounts.placesLeft(actor)).toBe(1 - stands);
  // nothing is left of those that were taken back: the place is free for the next one
  expect((await hub.accounts.invitations(actor, {})).items).toHaveLength(1 + stands);
  if (stands === 0) await one();
});
