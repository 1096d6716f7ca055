// What the driver's errors mean to the hub: unavailable, duplicate, or a defect. Repositories use it.
import { AppError } from '../domain/kernel/app-error.ts';

/** Driver and mongoose errors that say "the database cannot be reached now". */
const AWAY_NAMES = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoServerClosedError',
  'MongoClientClosedError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
  'WaitQueueTimeoutError',
  'MongoOperationTimeoutError',
]);

/** Server codes of MongoDB for "not now": host away, timeouts, shutting down, not primary, stepped down, disk full. */
const AWAY_CODES = new Set([6, 7, 50, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031]);

/** Errors of the line itself: a write that meets a closing socket leaves the driver without the driver's name on it. */
const LINE_CODES = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_SOCKET_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

const fieldOf = (error: unknown, field: string): unknown =>
  typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[field] : undefined;

/** A bulk write hides the network error that ended it behind a server error of its own. */
function wrapped(error: unknown): unknown {
  if (fieldOf(error, 'name') !== 'MongoBulkWriteError') return undefined;
  return fieldOf(error, 'errorResponse') ?? fieldOf(error, 'cause');
}

/** True when the database was away or too slow: the outcome of a write is then unknown. */
export function isDatabaseAway(error: unknown): boolean {
  if (AWAY_NAMES.has(String(fieldOf(error, 'name')))) return true;
  const code = fieldOf(error, 'code');
  if (typeof code === 'number' ? AWAY_CODES.has(code) : LINE_CODES.has(String(code))) return true;
  const message = String(fieldOf(error, 'message'));
  if (fieldOf(error, 'name') === 'MongooseError') {
    return message.includes('buffering timed out') || message.includes('initial connection');
  }
  const inner = wrapped(error);
  return inner !== undefined && isDatabaseAway(inner);
}

/**
 * Runs an insert. False: a unique index had it already; with `fields`: only the index of these. Raises as `guardDatabase`.
 */
export async function isNew(insert: () => Promise<unknown>, fields?: readonly string[]): Promise<boolean> {
  try {
    await guardDatabase(insert);
    return true;
  } catch (error) {
    if (isDuplicateKey(error, fields)) return false;
    throw error;
  }
}

/**
 * True when a unique index refused a write (code 11000), also inside a bulk write. With `fields`: only when the index
 * has exactly these fields, in any order.
 */
export function isDuplicateKey(error: unknown, fields?: readonly string[]): boolean {
  if (fieldOf(error, 'code') !== 11000) return false;
  if (!fields) return true;
  const own = fieldOf(error, 'keyPattern');
  const writeErrors = fieldOf(error, 'writeErrors');
  const first: unknown = Array.isArray(writeErrors) ? writeErrors[0] : writeErrors;
  const nested = fieldOf(fieldOf(first, 'err'), 'keyPattern') ?? fieldOf(first, 'keyPattern');
  const pattern = own ?? nested;
  if (typeof pattern !== 'object' || pattern === null) {
    return fields.every((field) => String(fieldOf(error, 'message')).includes(`${field}_`));
  }
  const names = Object.keys(pattern);
  return names.length === fields.length && fields.every((field) => names.includes(field));
}

/** Runs database work; raises AppError 'unavailable' when the database is away, anything else as it is. */
export async function guardDatabase<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isDatabaseAway(error)) throw new AppError('unavailable', undefined, { cause: error });
    throw error;
  }
}

/** The driver has looked for a server as long as it may: looking again would only double the wait. */
const gaveUp = (error: unknown): boolean =>
  String(fieldOf(wrapped(error) ?? error, 'name')).endsWith('ServerSelectionError');

/** Runs work that may run twice without harm: once more when the connection broke. Raises like `guardDatabase`. */
export function retryIdempotent<T>(run: () => Promise<T>): Promise<T> {
  return guardDatabase(async () => {
    try {
      return await run();
    } catch (error) {
      if (!isDatabaseAway(error) || gaveUp(error)) throw error;
      return run();
    }
  });
}
