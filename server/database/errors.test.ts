// What the driver's errors mean.
import { describe, expect, test } from 'vitest';
import { guardDatabase, isDatabaseAway, isDuplicateKey, retryIdempotent } from './errors.ts';

const named = (name: string, more: object = {}): Error => Object.assign(new Error('driver'), { name, ...more });

describe('the database is away', () => {
  test.each([
    named('MongoNetworkError'),
    named('MongoServerSelectionError'),
    named('MongooseServerSelectionError'),
    named('MongoNotConnectedError'),
    named('MongoServerError', { code: 11600 }),
    named('MongoServerError', { code: 50 }),
    named('MongoBulkWriteError', { code: 14031 }),
    named('MongoBulkWriteError', { cause: named('MongoNetworkTimeoutError') }),
    named('MongoBulkWriteError', { errorResponse: named('MongoPoolClearedError') }),
    named('Error', { code: 'EPIPE' }),
    named('MongoBulkWriteError', { cause: named('Error', { code: 'ECONNRESET' }) }),
  ])('$name $code', async (error) => {
    expect(isDatabaseAway(error)).toBe(true);
    await expect(guardDatabase(() => Promise.reject(error))).rejects.toMatchObject({
      code: 'unavailable',
      cause: error,
    });
  });

  test.each([
    named('MongoServerError', { code: 11000 }),
    named('MongoBulkWriteError', { errorResponse: { code: 11000 } }),
    named('TypeError'),
    named('Error', { code: 'ENOSPC' }),
    new Error('no'),
    null,
    undefined,
    'text',
  ])('is not what %o says', async (error) => {
    expect(isDatabaseAway(error)).toBe(false);
    await expect(guardDatabase(() => Promise.reject(error))).rejects.toBe(error);
  });
});

describe('a second document with the same key', () => {
  const plain = named('MongoServerError', { code: 11000, keyPattern: { userName: 1 } });
  const bulk = named('MongoBulkWriteError', {
    code: 11000,
    writeErrors: [{ err: { keyPattern: { roomId: 1, rev: 1 } } }],
  });

  test('is recognised, also in a batch, and by its fields in any order', () => {
    expect(isDuplicateKey(plain)).toBe(true);
    expect(isDuplicateKey(plain, ['userName'])).toBe(true);
    expect(isDuplicateKey(plain, ['codeHash'])).toBe(false);
    expect(isDuplicateKey(bulk, ['rev', 'roomId'])).toBe(true);
    expect(isDuplicateKey(bulk, ['roomId'])).toBe(false);
    expect(isDuplicateKey(named('MongoServerError', { code: 1 }))).toBe(false);
  });
});

describe('work that may run twice', () => {
  test('runs once more when the connection broke, not more often, and not for other reasons', async () => {
    let runs = 0;
    const failing = (times: number, error: Error) => () => {
      runs += 1;
      return runs <= times ? Promise.reject(error) : Promise.resolve('done');
    };
    expect(await retryIdempotent(failing(1, named('MongoNetworkError')))).toBe('done');
    runs = 0;
    await expect(retryIdempotent(failing(2, named('MongoNetworkError')))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(runs).toBe(2);
    runs = 0;
    await expect(retryIdempotent(failing(1, named('TypeError')))).rejects.toMatchObject({ name: 'TypeError' });
    expect(runs).toBe(1);
    runs = 0;
    await expect(retryIdempotent(failing(1, named('MongoServerSelectionError')))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(runs).toBe(1);
  });
});
