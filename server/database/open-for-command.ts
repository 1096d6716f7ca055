// How a command on the server's machine comes to the hub's database: through the hub that runs, else by itself. Only entries use it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import type { Config } from '../config.ts';
import { silentLogger } from '../domain/kernel/logger.ts';
import { openDatabase } from './connect.ts';

interface Opened {
  connection: mongoose.Connection;
  close(): Promise<void>;
}

/** A hub that runs has the embedded database open; its socket is in the data folder. null: nobody answers there. */
async function throughRunningHub(dataFolder: string): Promise<Opened | null> {
  const socket = join(dataFolder, 'database.sock');
  if (!existsSync(socket)) return null;
  const connection = mongoose.createConnection(
    `mongodb://${encodeURIComponent(socket)}/strong-together?directConnection=true`,
    { serverSelectionTimeoutMS: 2_000, autoIndex: false, autoCreate: false },
  );
  try {
    await connection.asPromise();
  } catch {
    await connection.destroy().catch(() => undefined);
    return null;
  }
  return { connection, close: () => connection.close() };
}

/** The database of a hub that may be running or not; raises what `openDatabase` raises. */
export async function openForCommand({ mongodbUri: uri, dataFolder: folder }: Config): Promise<Opened> {
  const running = uri ? null : await throughRunningHub(folder);
  return running ?? openDatabase({ uri, folder, log: silentLogger });
}
