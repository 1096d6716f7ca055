// Starting and stopping the hub as its people do: clear lines when it cannot, a clean end when it must, a link for the first coordinator.
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_PASSWORD } from '../support/hub.ts';
import { freePort, run, startServer, temporaryFolder } from '../support/servers.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

/** Starts the hub with something wrong; answers what it says before it ends with code 1. */
async function refused(env: Record<string, string>, args: string[] = []): Promise<string> {
  const hub = run('server/main.ts', args, { LOG_LEVEL: 'warn', DATA_DIR: folder.path, ...env });
  expect(await hub.ended).toBe(1);
  expect(hub.output()).not.toMatch(/\n\s+at /);
  return hub.output();
}
const oneLine = (text: string): string => {
  const lines = text.trim().split('\n');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
};

describe('a start that cannot be is refused with clear words', () => {
  test('a wrong environment: every problem at once, with its variable', async () => {
    const said = await refused({ PORT: 'web', ORIGIN: 'hub', TRUST_PROXY: '-1' });
    expect(
      said
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(['PORT', 'ORIGIN', 'TRUST_PROXY']);
  });

  test('an option that does not exist', async () => {
    expect(oneLine(await refused({}, ['--demmo']))).toContain('--demmo');
  });

  test('a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect(oneLine(await refused({ PORT: String(port) }))).toBe(
      `Port ${port} is taken by another program. Choose another one with PORT.`,
    );
    other.close();
  });

  test('a folder that cannot be written', async () => {
    const file = join(folder.path, 'a-file');
    await writeFile(file, '');
    const said = oneLine(await refused({ PORT: String(await freePort()), DATA_DIR: join(file, 'data') }));
    expect(said).toContain(join(file, 'data'));
    expect(said).toContain('DATA_DIR');
  });

  test('a database that does not answer, without its password in the words', async () => {
    const MONGODB_URI = 'mongodb://somebody:secret@127.0.0.1:9/hub?serverSelectionTimeoutMS=300';
    const said = oneLine(await refused({ PORT: String(await freePort()), MONGODB_URI }));
    expect(said).toContain('127.0.0.1:9');
    expect(said).not.toContain('secret');
  });
});

describe('a hub that runs', () => {
  test('says where the link for the first coordinator is, works, and stops cleanly however often Ctrl-C is pressed', async () => {
    const port = await freePort();
    const server = await startServer({ folder: folder.path, port, env: { LOG_LEVEL: 'info' } });
    const file = join(folder.path, 'first-coordinator.txt');
    const { origin } = server;
    try {
      const inUse = oneLine(await refused({ PORT: String(await freePort()) }));
      expect(inUse).toMatch(/already|in use|open/i);

      expect(statSync(file).mode & 0o777).toBe(0o600);
      const link = /http:\S+\/join\/(\S+)/.exec(await readFile(file, 'utf8'));
      expect(link?.[0]).toMatch(`${origin}/join/`);
      expect(server.output()).toContain('first-coordinator.txt');
      expect(server.output()).not.toContain(link?.[1]);

      const form = { locale: 'de', displayName: 'Katrin', userName: 'katrin', password: TEST_PASSWORD };
      const joined = await fetch(link?.[0] ?? '', {
        method: 'POST',
        redirect: 'manual',
        headers: { origin, accept: 'text/html' },
        body: new URLSearchParams(form),
      });
      expect(joined.status).toBe(303);
      expect(joined.headers.get('set-cookie')).toMatch(/^session=[^;]+;.*HttpOnly.*SameSite=Lax/i);
      await expect.poll(() => existsSync(file)).toBe(false);
    } finally {
      server.child.kill('SIGINT');
    }
    const began = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 320));
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(server.output()).not.toMatch(/\n\s+at |ExperimentalWarning/);
    expect(server.output()).toContain('hub stopped');
  }, 120_000);

  test('offers no second link once there is a coordinator, and the next start finds what was kept', async () => {
    const server = await startServer({ folder: folder.path, port: await freePort() });
    expect(existsSync(join(folder.path, 'first-coordinator.txt'))).toBe(false);
    const answer = await fetch(`${server.origin}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: server.origin, accept: 'text/html' },
      body: new URLSearchParams({ userName: 'katrin', password: TEST_PASSWORD }),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/rooms']);
    expect(await server.end('SIGTERM')).toBe(0);
  }, 120_000);
});
