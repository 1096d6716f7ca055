// Tests that a database which must not be opened is refused with a reason, and left exactly as it was.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseOpenError, startEmbedded } from '../start.ts';
import { run, temporaryFolder } from './support.ts';

const CLI = path.join(import.meta.dirname, '..', 'cli.ts');
const OPEN_FILE = new URL('../storage/open-file.ts', import.meta.url).href;
const execute = promisify(execFile);
let folder: string;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = path.join(folder, 'strong-together.sqlite');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Makes a database with some content and closes it. */
async function fill(): Promise<void> {
  const engine = await run({ folder });
  await engine.collection('c').insertMany(Array.from({ length: 500 }, (_, i) => ({ i, text: 'x'.repeat(100) })));
  await engine.stop();
}

async function expectRefused(reason: string): Promise<void> {
  const files = (): [string, string][] =>
    fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), 'latin1')]);
  const before = files();
  const failure: unknown = await startEmbedded({ folder }).then(
    (embedded) => embedded.close(),
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(DatabaseOpenError);
  expect(failure).toMatchObject({ reason, message: expect.stringMatching(/^[^\n]+\.$/) });
  expect(files()).toEqual(before);
}

describe('a file that is not ours', () => {
  test('is refused as foreign if it is no SQLite file', async () => {
    fs.writeFileSync(file, 'my precious notes, not a database at all\n'.repeat(50));
    await expectRefused('foreign');
  });

  test('is refused as foreign if it is another program’s SQLite file', async () => {
    const other = new DatabaseSync(file);
    other.exec('PRAGMA journal_mode=WAL; CREATE TABLE notes(text); INSERT INTO notes VALUES(1)');
    other.close();
    await expectRefused('foreign');
  });

  test('is refused as newer if a later release wrote it', async () => {
    await fill();
    const later = new DatabaseSync(file);
    later.exec('PRAGMA journal_mode=DELETE; PRAGMA user_version=99');
    later.close();
    await expectRefused('newer');
  });
});

describe('a damaged file', () => {
  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2))],
    ['overwritten in the middle', (bytes: Buffer) => bytes.fill(0x5a, 8192, 20480)],
    ['overwritten behind its header', (bytes: Buffer) => bytes.fill(0xff, 100, 4096)],
  ])('is refused as corrupt when it is %s', async (_what, damage) => {
    await fill();
    fs.writeFileSync(file, damage(fs.readFileSync(file)));
    await expectRefused('corrupt');
  });

  test('opens again once the backup is back', async () => {
    await fill();
    const backup = fs.readFileSync(file);
    fs.writeFileSync(file, backup.subarray(0, 5000));
    await expectRefused('corrupt');
    fs.writeFileSync(file, backup);
    const engine = await run({ folder });
    expect(await engine.collection('c').countDocuments()).toBe(500);
    await engine.stop();
  });
});

describe('a database that is open', () => {
  test('is refused to the same process and goes on for the first', async () => {
    const first = await run({ folder });
    const link = `${folder}-link`;
    fs.symlinkSync(folder, link);
    for (const name of [folder, link]) {
      await expect(startEmbedded({ folder: name })).rejects.toMatchObject({
        name: 'DatabaseOpenError',
        reason: 'in-use',
      });
    }
    fs.rmSync(link);
    await first.collection('c').insertOne({ a: 1 });
    expect(await first.collection('c').countDocuments()).toBe(1);
    await first.stop();
    await (await run({ folder })).stop();
  });

  test('is refused to another process with one clear line', async () => {
    const first = await run({ folder });
    const second = execute(process.execPath, [CLI, '--folder', folder]);
    await expect(second).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: `The database ${fs.realpathSync(file)} is open in another process (or already in this one).\n`,
    });
    await first.collection('c').insertOne({ a: 1 });
    await first.stop();
  });
});

describe('a folder that cannot be written to', () => {
  test('is refused as read-only', async () => {
    await fill();
    fs.chmodSync(folder, 0o555);
    fs.chmodSync(file, 0o444);
    // Root may write everywhere: as root, the attempt is made by nobody, after the code is loaded.
    const script = `
      const { openDatabaseFile } = await import(${JSON.stringify(OPEN_FILE)});
      if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
      try { openDatabaseFile(${JSON.stringify(file)}); } catch (error) { console.log(error.reason, error.message); }`;
    const { stdout } = await execute(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toBe(`read-only The database folder ${folder} cannot be written to by this user.\n`);
    fs.chmodSync(folder, 0o755);
    expect(fs.readdirSync(folder)).toEqual(['strong-together.sqlite']);
  });

  test('is refused as read-only if it cannot even be made', async () => {
    fs.writeFileSync(file, '');
    await expect(startEmbedded({ folder: path.join(file, 'below') })).rejects.toMatchObject({ reason: 'read-only' });
  });
});
