// The one connection to the database: the embedded engine, or what MONGODB_URI names. Only main.ts and the commands open it.
import mongoose from 'mongoose';
import './driver.ts';
import type { Logger } from '../domain/kernel/logger.ts';
import { startEmbedded } from './embedded/start.ts';
import { claimMachine, type Claim } from './one-machine.ts';

export interface Database {
  connection: mongoose.Connection;
  embedded: boolean;
  /** Under which other processes of this machine reach the same database; may hold a password. */
  readonly uri: string;
  /** False while the driver has no server; commands then wait up to five seconds and fail as 'unavailable'. */
  ready(): boolean;
  close(): Promise<void>;
}

const OPTIONS: mongoose.ConnectOptions = {
  serverSelectionTimeoutMS: 5_000,
  heartbeatFrequencyMS: 2_000,
  socketTimeoutMS: 30_000,
  maxPoolSize: 30,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  // metrics.ts listens; unheard, it costs nothing worth measuring
  monitorCommands: true,
  writeConcern: { w: 'majority', journal: true },
};

type Embedded = Awaited<ReturnType<typeof startEmbedded>>;

/**
 * Opens the database of `uri`, or the embedded one in `folder`. An embedded engine that dies is started again.
 * Raises the driver's error (server away) or the engine's DatabaseOpenError (in use elsewhere, foreign
 * file, …), or SecondMachineError.
 */
export async function openDatabase(options: {
  uri?: string | undefined;
  folder: string;
  log: Logger;
}): Promise<Database> {
  const { uri, folder, log } = options;
  if (uri) return external(uri, log);
  const machine = await claimMachine(folder);
  try {
    return await openEmbedded({ folder, log, machine });
  } catch (error) {
    // in use by another process here: then the sign is its own
    if ((error as { reason?: unknown }).reason === 'in-use') machine.forget();
    else await machine.release();
    throw error;
  }
}

async function openEmbedded(parts: { folder: string; log: Logger; machine: Claim }): Promise<Database> {
  const engine = await startEmbedded({ folder: parts.folder });
  try {
    const connection = await mongoose.createConnection(engine.uri, OPTIONS).asPromise();
    return embedded({ connection, engine, ...parts });
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function external(uri: string, log: Logger): Promise<Database> {
  const connection = mongoose.createConnection(uri, OPTIONS);
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.destroy().catch(() => undefined);
    throw error;
  }
  logChanges(connection, log);
  const close = async () => {
    connection.removeAllListeners('disconnected');
    await connection.close();
  };
  return { connection, embedded: false, uri, ready: () => connection.readyState === 1, close };
}

function logChanges(connection: mongoose.Connection, log: Logger): void {
  connection.on('disconnected', () => log.warn({}, 'database away'));
  connection.on('reconnected', () => log.info({}, 'database back'));
  connection.on('error', (error: unknown) => log.warn({ err: error }, 'database connection error'));
}

interface EmbeddedParts {
  connection: mongoose.Connection;
  engine: Embedded;
  folder: string;
  log: Logger;
  machine: Claim;
}

function embedded(start: EmbeddedParts): Database {
  const { connection, folder, log } = start;
  let engine = start.engine;
  let closing = false;
  logChanges(connection, log);

  async function startAgain(): Promise<void> {
    for (let pause = 100; !closing; pause = Math.min(pause * 2, 5_000)) {
      try {
        const next = await startEmbedded({ folder });
        if (next.uri !== engine.uri) {
          await connection.close();
          await connection.openUri(next.uri, OPTIONS);
        }
        engine = next;
        watch();
        log.info({}, 'embedded database started again');
        return;
      } catch (error) {
        log.error({ err: error }, 'embedded database did not start');
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  function watch(): void {
    const died = () => {
      if (closing) return;
      log.error({}, 'embedded database stopped, starting it again');
      void startAgain();
    };
    engine.exited.then(died, died);
  }
  watch();

  return {
    connection,
    embedded: true,
    get uri() {
      return engine.uri;
    },
    ready: () => connection.readyState === 1,
    close: async () => {
      closing = true;
      connection.removeAllListeners('disconnected');
      await connection.close().catch((error: unknown) => log.warn({ err: error }, 'connection did not close'));
      await engine.close();
      await start.machine.release();
    },
  };
}
