// Entry of the worker thread that start.ts makes: runs one engine and tells how it went.
import { parentPort, workerData } from 'node:worker_threads';
import { Engine, type EngineOptions } from './engine.ts';
import { DatabaseOpenError, type OpenFailure } from './storage/open-file.ts';

/** What the thread says once. Errors cross as plain values: a class does not survive the way between threads. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly reason?: OpenFailure; readonly code?: string; readonly message: string };

if (!parentPort) throw new Error('worker.ts runs in a worker thread only');
const port = parentPort;
const say = (message: WorkerMessage): void => port.postMessage(message);

let engine: Engine | undefined;
try {
  const running = new Engine(workerData as EngineOptions);
  engine = running;
  port.once('message', () => {
    void running.close().then(() => port.close());
  });
  say({ kind: 'ready', port: await running.listen() });
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  const reason = error instanceof DatabaseOpenError ? { reason: error.reason } : {};
  say({ kind: 'failed', message, ...reason, ...(code === undefined ? {} : { code }) });
  await engine?.close();
  port.close();
}
