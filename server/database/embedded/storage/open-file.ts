// Opens the one SQLite file of the embedded database, or says precisely why it must not be opened. For engine.ts and tests.
import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Why a database cannot be opened. The message is one line for the person who started the program. */
export type OpenFailure = 'in-use' | 'read-only' | 'foreign' | 'corrupt' | 'newer';

export class DatabaseOpenError extends Error {
  readonly reason: OpenFailure;

  constructor(reason: OpenFailure, message: string) {
    super(message);
    this.name = 'DatabaseOpenError';
    this.reason = reason;
  }
}

/** "STdb": tells our files from any other SQLite file. */
const APPLICATION_ID = 0x53546462;
/** Raised when the layout of the tables changes; a file with a higher number belongs to a newer release. */
const FORMAT_VERSION = 1;
const SQLITE_MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;
/** Up to this size every page is checked at start (about 0.3 s); a larger file is checked as far as its catalog. */
const FULL_CHECK_BYTES = 64 * 1024 * 1024;
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

const LAYOUT = `
  CREATE TABLE collections(id INTEGER PRIMARY KEY AUTOINCREMENT, ns TEXT NOT NULL UNIQUE, options BLOB NOT NULL);
  CREATE TABLE indexes(
    id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, spec BLOB NOT NULL, multikey INTEGER NOT NULL);
`;

/** Checkpoints are the business of checkpoints.ts; SQLite's own comes only where one transaction is very large. */
const DURABILITY = `
  PRAGMA locking_mode=EXCLUSIVE;
  PRAGMA journal_mode=WAL;
  PRAGMA synchronous=FULL;
  PRAGMA cache_size=-65536;
  PRAGMA wal_autocheckpoint=16000;
  PRAGMA journal_size_limit=67108864;
  PRAGMA temp_store=MEMORY;
`;

/** SQLite's primary result code of an error, or undefined for an error of another kind. */
export function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

export const isDiskFull = (error: unknown): boolean => sqliteCode(error) === SQLITE_FULL;

/**
 * Opens or creates the database file and takes the exclusive lock that lasts until it is closed.
 * A file that is refused (DatabaseOpenError) stays byte for byte as it was, without companions beside it.
 * Within one process the caller prevents a second call for an open file: reading the header would drop the first one's lock.
 */
export function openDatabaseFile(file: string): DatabaseSync {
  requireWritable(file);
  const size = fs.existsSync(file) ? fs.statSync(file).size : 0;
  if (size === 0) createFile(file);
  else {
    checkHeader(file);
    checkContents(file, size);
  }
  return openForWriting(file);
}

function requireWritable(file: string): void {
  const folder = path.dirname(file);
  try {
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK);
    if (fs.existsSync(file)) fs.accessSync(file, fs.constants.R_OK | fs.constants.W_OK);
  } catch {
    throw new DatabaseOpenError('read-only', `The database folder ${folder} cannot be written to by this user.`);
  }
}

/** The file appears complete or not at all: a crash while it is made must not leave something that looks foreign. */
function createFile(file: string): void {
  const draft = `${file}.new`;
  fs.rmSync(draft, { force: true });
  const database = new DatabaseSync(draft);
  try {
    database.exec(`PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${FORMAT_VERSION}; ${LAYOUT}`);
    database.exec('PRAGMA journal_mode=WAL');
  } finally {
    database.close();
  }
  fs.chmodSync(draft, 0o600);
  fs.renameSync(draft, file);
}

function checkHeader(file: string): void {
  const header = Buffer.alloc(HEADER_BYTES);
  const handle = fs.openSync(file, 'r');
  try {
    fs.readSync(handle, header, 0, HEADER_BYTES, 0);
  } finally {
    fs.closeSync(handle);
  }
  if (header.toString('latin1', 0, SQLITE_MAGIC.length) !== SQLITE_MAGIC || header.readInt32BE(68) !== APPLICATION_ID) {
    throw new DatabaseOpenError('foreign', `${file} is not a database of this program; it was left untouched.`);
  }
  if (header.readInt32BE(60) > FORMAT_VERSION) {
    throw new DatabaseOpenError('newer', `${file} was written by a newer release of this program; please update it.`);
  }
}

/** Reads through a connection that cannot write. The companions SQLite makes for it go before its lock does. */
function checkContents(file: string, size: number): void {
  const companions = [`${file}-wal`, `${file}-shm`].filter((name) => !fs.existsSync(name));
  const removeCompanions = (): void => {
    for (const name of companions) fs.rmSync(name, { force: true });
  };
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    database.prepare('SELECT id, ns, options FROM collections').all();
    database.prepare('SELECT id, collection, spec, multikey FROM indexes').all();
    const found = size <= FULL_CHECK_BYTES ? database.prepare('PRAGMA quick_check(1)').get() : undefined;
    if (found && found['quick_check'] !== 'ok') throw corrupt(file);
    if (process.platform !== 'win32') removeCompanions();
  } catch (error) {
    // A busy file belongs to another process, and so do its companions.
    if (sqliteCode(error) === SQLITE_BUSY) throw inUse(file);
    removeCompanions();
    throw translate(error, file);
  } finally {
    database?.close();
  }
  if (process.platform === 'win32') removeCompanions();
}

function openForWriting(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(DURABILITY);
    // The first write takes the exclusive lock now, not at the first message.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw translate(error, file);
  }
}

function translate(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === SQLITE_BUSY) return inUse(file);
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB || /no such table/.test(String(error))) return corrupt(file);
  return error;
}

/** Also thrown by start.ts when this very process has the folder open. */
export function inUse(file: string): DatabaseOpenError {
  return new DatabaseOpenError('in-use', `The database ${file} is open in another process (or already in this one).`);
}

function corrupt(file: string): DatabaseOpenError {
  return new DatabaseOpenError('corrupt', `${file} is damaged; it was left untouched. Restore the newest backup.`);
}
