// `npm run database`: the embedded database on its own, for a second hub process, mongosh or a backup.
import { parseArgs } from 'node:util';
import type { Listen } from './engine.ts';
import { startEmbedded } from './start.ts';

const USAGE = 'usage: npm run database -- [--folder data] [--port number | --socket path]';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', default: process.env['DATA_DIR'] || 'data' },
      port: { type: 'string' },
      socket: { type: 'string' },
    },
  });
  const listen = listenOf(values.port, values.socket);
  const embedded = await startEmbedded({ folder: values.folder, ...(listen ? { listen } : {}) });
  // A second Ctrl-C finds the same handler and does nothing more.
  const stop = (): void => void embedded.close();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.stdout.write(`${embedded.uri}\n`);
  const failure = await embedded.exited;
  if (failure) throw failure;
}

function listenOf(port: string | undefined, socket: string | undefined): Listen | undefined {
  if (port !== undefined && socket !== undefined) throw new Error(USAGE);
  if (socket !== undefined) return { socket };
  if (port === undefined) return undefined;
  const number = Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65535) throw new Error(USAGE);
  return { host: '127.0.0.1', port: number };
}

try {
  await main();
} catch (error) {
  const code = (error as { code?: unknown }).code;
  const message = code === 'EADDRINUSE' ? 'The address is taken by another program.' : (error as Error).message;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
