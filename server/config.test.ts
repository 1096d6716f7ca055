// The environment: what is taken, what is refused, and that people learn all of it at once.
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env, 'start');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
}

describe('the environment', () => {
  test('nothing set: this machine only, embedded database under data/', () => {
    const config = readConfig({}, 'demo');
    expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, origin: 'http://localhost:3000', trustProxy: 0 });
    expect(config.mongodbUri).toBeUndefined();
    expect(config.metricsPort).toBeUndefined();
    expect(config.dataFolder).toMatch(/[\\/]data$/);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('the origin follows the port on this machine, and an empty variable counts as not set', () => {
    expect(readConfig({ PORT: '4711', ORIGIN: ' ' }, 'start').origin).toBe('http://localhost:4711');
  });

  test('every problem is named at once, with its variable', () => {
    const problems = problemsOf({
      PORT: 'web',
      ORIGIN: 'hub.example.org',
      TRUST_PROXY: 'yes',
      LOG_LEVEL: 'loud',
      MONGODB_URI: 'postgres://x',
      REDIS_URL: 'http://x',
    });
    for (const name of ['PORT', 'ORIGIN', 'TRUST_PROXY', 'LOG_LEVEL', 'MONGODB_URI', 'REDIS_URL']) {
      expect(problems.filter((problem) => problem.startsWith(`${name} `))).toHaveLength(1);
    }
  });

  test('a hub that other machines reach must be told its origin', () => {
    expect(problemsOf({ HOST: '0.0.0.0' })).toEqual([expect.stringMatching(/^ORIGIN must be set/)]);
    expect(problemsOf({ HOST: '0.0.0.0', ORIGIN: 'https://hub.example.org' })).toEqual([]);
  });

  test('plain http is for this machine only', () => {
    expect(problemsOf({ ORIGIN: 'http://hub.example.org' })).toEqual([expect.stringMatching(/^ORIGIN must be https/)]);
    expect(problemsOf({ ORIGIN: 'http://localhost:3000' })).toEqual([]);
    expect(problemsOf({ ORIGIN: 'http://127.0.0.1:8080' })).toEqual([]);
  });

  test('an origin with a path is refused, a closing slash is not', () => {
    expect(problemsOf({ ORIGIN: 'https://example.org/hub' })).toHaveLength(1);
    expect(readConfig({ ORIGIN: 'https://example.org/' }, 'start').origin).toBe('https://example.org');
  });

  test('a backup is made every night unless that is switched off', () => {
    const { backup } = readConfig({ DATA_DIR: '/srv/hub' }, 'start');
    expect(backup).toEqual({ hour: 3, minute: 30, days: 14, folder: '/srv/hub/backups' });
    const own = readConfig({ BACKUP_AT: '23:05', BACKUP_DAYS: '3', BACKUP_DIR: '/mnt/safe' }, 'start');
    expect(own.backup).toEqual({ hour: 23, minute: 5, days: 3, folder: '/mnt/safe' });
    expect(readConfig({ BACKUP_AT: 'off' }, 'start').backup).toBeUndefined();
    for (const BACKUP_AT of ['24:00', '3:30', '03:60', 'never']) {
      expect(problemsOf({ BACKUP_AT })).toEqual(['BACKUP_AT must be a time like 03:30, or off']);
    }
    expect(problemsOf({ BACKUP_DAYS: '0' })).toHaveLength(1);
  });

  test('figures are not shown on the port of the pages', () => {
    expect(readConfig({ METRICS_PORT: '9464' }, 'start').metricsPort).toBe(9464);
    expect(problemsOf({ METRICS_PORT: '3000' })).toEqual(['METRICS_PORT must be another port than PORT']);
    expect(problemsOf({ METRICS_PORT: 'yes' })).toEqual(['METRICS_PORT must be a whole number from 1 to 65535']);
  });

  test.each(['0', '65536', '-1', '3000.5', '3e3'])('port %s is refused', (PORT) => {
    expect(problemsOf({ PORT })).toEqual(['PORT must be a whole number from 1 to 65535']);
  });
});
