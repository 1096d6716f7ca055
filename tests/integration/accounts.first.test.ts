// The one-time link of an empty hub: the first coordinator, and never a second one by it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestAccounts, HOME, registerWith, strongPassword, type TestAccounts } from '../support/accounts.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let hub: TestAccounts;
beforeEach(async () => {
  database = await openTestDatabase();
  hub = await createTestAccounts(database.connection);
});
afterEach(() => database.close());

const invalid = { code: 'auth.invitation-invalid' };
const link = async (): Promise<string> => {
  const first = await hub.accounts.firstInvitation();
  if (!first) throw new Error('no link');
  return first.code;
};

test('an empty hub offers one link for 24 hours; a hub with a coordinator none', async () => {
  const first = await hub.accounts.firstInvitation();
  const hours = (Date.parse(first?.expiresAt ?? '') - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  expect(hours).toBeLessThanOrEqual(24);
  const code = first?.code ?? '';
  expect(await hub.accounts.peekInvitation(code, HOME)).toEqual({ role: 'coordinator', invitedBy: null, first: true });
  const { actor } = await registerWith(hub.accounts, code);
  expect(actor.role).toBe('coordinator');
  expect(await hub.accounts.firstInvitation()).toBeNull();
  await expect(hub.accounts.peekInvitation(code, HOME)).rejects.toMatchObject(invalid);
});

test('the link ends after 24 hours and with every newer one', async () => {
  const older = await link();
  const newer = await link();
  await expect(registerWith(hub.accounts, older)).rejects.toMatchObject(invalid);
  hub.clock.move(25 * 3_600_000);
  await expect(registerWith(hub.accounts, newer)).rejects.toMatchObject(invalid);
  expect((await registerWith(hub.accounts, await link())).actor.role).toBe('coordinator');
});

test('thirty who race with the link make one coordinator', async () => {
  const code = await link();
  const results = await Promise.allSettled(Array.from({ length: 30 }, () => registerWith(hub.accounts, code)));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(await hub.models.users.countDocuments()).toBe(1);
});

test('processes that start at once leave one link, and even two links make one coordinator', async () => {
  const links = await Promise.all(Array.from({ length: 8 }, link));
  expect(await hub.models.invitations.countDocuments()).toBe(1);
  const open = await Promise.allSettled(links.map((code) => hub.accounts.peekInvitation(code, HOME)));
  expect(open.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  // someone has passed every check of an older link while a newer one is made and used
  await registerWith(hub.accounts, await link());
  const late = hub.models.users.insertOne({
    _id: 'f'.repeat(24),
    userName: 'late',
    displayName: 'Late',
    role: 'coordinator',
    locale: 'en',
    passwordHash: 'x',
    epoch: 0,
    createdAt: new Date(),
    invitedBy: null,
    invitationId: null,
    first: true,
  });
  await expect(late).rejects.toMatchObject({ code: 11000 });
});

test('a hub that lost its coordinator offers a link again', async () => {
  const { actor } = await registerWith(hub.accounts, await link());
  await hub.models.users.updateOne({ _id: actor.id }, { role: 'member' });
  const again = await registerWith(hub.accounts, await link());
  expect(again.actor.role).toBe('coordinator');
});

test('the link does not appear in the list of invitations and cannot be revoked by its id', async () => {
  const code = await link();
  const row = await hub.models.invitations.findOne({ first: true }).lean();
  const { actor } = await registerWith(hub.accounts, code);
  expect((await hub.accounts.invitations(actor, {})).items).toEqual([]);
  const id = row?._id;
  await expect(hub.accounts.revokeInvitation(actor, { id })).rejects.toMatchObject({ code: 'not-found' });
});

test('codes and passwords are nowhere in the database', async () => {
  const code = await link();
  const password = strongPassword();
  const input = { code, locale: 'de', displayName: 'Judit', userName: 'judit', password };
  const { actor, setCookie } = await hub.accounts.register(input, HOME);
  const { code: invitation } = await hub.accounts.createInvitation(actor, { role: 'member', uses: 1, days: 1 });
  const reset = await hub.accounts.resetByCommand('judit');
  const token = /=([^;]+)/.exec(setCookie)?.[1] ?? '';
  const secrets = [token, password, HOME.address];
  for (const typed of [code, invitation, reset.code]) secrets.push(typed, typed.replaceAll('-', ''));
  const collections = await database.connection.listCollections();
  expect(collections.length).toBeGreaterThanOrEqual(5);
  for (const { name } of collections) {
    const stored = JSON.stringify(await database.connection.collection(name).find().toArray());
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(8);
      expect(stored.includes(secret), `${name} contains a secret`).toBe(false);
    }
  }
});
