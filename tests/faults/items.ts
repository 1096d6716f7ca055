// Which tests show which item of the list of faults; the run prints it, and the README has it as a table. Tests only.

interface Shown {
  file: string;
  /** Of the file only the tests whose name has this; left out: all of them. */
  name?: string;
}
export interface Item {
  nth: number;
  what: string;
  shown: Shown[];
}

const KILL = 'tests/faults/kill.test.ts';
const NETWORK = 'tests/faults/network.test.ts';
const CROWD = 'tests/faults/crowd.test.ts';
const REDIS = 'tests/realtime/redis.test.ts';

/** The fifteenth is the soak, which runs alone (soak.ts). */
export const ITEMS: Item[] = [
  {
    nth: 1,
    what: 'the hub is killed under load, between storing, telling and answering',
    shown: [
      { file: KILL, name: 'is killed twenty times' },
      { file: 'tests/realtime/crash.test.ts' },
      { file: 'tests/integration/messages.faults.test.ts' },
    ],
  },
  {
    nth: 2,
    what: 'the database is stopped, killed, paused',
    shown: [{ file: KILL, name: 'the database is stopped' }, { file: 'tests/realtime/database-away.test.ts' }],
  },
  {
    nth: 3,
    what: 'a bad network: late, in pieces, cut, silent',
    shown: [
      { file: NETWORK, name: 'in pieces of seven bytes' },
      { file: NETWORK, name: 'is cut off again and again' },
      { file: NETWORK, name: 'goes silent' },
    ],
  },
  {
    nth: 4,
    what: 'exactly the answer is lost; the same message twice; other words under its id',
    shown: [
      { file: NETWORK, name: 'exactly the answer is lost' },
      { file: NETWORK, name: 'two of her phones' },
      { file: 'tests/integration/messages.retries.test.ts' },
    ],
  },
  {
    nth: 5,
    what: 'forty stop reading for a minute in a room of two hundred',
    shown: [{ file: CROWD, name: 'forty stop reading' }, { file: 'tests/realtime/slow.test.ts' }],
  },
  { nth: 6, what: 'two thousand are dropped at once', shown: [{ file: CROWD, name: 'two thousand' }] },
  { nth: 7, what: 'a clock that is ten minutes wrong', shown: [{ file: KILL, name: 'the clock of the server' }] },
  {
    nth: 8,
    what: 'two hubs, one killed; Redis killed, hung, cut off',
    shown: [
      { file: KILL, name: 'one of two hubs' },
      { file: 'tests/faults/redis-cut.test.ts' },
      { file: REDIS },
      { file: 'tests/realtime/two-processes.test.ts' },
    ],
  },
  {
    nth: 9,
    what: 'an update under load, one hub after the other',
    shown: [{ file: KILL, name: 'an update under load' }, { file: 'tests/realtime/drain.test.ts' }],
  },
  {
    nth: 10,
    what: 'a hundred claims of one place; a mentor who vanishes',
    shown: [
      { file: 'tests/integration/tickets.rules.test.ts' },
      { file: 'tests/integration/tickets.test.ts' },
      { file: 'tests/realtime/queue-crowd.test.ts' },
      { file: REDIS, name: 'twenty mentors' },
    ],
  },
  {
    nth: 11,
    what: 'a ban races with sending and coming back',
    shown: [{ file: 'tests/realtime/sanctions.test.ts' }, { file: REDIS, name: 'a ban that was answered' }],
  },
  {
    nth: 12,
    what: 'what no page sends',
    shown: [{ file: 'tests/faults/poison.test.ts' }, { file: 'tests/realtime/wrong-input.test.ts' }],
  },
  { nth: 13, what: 'the disk is full; no file handle is left', shown: [{ file: 'tests/faults/full.test.ts' }] },
  { nth: 14, what: 'anything in any order', shown: [{ file: 'tests/integration/messages.law.test.ts' }] },
  {
    nth: 16,
    what: 'the embedded database is killed under writes and index builds, and while it starts',
    shown: [{ file: 'tests/faults/engine.crash.test.ts' }],
  },
];
