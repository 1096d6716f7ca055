// What a client is told about an error. For wire.ts and the write commands.
import { BSONError } from 'bson';
import { isDiskFull } from '../storage/open-file.ts';
import { encodeDocument, type Doc } from '../values/bson.ts';
import { EngineError } from '../values/errors.ts';

const MAX_MESSAGE = 2000;
const TIME_IS_UP = 50;

/** Any error as one of MongoDB's. What is no EngineError is the engine's own fault, or the disk's. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (isDiskFull(error)) return new EngineError(14031, 'OutOfDiskSpace', 'the disk is full; nothing was written');
  if (error instanceof BSONError) return new EngineError(22, 'InvalidBSON', error.message);
  if (error instanceof RangeError) return new EngineError(15, 'Overflow', `nested too deeply: ${error.message}`);
  return new EngineError(1, 'InternalError', error instanceof Error ? error.message : String(error));
}

export function errorReply(error: unknown): Uint8Array {
  const { message, code, codeName, extra } = toEngineError(error);
  return encodeDocument({ ok: 0, errmsg: short(message), code, codeName, ...extra });
}

/**
 * The entry of a statement in `writeErrors`. Errors of the engine itself, and a time that is up, fail the whole command
 * instead, which is then undone.
 */
export function writeError(error: unknown, index: number): Doc {
  if (!(error instanceof EngineError) && !(error instanceof BSONError)) throw error;
  if (error instanceof EngineError && error.code === TIME_IS_UP) throw error;
  const { message, code, extra } = toEngineError(error);
  return { index, code, errmsg: short(message), ...extra };
}

/** Messages name what they are about, and that may be as long as a document. */
const short = (message: string): string =>
  message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
