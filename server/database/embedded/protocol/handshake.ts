// What the server says about itself: a standalone MongoDB 8.0, so drivers use no transactions and no retryable writes.
// For commands/admin.ts.
import type { Doc } from '../values/bson.ts';
import { MAX_DOCUMENT_BYTES } from '../storage/store.ts';
import { MAX_MESSAGE_BYTES } from './messages.ts';

/** MongoDB's limit of statements in one command. */
export const MAX_WRITE_BATCH = 100_000;
export const VERSION = '8.0.0';
/** The wire version of MongoDB 8.0. */
const WIRE_VERSION = 25;

/**
 * The reply to hello. No setName or hosts: a standalone server. No topologyVersion: drivers then ask again by polling
 * instead of waiting for a push. Sessions (logicalSessionTimeoutMinutes) are needed by drivers even without transactions.
 */
export function helloReply(connectionId: number): Doc {
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_WRITE_BATCH,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    ok: 1,
  };
}

export function buildInfoReply(): Doc {
  return {
    version: VERSION,
    versionArray: [...VERSION.split('.').map(Number), 0],
    gitVersion: 'embedded',
    modules: [],
    storageEngines: ['sqlite'],
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    ok: 1,
  };
}
