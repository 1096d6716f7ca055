// The hub's own entry as a process on a free port, its database, and a community to sign in as. Tests only.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/database/connect.ts';
import { systemClock, type Clock } from '../../server/domain/kernel/clock.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { createHub, type Hub } from '../../server/hub.ts';
import { TEST_PASSWORD } from './hub.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A folder of a test's own; `remove` deletes it. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'st-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A database of the test's own on the server that MONGODB_URI names; undefined where the embedded one is used. */
export function ownDatabaseUri(): string | undefined {
  const given = process.env.MONGODB_URI;
  return given?.replace(/^(mongodb(?:\+srv)?:\/\/[^/]+)(?:\/[^?]*)?/, `$1/test-${randomBytes(8).toString('hex')}`);
}

export interface RunningProcess {
  child: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** Sends the signal and waits for the end; answers the exit code, null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  ended: Promise<number | null>;
}

/** Starts one of the hub's scripts. The environment is only what is given, and what a process needs at all. */
export function run(script: string, args: string[], env: Record<string, string | undefined>): RunningProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const hear = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return {
    child,
    output: () => output,
    ended,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

export interface TestServer extends RunningProcess {
  origin: string;
}

export interface ServerOptions {
  folder: string;
  port: number;
  mongodbUri?: string | undefined;
  args?: string[];
  env?: Record<string, string>;
}

/** The production entry; resolves when its health says ok, rejects with its output when it ends before. */
export async function startServer({ folder, port, mongodbUri, args = [], env }: ServerOptions): Promise<TestServer> {
  const server = run('server/main.ts', args, {
    PORT: String(port),
    DATA_DIR: folder,
    MONGODB_URI: mongodbUri,
    LOG_LEVEL: 'warn',
    ...env,
  });
  const origin = env?.ORIGIN ?? `http://localhost:${port}`;
  let over = false;
  void server.ended.then(() => (over = true));
  for (;;) {
    if (over) throw new Error(`the hub ended at its start:\n${server.output()}`);
    // asked at its own port: people may come through something else
    const health = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (health?.ok) return { ...server, origin };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** `npm run database`: the embedded engine on its own; answers its address as soon as it is printed. */
export async function startDatabase(folder: string, port = 0): Promise<RunningProcess & { uri: string }> {
  const database = run('server/database/embedded/cli.ts', ['--folder', folder, '--port', String(port)], {});
  let over = false;
  void database.ended.then(() => (over = true));
  for (;;) {
    const uri = /^mongodb:\S+$/m.exec(database.output())?.[0];
    if (uri) return { ...database, uri };
    if (over) throw new Error(`the database ended at its start:\n${database.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Opens the hub's services on a database that no server has open, and closes it again. */
export async function withHub<T>(
  { folder, mongodbUri }: { folder: string; mongodbUri?: string | undefined },
  work: (hub: Hub) => Promise<T>,
  clock: Clock = systemClock,
): Promise<T> {
  const database = await openDatabase({ uri: mongodbUri, folder, log: silentLogger });
  try {
    const config = readConfig({ DATA_DIR: folder }, 'start');
    const passwordCost = { memory: 64, passes: 1 };
    return await work(await createHub({ config, database, log: silentLogger, clock, passwordCost }));
  } finally {
    await database.close();
  }
}

/** `count` members, signed in; the first is the coordinator. Answers their cookies and the id of the room "jobs". */
export function prepareCommunity(
  where: { folder: string; mongodbUri?: string | undefined },
  count: number,
  also: (hub: Hub, people: Actor[]) => Promise<void> = () => Promise.resolve(),
) {
  return withHub(where, async (hub) => {
    const people: Actor[] = [];
    const first = await hub.accounts.firstInvitation();
    if (!first) throw new Error('the database is not empty');
    const cookies: string[] = [];
    let { code } = first;
    let roomId = '';
    for (let i = 0; i < count; i++) {
      const person = { locale: 'en', displayName: `Person ${i}`, userName: `person-${i}`, password: TEST_PASSWORD };
      const context = { address: '192.0.2.1', userAgent: 'test' };
      const { actor, setCookie } = await hub.accounts.register({ ...person, code }, context);
      people.push(actor);
      cookies.push(setCookie.split(';')[0] ?? '');
      if (i > 0) continue;
      code = (await hub.accounts.createInvitation(actor, { role: 'member', note: '', uses: 100, days: 1 })).code;
      roomId = (await hub.rooms.list(actor)).find(({ slug }) => slug === 'jobs')?.roomId ?? '';
    }
    await also(hub, people);
    return { cookies, roomId };
  });
}

/** Drops what `ownDatabaseUri` named. */
export async function dropDatabase(mongodbUri: string | undefined, folder: string): Promise<void> {
  if (!mongodbUri) return;
  const database = await openDatabase({ uri: mongodbUri, folder, log: silentLogger });
  await database.connection.dropDatabase();
  await database.close();
}
