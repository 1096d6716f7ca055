// Why the hub did not start, in one line for the person at the keyboard. Only main.ts and the commands use it.
import { isDatabaseAway } from './database/errors.ts';
import { ConfigError, type Config } from './config.ts';

const field = (error: unknown, name: string): string =>
  typeof error === 'object' && error !== null ? String((error as Record<string, unknown>)[name] ?? '') : '';

/** Hosts of a database address without user and password. */
function hostsOf(uri: string): string {
  return uri
    .replace(/^[^/]*\/\//, '')
    .replace(/^[^/]*@/, '')
    .replace(/[/?].*$/, '');
}

function listenProblem(code: string, tried: string, config: Config): string | null {
  const { host, metricsPort } = config;
  const port = tried || config.port;
  const name = String(port) === String(metricsPort) ? 'METRICS_PORT' : 'PORT';
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Choose another one with ${name}.`;
  if (code === 'EACCES') return `Port ${port} may not be opened by this user. Choose one above 1023 with ${name}.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is not an address of this machine.`;
  return null;
}

const FOLDER_CODES = new Set(['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST', 'ENOSPC']);

const SHARE = ' Two hubs share one database by npm run database and MONGODB_URI.';

/** Their messages are for the person at the keyboard. */
const PLAIN = new Set([
  'BuildError',
  'CopyError',
  'DamagedError',
  'DatabaseOpenError',
  'FolderTakenError',
  'NewerDatabaseError',
  'NotEmptyError',
  'SecondMachineError',
  'UnfinishedError',
]);

/** The lines to print; null for what is a defect and needs its stack. `config` is missing while it is being read. */
export function explainStart(error: unknown, config?: Config): string[] | null {
  if (error instanceof ConfigError) return error.problems;
  const code = field(error, 'code');
  const name = field(error, 'name');
  if (PLAIN.has(name)) return [field(error, 'message') + (field(error, 'reason') === 'in-use' ? SHARE : '')];
  if (!config) return null;
  if (field(error, 'syscall') === 'listen' || field(error, 'syscall') === 'getaddrinfo') {
    const line = listenProblem(code, field(error, 'port'), config);
    return line ? [line] : null;
  }
  if (FOLDER_CODES.has(code)) {
    const reason = code === 'ENOSPC' ? 'the disk is full' : `it cannot be written (${code})`;
    return [`The folder ${config.dataFolder}: ${reason}. Choose another one with DATA_DIR.`];
  }
  if (!config.mongodbUri) return null;
  const hosts = hostsOf(config.mongodbUri);
  if (/^Mongo(Parse|API|InvalidArgument|MissingCredentials)Error$/.test(name))
    return ['MONGODB_URI cannot be understood by the driver.'];
  if (code === '18' || code === '8000') return [`The database at ${hosts} refuses user or password of MONGODB_URI.`];
  if (isDatabaseAway(error)) return [`The database at ${hosts} (MONGODB_URI) does not answer.`];
  return null;
}
