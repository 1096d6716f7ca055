// While the database is away people are told to try again; nobody is signed out, nothing counts as a failure.
import { expect, test } from 'vitest';
import { createTestAccounts, HOME, makeUser, strongPassword } from '../support/accounts.ts';
import { openTestDatabase } from '../support/database.ts';

test('without a database every door answers "unavailable", and her login holds when it is back', async () => {
  const database = await openTestDatabase();
  const { accounts } = await createTestAccounts(database.connection);
  const { actor, cookie, userName, password } = await makeUser(accounts, 'mentor');
  const socket = database.connection.getClient().options.hosts[0]?.socketPath ?? '';
  const uri = process.env.MONGODB_URI ?? `mongodb://${encodeURIComponent(socket)}/?directConnection=true`;
  const { name: dbName } = database.connection;
  await database.connection.close();
  const away = { code: 'unavailable' };
  await expect(accounts.actorFromCookie(cookie)).rejects.toMatchObject(away);
  await expect(accounts.signIn({ userName, password }, HOME)).rejects.toMatchObject(away);
  await expect(accounts.peekInvitation('0000-0000-0000-0000', HOME)).rejects.toMatchObject(away);
  await expect(accounts.isSessionAlive([actor.sessionId])).rejects.toMatchObject(away);
  await expect(accounts.signOutEverywhere(actor)).rejects.toMatchObject(away);
  const input = { code: '0', locale: 'de', displayName: 'x', userName: 'xyz', password: strongPassword() };
  await expect(accounts.register(input, HOME)).rejects.toMatchObject(away);
  await database.connection.openUri(uri, { dbName });
  expect((await accounts.actorFromCookie(cookie))?.actor).toEqual(actor);
  expect((await accounts.signIn({ userName, password }, HOME)).actor.id).toBe(actor.id);
  await database.close();
});
