// `npm run reset`: the way back for a coordinator, whether the hub runs or not. Always on the embedded engine.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../server/database/connect.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { createTestAccounts, HOME, makeUser, strongPassword } from '../support/accounts.ts';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'st-'));
  database = await openDatabase({ folder, log: silentLogger });
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

interface Ran {
  status: number;
  out: string;
  err: string;
}

function reset(...args: string[]): Promise<Ran> {
  const file = join(import.meta.dirname, '../../server/reset.ts');
  const env = { PATH: process.env.PATH, DATA_DIR: folder, ORIGIN: 'https://hub.example.org' };
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], { env }, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err });
    });
  });
}
const codeIn = (out: string): string => /: (\S{4}-\S{4}-\S{4}-\S{4})$/m.exec(out)?.[1] ?? '';

test('while the hub runs, a coordinator gets a code with which she sets a new password', async () => {
  const { accounts } = await createTestAccounts(database.connection);
  const { userName } = await makeUser(accounts, 'coordinator');
  const { status, out, err } = await reset(` ${userName.toUpperCase()}`);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toContain('https://hub.example.org/reset');
  const password = strongPassword();
  await accounts.resetPassword({ userName, code: codeIn(out), password }, HOME);
  expect((await accounts.signIn({ userName, password }, HOME)).actor.role).toBe('coordinator');
});

test('while the hub is stopped, the command opens the database itself and closes it again', async () => {
  const { accounts } = await createTestAccounts(database.connection);
  const { userName } = await makeUser(accounts, 'coordinator');
  await database.close();
  const { status, out, err } = await reset(userName);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  database = await openDatabase({ folder, log: silentLogger });
  const later = await createTestAccounts(database.connection);
  const input = { userName, code: codeIn(out), password: strongPassword() };
  await later.accounts.resetPassword(input, HOME);
});

test('an unknown user name and wrong use are one clear line and change nothing', async () => {
  const unknown = await reset('nobody');
  expect(unknown).toEqual({ status: 1, out: '', err: 'There is no account with the user name nobody.\n' });
  const usage = { status: 1, out: '', err: 'usage: npm run reset -- <user name>\n' };
  expect(await reset()).toEqual(usage);
  expect(await reset('one', 'two')).toEqual(usage);
  expect(await reset('--help')).toEqual(usage);
  expect(await readdir(folder)).not.toContain('first-coordinator.txt');
});
