// A database of a test's own: a random one on MONGODB_URI, else the embedded engine in a temporary folder. Tests only.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { silentLogger } from '../../server/domain/kernel/logger.ts';

export interface TestDatabase {
  connection: mongoose.Connection;
  close(): Promise<void>;
}

async function onServer(uri: string): Promise<TestDatabase> {
  const connection = await mongoose
    .createConnection(uri, {
      dbName: `test-${randomBytes(8).toString('hex')}`,
      serverSelectionTimeoutMS: 5_000,
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      writeConcern: { w: 'majority', journal: true },
    })
    .asPromise();
  return {
    connection,
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

async function onEmbedded(): Promise<TestDatabase> {
  const { openDatabase } = await import('../../server/database/connect.ts');
  const folder = await mkdtemp(join(tmpdir(), 'st-'));
  const database = await openDatabase({ folder, log: silentLogger });
  return {
    connection: database.connection,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An empty database with the settings of the hub; `close` removes it. Indexes are the caller's (`model.createIndexes()`). */
export function openTestDatabase(): Promise<TestDatabase> {
  const uri = process.env.MONGODB_URI;
  return uri ? onServer(uri) : onEmbedded();
}
