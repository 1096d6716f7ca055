// The only entry of the hub: config -> database -> hub -> http -> realtime -> pages -> listen -> drain. Nothing imports it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createProbe } from 'node:net';
import { join } from 'node:path';
import { buildPages } from './build.ts';
import { ConfigError, readConfig, type Config, type Mode } from './config.ts';
import { openDatabase } from './database/connect.ts';
import { createSeedClock } from './database/seed/clock.ts';
import { seedDemo, type DemoSignIn } from './database/seed/demo.ts';
import { createDrain, type Drain } from './drain.ts';
import { offerFirstLink } from './first-coordinator.ts';
import { createApp } from './http/app.ts';
import { createHub, type Hub } from './hub.ts';
import { loadPages } from './kit.ts';
import { createLog } from './log.ts';
import { createRealtime, type Realtime } from './realtime/index.ts';
import { explainStart } from './start-errors.ts';

/** How often uploads that no message used are looked for. */
const SWEEP_MS = 60 * 60_000;
const ROOT = join(import.meta.dirname, '..');

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function readMode(args: string[]): Mode {
  const [arg, ...more] = args;
  if (arg === undefined) return 'start';
  if (more.length === 0 && arg === '--demo') return 'demo';
  if (more.length === 0 && arg === '--dev') return 'dev';
  throw new ConfigError([`unknown option ${args.join(' ')}: only --demo or --dev`]);
}

/** Listens until the promise is settled; raises what `listen` reports. */
function listen(server: Pick<Server, 'listen' | 'once' | 'off'>, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** What would fail after a minute of building is tried first. */
async function tryPortAndFolder(config: Config): Promise<void> {
  const probe = createProbe();
  await listen(probe as unknown as Server, config);
  await new Promise((resolve) => probe.close(resolve));
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const trial = join(config.dataFolder, `.trial-${process.pid}`);
  await writeFile(trial, '');
  await rm(trial);
}

function stopListening(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeIdleConnections();
    setTimeout(() => http.closeAllConnections(), 2_000).unref();
  });
}

/** Tells the sockets, lets accepted messages land, closes the sockets. */
async function leaveSockets(realtime: Realtime, hub: Hub): Promise<void> {
  realtime.announceRestart();
  await Promise.race([hub.messages.flush(), new Promise((resolve) => setTimeout(resolve, 3_000).unref())]);
  await realtime.close();
  await hub.messages.flush();
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
  const hub = await createHub({ config, database, log, clock });
  (globalThis as { [key: symbol]: unknown })[Symbol.for('strong-together.hub')] = hub;
  const seeded = config.mode === 'demo' ? await seedDemo(hub, clock, say) : null;

  void hub.attachments.sweep();
  const sweeping = setInterval(() => void hub.attachments.sweep(), SWEEP_MS);
  drain.add('sweeping', () => Promise.resolve(clearInterval(sweeping)));

  hub.jobs.start();
  drain.add('jobs', () => hub.jobs.stop());

  let app: RequestListener = (_request, response) => void response.writeHead(503).end();
  const limits = { requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 };
  const http = createServer(limits, (request, response) => app(request, response));
  const realtime = createRealtime(http, hub);
  const pages = await loadPages({ root: ROOT, config, http });
  drain.add('pages', () => pages.close());
  app = createApp({ hub, pages: pages.handler, draining: () => drain.stopping });
  await listen(http, config);
  drain.add('http', () => stopListening(http));
  drain.add('realtime', () => leaveSockets(realtime, hub));

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
