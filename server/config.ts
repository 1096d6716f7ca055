// The environment as one frozen object; main.ts and the command line tools read it, everything else gets it handed over.
import { join, resolve } from 'node:path';
import * as v from 'valibot';

export type Mode = 'start' | 'demo' | 'dev';

export interface Config {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  /** Scheme, host and port under which people reach the hub, without a path. */
  readonly origin: string;
  /** undefined: the embedded database in `dataFolder`. */
  readonly mongodbUri: string | undefined;
  /** Carries hints between processes on one database; undefined: this is the only one, or they look every few seconds. */
  readonly redisUrl: string | undefined;
  /** Absolute path of everything the hub keeps. */
  readonly dataFolder: string;
  /** How many proxies in front of the hub may be believed about the client's address. */
  readonly trustProxy: number;
  /** Where this machine reads the figures; undefined: nowhere. */
  readonly metricsPort: number | undefined;
  /** When each night's backup is made, in local time, and where; undefined: never. */
  readonly backup: { hour: number; minute: number; days: number; folder: string } | undefined;
  /** For tests only: push services are on this machine, and nowhere else. */
  readonly pushLoopback: boolean;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

/** Every problem of the environment at once; each names its variable. */
export class ConfigError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost', '[::1]']);
const isLoopback = (host: string): boolean => LOOPBACK.has(host) || /^127(\.\d{1,3}){3}$/.test(host);

const whole = (min: number, max: number) => {
  const expected = `must be a whole number from ${min} to ${max}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/, expected),
    v.transform(Number),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
};

const origin = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, ''),
    'must be like https://hub.example.org, without a path',
  ),
  v.transform((text) => new URL(text).origin),
  v.check((text) => /^https?:/.test(text), 'must begin with https:// (http:// for this machine only)'),
  v.check(
    (text) => !text.startsWith('http:') || isLoopback(new URL(text).hostname),
    'must be https:// unless it is an address of this machine: sign-in cookies need an encrypted connection',
  ),
);

const schema = v.object({
  HOST: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9.:_-]+$/, 'must be an address or a host name')), '127.0.0.1'),
  PORT: v.optional(whole(1, 65_535), '3000'),
  ORIGIN: v.optional(origin),
  MONGODB_URI: v.optional(
    v.pipe(v.string(), v.regex(/^mongodb(\+srv)?:\/\/.+/, 'must begin with mongodb:// or mongodb+srv://')),
  ),
  REDIS_URL: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => /^rediss?:\/\/./.test(text) && URL.canParse(text), 'must begin with redis:// or rediss://'),
    ),
  ),
  DATA_DIR: v.optional(v.string(), 'data'),
  TRUST_PROXY: v.optional(whole(0, 10), '0'),
  BACKUP_AT: v.optional(
    v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):[0-5]\d|off)$/, 'must be a time like 03:30, or off')),
    '03:30',
  ),
  BACKUP_DAYS: v.optional(whole(1, 3_650), '14'),
  BACKUP_DIR: v.optional(v.string()),
  METRICS_PORT: v.optional(whole(1, 65_535)),
  PUSH_LOOPBACK: v.optional(v.literal('yes', 'must be yes, for tests only, or not set')),
  LOG_LEVEL: v.optional(
    v.picklist(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
      'must be fatal, error, warn, info, debug or silent',
    ),
    'info',
  ),
});

function backupOf(values: v.InferOutput<typeof schema>): Config['backup'] {
  if (values.BACKUP_AT === 'off') return undefined;
  const [hour = 0, minute = 0] = values.BACKUP_AT.split(':').map(Number);
  const folder = resolve(values.BACKUP_DIR ?? join(values.DATA_DIR, 'backups'));
  return { hour, minute, days: values.BACKUP_DAYS, folder };
}

/** Reads and checks the environment; an empty variable counts as not set. Raises ConfigError. */
export function readConfig(env: Record<string, string | undefined>, mode: Mode): Config {
  const given = Object.fromEntries(Object.keys(schema.entries).map((name) => [name, env[name]?.trim() || undefined]));
  const result = v.safeParse(schema, given);
  const problems = result.issues?.map((issue) => `${v.getDotPath(issue) ?? ''} ${issue.message}`) ?? [];
  const host = given.HOST ?? '127.0.0.1';
  if (!given.ORIGIN && !isLoopback(host)) {
    problems.push('ORIGIN must be set when HOST is not an address of this machine, like https://hub.example.org');
  }
  if (given.METRICS_PORT !== undefined && given.METRICS_PORT === (given.PORT ?? '3000')) {
    problems.push('METRICS_PORT must be another port than PORT');
  }
  if (!result.success || problems.length > 0) throw new ConfigError([...new Set(problems)]);
  const values = result.output;
  return Object.freeze({
    mode,
    host: values.HOST,
    port: values.PORT,
    origin: values.ORIGIN ?? `http://localhost:${values.PORT}`,
    mongodbUri: values.MONGODB_URI,
    redisUrl: values.REDIS_URL,
    dataFolder: resolve(values.DATA_DIR),
    trustProxy: values.TRUST_PROXY,
    metricsPort: values.METRICS_PORT,
    backup: backupOf(values),
    pushLoopback: values.PUSH_LOOPBACK === 'yes',
    logLevel: values.LOG_LEVEL,
  });
}
