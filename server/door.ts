// The port people come through: tried before the work, opened after it, closed first when the hub stops. Only main.ts uses it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer as createProbe, type Server as NetServer } from 'node:net';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** What is still being answered may take so long, then its connections are cut. */
const LAST_ANSWERS_MS = 2_000;

/** Listens until the promise is settled; raises what `listen` reports. */
export function listen(server: NetServer, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** What would fail after a minute of building is tried first. */
export async function tryPortAndFolder(config: Config): Promise<void> {
  const probe = createProbe();
  await listen(probe, config);
  await new Promise((resolve) => probe.close(resolve));
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const trial = join(config.dataFolder, `.trial-${process.pid}`);
  await writeFile(trial, '');
  await rm(trial);
}

/** Lets nobody in from now on. `over` resolves when everybody is out: two seconds later at the latest. */
export function closeDoor(http: Server): { over: Promise<void> } {
  const empty = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeIdleConnections();
  const late = new Promise<void>((resolve) => {
    setTimeout(() => {
      http.closeAllConnections();
      resolve();
    }, LAST_ANSWERS_MS).unref();
  });
  return { over: Promise.race([empty, late]) };
}
