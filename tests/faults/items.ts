// Which test files show which item of the list of faults; the run prints it, and the README has it as a table. Tests only.

export interface Item {
  nth: number;
  what: string;
  files: string[];
}

export const ITEMS: Item[] = [
  {
    nth: 1,
    what: 'the hub is killed under load, between storing, telling and answering',
    files: ['tests/faults/kill.test.ts', 'tests/realtime/crash.test.ts', 'tests/integration/messages.faults.test.ts'],
  },
  {
    nth: 2,
    what: 'the database is stopped, killed, paused',
    files: ['tests/faults/kill.test.ts', 'tests/realtime/database-away.test.ts'],
  },
  { nth: 3, what: 'a bad network: late, in pieces, cut, silent', files: ['tests/faults/network.test.ts'] },
  {
    nth: 4,
    what: 'exactly the answer is lost; the same message twice; other words under its id',
    files: ['tests/faults/network.test.ts', 'tests/integration/messages.retries.test.ts'],
  },
  {
    nth: 5,
    what: 'one stops reading',
    files: ['tests/faults/crowd.test.ts', 'tests/realtime/slow.test.ts'],
  },
  { nth: 6, what: 'two thousand are dropped at once', files: ['tests/faults/crowd.test.ts'] },
  { nth: 7, what: 'a clock that is wrong', files: ['tests/faults/kill.test.ts'] },
  {
    nth: 8,
    what: 'two hubs, one killed; Redis killed, hung, cut off',
    files: [
      'tests/faults/kill.test.ts',
      'tests/faults/redis-cut.test.ts',
      'tests/realtime/redis.test.ts',
      'tests/realtime/two-processes.test.ts',
    ],
  },
  {
    nth: 9,
    what: 'an update under load, one hub after the other',
    files: ['tests/faults/kill.test.ts', 'tests/realtime/drain.test.ts'],
  },
  {
    nth: 10,
    what: 'a hundred claims of one place; a mentor who vanishes',
    files: [
      'tests/integration/tickets.rules.test.ts',
      'tests/integration/tickets.test.ts',
      'tests/realtime/queue-crowd.test.ts',
      'tests/realtime/redis.test.ts',
    ],
  },
  {
    nth: 11,
    what: 'a ban races with sending and coming back',
    files: ['tests/realtime/sanctions.test.ts', 'tests/realtime/redis.test.ts'],
  },
  {
    nth: 12,
    what: 'what no page sends',
    files: ['tests/faults/poison.test.ts', 'tests/realtime/wrong-input.test.ts'],
  },
  { nth: 13, what: 'the disk is full; no file handle is left', files: ['tests/faults/full.test.ts'] },
  { nth: 14, what: 'anything in any order', files: ['tests/integration/messages.law.test.ts'] },
  {
    nth: 15,
    what: 'the embedded database is killed under writes and index builds, and while it starts',
    files: ['tests/faults/engine.crash.test.ts'],
  },
];
