// The only entry of the hub: config -> database -> hub -> http -> realtime -> pages -> listen -> drain. Nothing imports it.
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import { buildPages } from './build.ts';
import { ConfigError, readConfig, type Config, type Mode } from './config.ts';
import { openDatabase } from './database/connect.ts';
import { createSeedClock } from './database/seed/clock.ts';
import { seedDemo, type DemoSignIn } from './database/seed/demo.ts';
import { closeDoor, listen, tryPortAndFolder } from './door.ts';
import { hashToken } from './domain/kernel/ids.ts';
import { createDrain, type Drain } from './drain.ts';
import { offerFirstLink } from './first-coordinator.ts';
import { createApp } from './http/app.ts';
import { createHub, type Hub } from './hub.ts';
import { loadPages, type Pages } from './kit.ts';
import { createLog } from './log.ts';
import { createMetrics, createMetricsServer, type Metrics } from './metrics.ts';
import { createBackupRunner, createNightly } from './nightly.ts';
import { createHintLine, noLine, type HintLine } from './realtime/hint-line.ts';
import { createRealtime, type Realtime } from './realtime/index.ts';
import { createRedisTransport } from './realtime/redis.ts';
import { explainStart } from './start-errors.ts';

/** How often uploads that no message used are looked for. */
const SWEEP_MS = 60 * 60_000;
/** Two of these, the farewell and the last answers are below the ten seconds in which the hub has to be gone. */
const FLUSH_MS = 2_500;
/** How often what the audit log no longer keeps is taken away. */
const PRUNE_MS = 24 * 60 * 60_000;
const ROOT = join(import.meta.dirname, '..');

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function readMode(args: string[]): Mode {
  const [arg, ...more] = args;
  if (arg === undefined) return 'start';
  if (more.length === 0 && arg === '--demo') return 'demo';
  if (more.length === 0 && arg === '--dev') return 'dev';
  throw new ConfigError([`unknown option ${args.join(' ')}: only --demo or --dev`]);
}

/** Lets accepted messages land, but does not wait for ever for a database that hangs. */
async function flush(hub: Hub): Promise<void> {
  await Promise.race([hub.messages.flush(), new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref())]);
}

/** Lets accepted messages land, tells each socket when to come back, closes them; then what came meanwhile lands. */
async function leaveSockets(realtime: Realtime, hub: Hub): Promise<void> {
  await flush(hub);
  realtime.announceRestart();
  await realtime.close();
  await flush(hub);
}

/** A backup every night, made by a process of its own. */
function startBackups({ config, database, clock, log }: Hub, drain: Drain): void {
  const { backup, dataFolder } = config;
  if (!backup) return;
  const runner = createBackupRunner(() => ({ ...process.env, MONGODB_URI: database.uri, DATA_DIR: dataFolder }));
  const db = () => database.connection.db as unknown as Db;
  const nightly = createNightly({ ...backup, db, at: backup, run: runner.run, clock, log });
  void nightly.look();
  drain.add('backup', () => {
    nightly.stop();
    runner.stop();
    return Promise.resolve();
  });
}

/** To the other processes on this database, where REDIS_URL says by what way. */
async function lineBetween({ redisUrl: url }: Config, log: Hub['log'], drain: Drain): Promise<HintLine> {
  if (!url) return noLine;
  const line = createHintLine({ transport: await createRedisTransport({ url, log }), log });
  drain.add('line', () => line.close());
  return line;
}

/** Figures on a port of this machine, where METRICS_PORT asks for them. */
async function showMetrics(metrics: Metrics, port: number, drain: Drain): Promise<void> {
  const server = createMetricsServer(metrics);
  await listen(server, { host: '127.0.0.1', port });
  drain.add('metrics', () => closeDoor(server).over);
}

function printSignIns(signIns: DemoSignIn[] | undefined): void {
  if (!signIns) {
    print('This hub belongs to a real community, so the demo community was left out.');
    return;
  }
  print(`\nDemo sign-ins, all with the password ${signIns[0]?.password ?? ''}`);
  const width = Math.max(...signIns.map(({ userName }) => userName.length));
  for (const { userName, displayName, role, locale } of signIns) {
    print(`  ${userName.padEnd(width)}  ${role.padEnd(11)}  ${locale}  ${displayName}`);
  }
}

async function start(config: Config, drain: Drain, log: Hub['log']): Promise<void> {
  const say = (line: string): void => {
    if (config.mode === 'start' && !process.stdout.isTTY) log.info({}, line);
    else print(line);
  };
  process.env.NODE_ENV ??= config.mode === 'dev' ? 'development' : 'production';
  await tryPortAndFolder(config);
  const { mongodbUri: uri, dataFolder: folder } = config;
  const database = await openDatabase({ uri, folder, log });
  drain.add('database', () => database.close());
  if (config.mode !== 'dev') await buildPages(ROOT, say);

  const clock = createSeedClock();
  const metrics = config.metricsPort === undefined ? undefined : createMetrics();
  const line = await lineBetween(config, log, drain);
  let pages: Pages | null = null;
  let told = false;
  const pagesWhole = (): boolean => {
    const whole = pages?.built() ?? true;
    // what is loaded belongs to the first build: it cannot take up the other one
    if (!whole && !told) log.warn({}, 'the built pages are gone or others: start the hub again');
    told = !whole;
    return whole;
  };
  const hub = await createHub({
    config,
    database,
    log,
    clock,
    line,
    pagesWhole,
    ...(metrics ? { measure: metrics } : {}),
  });
  (globalThis as { [key: symbol]: unknown })[Symbol.for('strong-together.hub')] = hub;
  const seeded = config.mode === 'demo' ? await seedDemo(hub, clock, say) : null;

  void hub.attachments.sweep();
  const sweeping = setInterval(() => void hub.attachments.sweep(), SWEEP_MS);
  drain.add('sweeping', () => Promise.resolve(clearInterval(sweeping)));
  const prune = (): void =>
    void hub.audit.prune().then(
      (count) => count > 0 && log.info({ count }, 'old entries of the audit log went'),
      (error: unknown) => log.warn({ err: error }, 'the audit log was not pruned'),
    );
  prune();
  const pruning = setInterval(prune, PRUNE_MS);
  drain.add('pruning', () => Promise.resolve(clearInterval(pruning)));

  if (config.mode === 'start') startBackups(hub, drain);

  hub.jobs.start();
  drain.add('push', () => hub.pushSender.stop(FLUSH_MS));
  drain.add('jobs', () => hub.jobs.stop());

  let app: RequestListener = (_request, response) => void response.writeHead(503).end();
  const limits = { requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 };
  const http = createServer(limits, (request, response) => app(request, response));
  const realtime = createRealtime(http, hub);
  // the processes of one hub have its keys in common, and nobody else has them
  line.open(hashToken((await hub.push.keys()).publicKey));
  const loaded = await loadPages({ root: ROOT, config, http });
  pages = loaded;
  drain.add('pages', () => loaded.close());
  app = createApp({ hub, pages: loaded.handler, built: pagesWhole, draining: () => drain.stopping });
  if (metrics && config.metricsPort !== undefined) {
    metrics.watchDatabase(database.connection);
    metrics.watchConnections(() => realtime.io.engine.clientsCount);
    await showMetrics(metrics, config.metricsPort, drain);
  }
  await listen(http, config);
  // closed in the opposite order: nobody new, then the sockets leave, then the last answers are waited for
  let over = Promise.resolve();
  drain.add('http', () => over);
  drain.add('realtime', () => leaveSockets(realtime, hub));
  drain.add('door', () => {
    realtime.closeDoor();
    over = closeDoor(http).over;
    return Promise.resolve();
  });

  log.info({ origin: config.origin, database: database.embedded ? 'embedded' : 'external' }, 'hub is open');
  if (process.stdout.isTTY || config.mode !== 'start') print(`\nStrong Together is open at ${config.origin}`);
  if (config.mode === 'demo') printSignIns(seeded?.signIns);
  else await offerFirstLink(hub, process.stdout.isTTY, print);
  if (process.stdout.isTTY) print('\nCtrl-C stops the hub; what was written stays.');
}

/** Node warns that its SQLite is new; nobody at the keyboard can act on it. */
function hushExperiments(): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`);
  });
}

function fail(error: unknown, config?: Config): void {
  const lines = explainStart(error, config) ?? [
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  ];
  for (const line of lines) process.stderr.write(`${line}\n`);
}

hushExperiments();
// `node --watch` follows what was loaded up to here; Vite's settings, written anew at each start, would restart it for ever
delete process.env.WATCH_REPORT_DEPENDENCIES;
process.stdout.on('error', () => undefined);
try {
  const config = readConfig(process.env, readMode(process.argv.slice(2)));
  const log = createLog(config.logLevel);
  const drain = createDrain(log);
  start(config, drain, log).catch((error: unknown) => {
    if (drain.stopping) return;
    fail(error, config);
    void drain.stop(1);
  });
} catch (error) {
  fail(error);
  process.exitCode = 1;
}
