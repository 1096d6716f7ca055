// Starts the embedded database in a worker thread. For database/connect.ts, cli.ts and tests.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EngineOptions, Listen } from './engine.ts';
import { DatabaseOpenError, inUse } from './storage/open-file.ts';
import type { WorkerMessage } from './worker.ts';

export { DatabaseOpenError } from './storage/open-file.ts';

export interface EmbeddedOptions {
  /** Made if it does not exist; holds the file and, by default, the socket. */
  readonly folder: string;
  /** By default a unix socket in the folder, on Windows any loopback port. */
  readonly listen?: Listen;
  /** How often documents of TTL indexes are looked at; default 60. */
  readonly ttlSeconds?: number;
  /** How many documents one aggregation may examine; default 100,000. */
  readonly maxAggregateDocuments?: number;
  /** How many connections there may be at once; default 500. */
  readonly maxConnections?: number;
}

export interface Embedded {
  /** For the driver. */
  readonly uri: string;
  /** Resolves when the engine has ended: with undefined after `close`, with the error if it failed. */
  readonly exited: Promise<Error | undefined>;
  /** Finishes what has arrived, then closes. May be called twice. */
  close(): Promise<void>;
}

const FILE = 'strong-together.sqlite';
const SOCKET = 'database.sock';
const DATABASE = 'strong-together';
/** Systems allow little more than 100 bytes for the path of a socket. */
const MAX_SOCKET_PATH = 100;
const CLOSE_MS = 10_000;
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const REGISTRY = Symbol.for('strong-together.embedded.open');

/**
 * Opens the database of a folder and answers on a socket.
 * @throws DatabaseOpenError if the file must not be opened; another error if the address is taken
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  requireLoopback(options.listen);
  const folder = prepareFolder(options.folder);
  const file = path.join(folder, FILE);
  const open = openFiles();
  if (open.has(file)) throw inUse(file);
  open.add(file);
  const { listen, cleanUp } = chooseAddress(folder, options.listen);
  const { ttlSeconds, maxAggregateDocuments, maxConnections } = options;
  const workerData: EngineOptions = { file, listen, ttlSeconds, maxAggregateDocuments, maxConnections };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    // node:sqlite is marked experimental; nobody who starts the hub can do anything about that.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let closing = false;
  const exited = new Promise<Error | undefined>((resolve) => {
    let failure: Error | undefined;
    worker.on('error', (error) => (failure = error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => {
      open.delete(file);
      cleanUp();
      resolve(failure ?? (closing ? undefined : new Error('the embedded database ended unexpectedly')));
    });
  });
  const port = await firstMessage(worker, exited);
  const close = async (): Promise<void> => {
    if (!closing) {
      closing = true;
      worker.postMessage('close');
    }
    const timer = setTimeout(() => void worker.terminate(), CLOSE_MS);
    await exited;
    clearTimeout(timer);
  };
  return { uri: uriOf(listen, port), exited, close };
}

/** Files open in this process: SQLite's locks do not tell threads of one process apart in every case. */
function openFiles(): Set<string> {
  const shared = globalThis as { [REGISTRY]?: Set<string> };
  shared[REGISTRY] ??= new Set();
  return shared[REGISTRY];
}

function prepareFolder(folder: string): string {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    return fs.realpathSync(folder);
  } catch {
    throw new DatabaseOpenError('read-only', `The database folder ${path.resolve(folder)} cannot be made or used.`);
  }
}

/** The engine has no sign-in: whoever reaches it may read and change everything. */
function requireLoopback(listen: Listen | undefined): void {
  if (listen && 'host' in listen && !LOOPBACK.has(listen.host)) {
    throw new Error('the embedded database listens on this machine only');
  }
}

function chooseAddress(folder: string, wanted: Listen | undefined): { listen: Listen; cleanUp: () => void } {
  const nothing = (): void => undefined;
  if (wanted) return { listen: wanted, cleanUp: nothing };
  if (process.platform === 'win32') return { listen: { host: '127.0.0.1', port: 0 }, cleanUp: nothing };
  const socket = path.join(folder, SOCKET);
  if (Buffer.byteLength(socket) <= MAX_SOCKET_PATH) return { listen: { socket }, cleanUp: nothing };
  const short = fs.mkdtempSync(path.join(os.tmpdir(), 'strong-together-'));
  return {
    listen: { socket: path.join(short, SOCKET) },
    cleanUp: () => fs.rmSync(short, { recursive: true, force: true }),
  };
}

/** @returns the port of a loopback listener */
async function firstMessage(worker: Worker, exited: Promise<Error | undefined>): Promise<number> {
  // under `node --watch` the channel also carries Node's own messages
  const said = new Promise<WorkerMessage>((resolve) => {
    worker.on('message', (message: Partial<WorkerMessage>) => {
      if (message.kind === 'ready' || message.kind === 'failed') resolve(message as WorkerMessage);
    });
  });
  const message = await Promise.race([said, exited]);
  if (message instanceof Error || message === undefined)
    throw message ?? new Error('the embedded database did not start');
  if (message.kind === 'ready') return message.port;
  await exited;
  if (message.reason) throw new DatabaseOpenError(message.reason, message.message);
  throw Object.assign(new Error(message.message), { code: message.code });
}

function uriOf(listen: Listen, port: number): string {
  const address =
    'socket' in listen
      ? encodeURIComponent(listen.socket)
      : `${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${port}`;
  return `mongodb://${address}/${DATABASE}?directConnection=true`;
}
