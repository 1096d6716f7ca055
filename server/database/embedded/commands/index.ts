// The table of all commands. For engine.ts.
import { aggregate } from './aggregate.ts';
import { buildInfo, endSessions, getParameter, hello, ping, saveCopy, serverStatus } from './admin.ts';
import { collStats, create, drop, dropDatabase, listCollections, listDatabases } from './catalog.ts';
import { explain } from './explain.ts';
import { findAndModify } from './find-and-modify.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { count, distinct, find, getMore, killCursors } from './read.ts';
import { insert, remove, update } from './write.ts';
import type { Command, PausingCommand, WaitingCommand } from './context.ts';

type Entry =
  /** Runs in one piece in the next group commit. */
  | { readonly writes: true; readonly run: Command }
  | { readonly writes: false; readonly run: Command | PausingCommand | WaitingCommand };

const read = (run: Command | PausingCommand | WaitingCommand): Entry => ({ run, writes: false });
const write = (run: Command): Entry => ({ run, writes: true });

export const COMMANDS: ReadonlyMap<string, Entry> = new Map(
  Object.entries({
    hello: read(hello),
    isMaster: read(hello),
    ismaster: read(hello),
    ping: read(ping),
    buildInfo: read(buildInfo),
    buildinfo: read(buildInfo),
    getParameter: read(getParameter),
    serverStatus: read(serverStatus),
    endSessions: read(endSessions),
    insert: write(insert),
    update: write(update),
    delete: write(remove),
    findAndModify: write(findAndModify),
    find: read(find),
    getMore: read(getMore),
    killCursors: read(killCursors),
    count: read(count),
    distinct: read(distinct),
    aggregate: read(aggregate),
    create: write(create),
    drop: write(drop),
    dropDatabase: write(dropDatabase),
    createIndexes: write(createIndexes),
    listIndexes: read(listIndexes),
    dropIndexes: write(dropIndexes),
    listCollections: read(listCollections),
    listDatabases: read(listDatabases),
    collStats: read(collStats),
    explain: read(explain),
    saveCopy: read(saveCopy),
  }),
);
