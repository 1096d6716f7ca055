// The engine in the current thread: opens the file, answers commands, commits in groups, removes what has expired.
// For worker.ts; everybody else uses start.ts.
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import { COMMANDS } from './commands/index.ts';
import type { Call, Context } from './commands/context.ts';
import { Args } from './protocol/args.ts';
import { Cursors } from './protocol/cursors.ts';
import { VERSION } from './protocol/handshake.ts';
import type { Request } from './protocol/messages.ts';
import { checkOptions } from './protocol/options.ts';
import { WireServer, type Handler } from './protocol/wire.ts';
import { Operation } from './query/operation.ts';
import type { Paused } from './query/scan.ts';
import { GroupCommit } from './storage/group-commit.ts';
import { openDatabaseFile } from './storage/open-file.ts';
import { saveCopy } from './storage/save-copy.ts';
import { Store } from './storage/store.ts';
import { removeExpired } from './storage/ttl.ts';
import { encodeReply, type Doc } from './values/bson.ts';
import { commandNotFound } from './values/errors.ts';

export type Listen = { readonly socket: string } | { readonly host: string; readonly port: number };

export interface EngineOptions {
  /** The SQLite file; its folder exists. */
  readonly file: string;
  readonly listen: Listen;
  /** How often expired documents are removed; 60 as in MongoDB. */
  readonly ttlSeconds?: number | undefined;
  /** How many documents one aggregation may examine. */
  readonly maxAggregateDocuments?: number | undefined;
  readonly maxConnections?: number | undefined;
}

const DEFAULT_TTL_SECONDS = 60;
/** About 1 s and a few hundred megabytes of small documents. */
const DEFAULT_AGGREGATE_DOCUMENTS = 100_000;
const DEFAULT_CONNECTIONS = 500;
const SWEEP_MS = 60_000;

export class Engine {
  readonly #store: Store;
  readonly #commits: GroupCommit;
  readonly #cursors = new Cursors();
  readonly #server: WireServer;
  readonly #options: EngineOptions;
  readonly #context: Context;
  readonly #counters: Record<string, number> = {};
  readonly #started = performance.now();
  #timers: NodeJS.Timeout[] = [];
  #expiring: Promise<unknown> | undefined;

  /** @throws DatabaseOpenError */
  constructor(options: EngineOptions) {
    this.#options = options;
    this.#store = new Store(openDatabaseFile(options.file));
    this.#commits = new GroupCommit(this.#store);
    const handler: Handler = (request, connection) => this.#handle(request, connection);
    this.#server = new WireServer(handler, options.maxConnections ?? DEFAULT_CONNECTIONS);
    this.#context = {
      store: this.#store,
      cursors: this.#cursors,
      maxAggregateDocuments: options.maxAggregateDocuments ?? DEFAULT_AGGREGATE_DOCUMENTS,
      saveCopy: () => saveCopy(this.#store, options.file),
      status: () => this.#status(),
    };
  }

  /** Starts to answer. @returns the port, for a listener that asked for any */
  async listen(): Promise<number> {
    const { listen, ttlSeconds = DEFAULT_TTL_SECONDS } = this.#options;
    // The file is ours by now, so a socket that lies here was left behind by a process that is gone.
    if ('socket' in listen && process.platform !== 'win32') fs.rmSync(listen.socket, { force: true });
    const address = await this.#server.listen(listen);
    if ('socket' in listen && process.platform !== 'win32') fs.chmodSync(listen.socket, 0o600);
    this.#timers = [
      setInterval(() => this.#expire(), ttlSeconds * 1000),
      setInterval(() => this.#cursors.sweep(), SWEEP_MS),
    ];
    return typeof address === 'object' ? address.port : 0;
  }

  /** Answers what has arrived, then closes connections and file. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#server.close();
    await this.#expiring;
    this.#commits.close();
    this.#store.close();
  }

  async #handle(request: Request, connectionId: number): Promise<Uint8Array> {
    const command = COMMANDS.get(request.name);
    if (!command) throw commandNotFound(`no such command: '${request.name}'`);
    checkOptions(request.name, request.body);
    this.#counters[request.name] = (this.#counters[request.name] ?? 0) + 1;
    const args = new Args(request.name, request.body);
    const operation = new Operation({ maxTimeMs: args.natural('maxTimeMS'), pausable: !command.writes });
    const call: Call = { request, args, operation, connectionId };
    if (command.writes) return this.#commits.write(() => encodeReply(command.run(this.#context, call)));
    const result = command.run(this.#context, call);
    if (result instanceof Promise) return encodeReply(await result);
    return encodeReply(isPausing(result) ? await finish(result) : result);
  }

  /** Never two rounds at once; an error (a full disk) waits for the next round. */
  #expire(): void {
    this.#expiring ??= removeExpired(this.#store, this.#commits)
      .catch(() => undefined)
      .finally(() => (this.#expiring = undefined));
  }

  #status(): Doc {
    const collections = [...this.#store.catalog.collections.values()];
    const file = this.#options.file;
    return {
      host: 'embedded',
      version: VERSION,
      process: 'strong-together',
      pid: process.pid,
      uptime: Math.round((performance.now() - this.#started) / 1000),
      localTime: new Date(),
      connections: { current: this.#server.connections },
      opcounters: { ...this.#counters },
      mem: { resident: Math.round(process.memoryUsage.rss() / 1048576) },
      embedded: {
        collections: collections.length,
        indexes: collections.reduce((sum, { indexes }) => sum + indexes.length, 0),
        documents: collections.reduce((sum, collection) => sum + this.#store.count(collection), 0),
        cursors: this.#cursors.size,
        fileBytes: this.#store.fileBytes(),
        walBytes: fs.statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
        commits: { ...this.#commits.statistics },
        checkpoints: { ...this.#commits.checkpoints },
      },
    };
  }
}

function isPausing(result: Doc | Generator<Paused, Doc>): result is Generator<Paused, Doc> {
  return typeof result['next'] === 'function';
}

/** Carries a reading command on, with whatever else waits in between. */
async function finish(steps: Generator<Paused, Doc>): Promise<Doc> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
