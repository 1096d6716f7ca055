// A source that stands still while it is read: a copy of the embedded database, or a snapshot of MongoDB. For backup.ts.
import { rm } from 'node:fs/promises';
import { MongoClient, type ClientSession, type Db } from 'mongodb';
import { silentLogger } from '../../domain/kernel/logger.ts';
import { openDatabase } from '../connect.ts';

export interface Moment {
  db: Db;
  /** Reads of MongoDB belong to it. */
  session?: ClientSession;
  /** False on a MongoDB that has no snapshots: then what is written meanwhile may be in it or not. */
  still: boolean;
  close(): Promise<void>;
}

const NO_SUCH_COMMAND = 59;

/** Everything as it is now, for as long as it takes to read it. */
export async function openMoment(uri: string): Promise<Moment> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    await client.connect();
    const copy = await copyOf(client);
    if (copy === null) return await snapshotOf(client);
    await client.close();
    return await openCopy(copy, client.options.dbName);
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function copyOf(client: MongoClient): Promise<string | null> {
  try {
    const { folder } = await client.db('admin').command({ saveCopy: 1 });
    return String(folder);
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_SUCH_COMMAND) return null;
    throw error;
  }
}

async function openCopy(folder: string, name: string): Promise<Moment> {
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const database = await openDatabase({ folder, log: silentLogger });
    const db = database.connection.getClient().db(name) as unknown as Db;
    const close = async (): Promise<void> => {
      await database.close();
      await remove();
    };
    return { db, still: true, close };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Replica sets and sharded MongoDB answer from one moment of the last five minutes or so. */
async function snapshotOf(client: MongoClient): Promise<Moment> {
  const hello = await client.db('admin').command({ hello: 1 });
  const still = hello.setName !== undefined || hello.msg === 'isdbgrid';
  if (!still) return { db: client.db(), still, close: () => client.close() };
  const session = client.startSession({ snapshot: true });
  const close = async (): Promise<void> => {
    await session.endSession();
    await client.close();
  };
  return { db: client.db(), session, still, close };
}
