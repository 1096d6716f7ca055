// What she reads and what others may see of her: the settings that rooms follow.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestAccounts, makeUser, type TestAccounts, type TestUser } from '../support/accounts.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let hub: TestAccounts;
beforeAll(async () => {
  database = await openTestDatabase();
  hub = await createTestAccounts(database.connection);
});
afterAll(() => database.close());

/** As her next page or socket finds her. */
async function meOf({ cookie }: TestUser) {
  const found = await hub.accounts.actorFromCookie(cookie);
  return found && hub.accounts.me(found.actor);
}

test('a new member is shown every language, and her presence is a number only', async () => {
  const user = await makeUser(hub.accounts, 'member');
  expect(await meOf(user)).toMatchObject({ reads: [], showsPresence: false });
});

test('the languages she chooses are kept, each once, in one order', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const me = await hub.accounts.setReads(user.actor, { reads: ['uk', 'de', 'uk'] });
  expect(me.reads).toEqual(['de', 'uk']);
  expect((await meOf(user))?.reads).toEqual(['de', 'uk']);
  expect((await hub.accounts.setReads(user.actor, { reads: [] })).reads).toEqual([]);
  expect((await meOf(user))?.reads).toEqual([]);
});

test.each([
  ['a language that nobody here speaks', { reads: ['xx'] }],
  ['the name of a language', { reads: ['Deutsch'] }],
  ['no list', { reads: 'de' }],
  ['nothing', {}],
  ['not even an object', null],
  ['a list without end', { reads: Array.from({ length: 500 }, () => 'de') }],
  ['an operator of the database', { reads: [{ $ne: '' }] }],
])('%s is refused and changes nothing', async (_what, input) => {
  const user = await makeUser(hub.accounts, 'member');
  await hub.accounts.setReads(user.actor, { reads: ['ar'] });
  await expect(hub.accounts.setReads(user.actor, input)).rejects.toMatchObject({
    code: expect.stringMatching(/^input\./),
  });
  expect((await meOf(user))?.reads).toEqual(['ar']);
});

test('showing her name is her own choice, and open sockets are told at once', async () => {
  const user = await makeUser(hub.accounts, 'member');
  const told = () => hub.events.filter((event) => event.name === 'user.changed' && event.userId === user.actor.id);
  expect((await hub.accounts.setPresence(user.actor, { showsPresence: true })).showsPresence).toBe(true);
  expect((await meOf(user))?.showsPresence).toBe(true);
  expect(told()).toHaveLength(1);
  await expect(hub.accounts.setPresence(user.actor, { showsPresence: 'yes' })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await hub.accounts.setPresence(user.actor, { showsPresence: false });
  expect((await meOf(user))?.showsPresence).toBe(false);
});

test('what others see of her says neither what she reads nor what she allows', async () => {
  const user = await makeUser(hub.accounts, 'member', 'Rana');
  await hub.accounts.setReads(user.actor, { reads: ['ar'] });
  await hub.accounts.setPresence(user.actor, { showsPresence: true });
  const view = (await hub.accounts.personViews([user.actor.id])).get(user.actor.id);
  expect(Object.keys(view ?? {}).sort()).toEqual(['displayName', 'hue', 'id', 'role']);
});
