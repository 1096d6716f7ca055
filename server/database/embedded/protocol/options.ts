// Which fields every command may have: unknown ones and ones the engine cannot honour are refused, never ignored.
// For engine.ts and the commands that carry statements.
import { badValue, EngineError, illegalOperation, invalidOptions, unknownField } from '../values/errors.ts';
import { isPlain } from '../values/paths.ts';
import type { Doc } from '../values/bson.ts';

interface Fields {
  readonly honoured: ReadonlySet<string>;
  /** MongoDB has them, this engine does not. */
  readonly refused: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));
const fields = (honoured: string, refused = ''): Fields => ({ honoured: words(honoured), refused: words(refused) });

/** Allowed with every command. */
const GENERAL = words('lsid $db $clusterTime $readPreference comment maxTimeMS readConcern writeConcern apiVersion');
const API = words('apiStrict apiDeprecationErrors');
const TRANSACTION = words('txnNumber startTransaction autocommit stmtId stmtIds');

/** By command; `undefined`: newer drivers and clients may say and ask more than this server knows, as in MongoDB. */
const COMMANDS: Readonly<Record<string, Fields | undefined>> = {
  hello: undefined,
  isMaster: undefined,
  ismaster: undefined,
  ping: fields(''),
  buildInfo: fields(''),
  buildinfo: fields(''),
  getParameter: undefined,
  serverStatus: undefined,
  endSessions: fields(''),
  insert: fields('documents ordered bypassDocumentValidation'),
  update: fields('updates ordered bypassDocumentValidation let'),
  delete: fields('deletes ordered let'),
  findAndModify: fields(
    'query sort remove update new fields upsert bypassDocumentValidation arrayFilters hint collation let',
  ),
  find: fields(
    'filter sort projection hint skip limit batchSize singleBatch noCursorTimeout allowPartialResults allowDiskUse collation let',
    'max min returnKey showRecordId tailable awaitData oplogReplay',
  ),
  getMore: fields('collection batchSize'),
  killCursors: fields('cursors'),
  count: fields('query limit skip hint collation fields'),
  distinct: fields('key query collation hint'),
  aggregate: fields('pipeline cursor allowDiskUse bypassDocumentValidation collation hint let', 'explain'),
  create: fields(
    '',
    `capped size max storageEngine validator validationLevel validationAction indexOptionDefaults viewOn pipeline
     collation timeseries expireAfterSeconds clusteredIndex changeStreamPreAndPostImages encryptedFields idIndex autoIndexId temp`,
  ),
  drop: fields(''),
  dropDatabase: fields(''),
  createIndexes: fields('indexes commitQuorum'),
  listIndexes: fields('cursor', 'includeIndexBuildInfo'),
  dropIndexes: fields('index'),
  listCollections: fields('filter nameOnly authorizedCollections cursor'),
  listDatabases: fields('filter nameOnly authorizedDatabases'),
  collStats: fields('scale'),
  explain: fields('verbosity'),
  saveCopy: fields(''),
};

/** Of the statements within a command. */
const STATEMENTS = {
  update: fields('q u c multi upsert arrayFilters hint collation sort'),
  delete: fields('q limit hint collation'),
} as const;

/**
 * Refuses what the engine does not know or cannot do.
 * @throws 40415 for an unknown field, 72 for one that is not supported, 20 for anything of a transaction
 */
export function checkOptions(command: string, body: Doc): void {
  for (const name of TRANSACTION) {
    if (body[name] === undefined) continue;
    throw illegalOperation('Transaction numbers are only allowed on a replica set member or mongos');
  }
  const allowed = COMMANDS[command];
  for (const [name, value] of Object.entries(body)) {
    if (name === command || GENERAL.has(name)) continue;
    if (API.has(name)) {
      if (value === true) throw invalidOptions(`${name} is not supported by the embedded engine`);
    } else if (allowed) checkField(command, allowed, name, value);
  }
  checkConcerns(body);
}

/** @throws as `checkOptions` */
export function checkStatement(command: 'update' | 'delete', statement: Doc): void {
  const names = { update: 'update.updates', delete: 'delete.deletes' };
  for (const [name, value] of Object.entries(statement)) checkField(names[command], STATEMENTS[command], name, value);
}

function checkField(command: string, allowed: Fields, name: string, value: unknown): void {
  if (allowed.honoured.has(name)) return;
  if (!allowed.refused.has(name)) throw unknownField(command, name);
  if (value === undefined || value === null || value === false || value === '') return;
  throw invalidOptions(`the option '${name}' of ${command} is not supported by the embedded engine`);
}

/** One server that is always durable and never behind honours every level but a snapshot. */
function checkConcerns(body: Doc): void {
  if (body['apiVersion'] !== undefined && body['apiVersion'] !== '1') {
    throw new EngineError(322, 'APIVersionError', 'API version must be "1"');
  }
  const read = body['readConcern'];
  if (isPlain(read)) {
    const level = read['level'] ?? 'local';
    if (!['local', 'majority', 'available', 'linearizable'].includes(String(level))) {
      throw invalidOptions(`readConcern level '${String(level)}' is not supported`);
    }
    const other = Object.keys(read).find((name) => name !== 'level' && name !== 'provenance');
    if (other) throw invalidOptions(`readConcern.${other} is not supported`);
  }
  const write = body['writeConcern'];
  if (isPlain(write)) {
    const other = Object.keys(write).find((name) => !['w', 'j', 'wtimeout', 'fsync', 'provenance'].includes(name));
    if (other) throw unknownField('writeConcern', other);
    if (Number(write['w']) > 1) throw badValue("cannot use 'w' > 1 when a host is not replicated");
  }
}
