// The database for a command beside the hub: through the hub that runs, or opened here when none does. Commands only.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import mongoose from 'mongoose';
import { silentLogger } from '../domain/kernel/logger.ts';
import { openDatabase } from './connect.ts';

interface Opened {
  connection: Connection;
  uri: string;
  /** True when a hub that runs on this machine has the embedded database open. */
  running: boolean;
  close(): Promise<void>;
}

/** A hub that runs has the embedded database open; its socket is in the data folder. null: nobody answers there. */
async function throughRunningHub(dataFolder: string): Promise<Opened | null> {
  const socket = join(dataFolder, 'database.sock');
  if (!existsSync(socket)) return null;
  const uri = `mongodb://${encodeURIComponent(socket)}/strong-together?directConnection=true`;
  const options = { serverSelectionTimeoutMS: 2_000, autoIndex: false, autoCreate: false };
  const connection = mongoose.createConnection(uri, options);
  try {
    await connection.asPromise();
  } catch {
    await connection.destroy().catch(() => undefined);
    return null;
  }
  return { connection, uri, running: true, close: () => connection.close() };
}

/** True when the folder holds an embedded database already. */
export const holdsDatabase = (dataFolder: string): boolean => existsSync(join(dataFolder, 'strong-together.sqlite'));

/** Raises what `openDatabase` raises; makes a new embedded database where there is none. */
export async function openForCommand(where: { mongodbUri?: string | undefined; dataFolder: string }): Promise<Opened> {
  const { mongodbUri: uri, dataFolder: folder } = where;
  const running = uri ? null : await throughRunningHub(folder);
  if (running) return running;
  const database = await openDatabase({ uri, folder, log: silentLogger });
  return { connection: database.connection, uri: database.uri, running: false, close: () => database.close() };
}
