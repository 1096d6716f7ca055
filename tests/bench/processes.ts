// The processes of the bench: the generator, the peers, the hub. Whatever happens, none stays behind. Bench only.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePort, startServer } from '../support/servers.ts';
import type { DialectName } from './generator/client.ts';
import type { Order } from './generator/main.ts';

const HERE = import.meta.dirname;
const children = new Set<ChildProcess>();

/** Ends everything at once; for Ctrl-C and for what went wrong. */
export async function endAll(): Promise<void> {
  await Promise.all([...children].map((child) => ended(child, 'SIGKILL')));
}

function keep<Child extends ChildProcess>(child: Child): Child {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await over;
}

export interface Generator {
  ask<T>(order: Order): Promise<T>;
  end(): Promise<void>;
}

export function startGenerator(): Generator {
  const child = keep(fork(join(HERE, 'generator', 'main.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  const waiting = new Map<number, { resolve: (data: unknown) => void; reject: (error: Error) => void }>();
  let id = 0;
  child.on('message', (answer: { id: number; data?: unknown; error?: string }) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.error === undefined) asked?.resolve(answer.data);
    else asked?.reject(new Error(answer.error));
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the generator ended'));
  });
  return {
    ask: <T>(order: Order) =>
      new Promise<T>((resolve, reject) => {
        waiting.set(++id, { resolve: resolve as (data: unknown) => void, reject });
        child.send({ id, order });
      }),
    end: () => ended(child, 'SIGTERM'),
  };
}

export interface BenchServer {
  dialect: DialectName;
  port: number;
  pid: number;
  end(): Promise<void>;
}

/** A chat server of another kind, by what starts it. */
export async function startChat(
  folder: string,
  begin: (folder: string) => Promise<{ child: ChildProcess; port: number }>,
): Promise<BenchServer> {
  const { child, port } = await begin(folder);
  keep(child);
  return { dialect: 'xmpp', port, pid: child.pid ?? 0, end: () => ended(child, 'SIGTERM') };
}

export async function startPeer(dialect: 'socket.io' | 'ws'): Promise<BenchServer> {
  const file = join(HERE, 'servers', dialect === 'ws' ? 'ws.ts' : 'socket-io.ts');
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = keep(fork(file, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number }));
    child.once('exit', () => reject(new Error(`the ${dialect} server ended at its start`)));
  });
  return { dialect, port, pid: child.pid ?? 0, end: () => ended(child, 'SIGTERM') };
}

/** With `--profile`: where the hub leaves what its processor was busy with, when it ends. */
let profiling: Record<string, string> = {};
export function profileInto(folder: string): void {
  profiling = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` };
}

/** The hub as it ships: its own entry, its own database in `folder`, the settings that a new hub has. */
export async function startHub(folder: string): Promise<BenchServer> {
  const port = await freePort();
  const server = await startServer({ folder, port, env: profiling });
  keep(server.child);
  return { dialect: 'hub', port, pid: server.child.pid ?? 0, end: () => ended(server.child, 'SIGTERM') };
}
