// What the bench was asked for on the command line. Bench only.
import { parseArgs } from 'node:util';

const PARTS = [
  'fanout',
  'saturation',
  'memory',
  'busy',
  'reconnect',
  'history',
  'queue',
  'chat',
  'bytes',
  'pages',
] as const;
export type Part = (typeof PARTS)[number];

/** The rows of `npm run bench` without anything behind it. */
const QUICK: readonly Part[] = ['fanout', 'saturation', 'memory', 'bytes'];

export interface Options {
  parts: ReadonlySet<Part>;
  full: boolean;
  /** Clients of the big rooms. */
  clients: number;
  rounds: number;
  /** The whole run ends by itself after so many minutes. */
  minutes: number;
  /** Prints what the hub's processor was busy with. */
  profile: boolean;
}

/** Raises an Error whose message is for the person at the keyboard. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      full: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      clients: { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '3' },
      profile: { type: 'boolean', default: false },
    },
  });
  const only = values.only.flatMap((names) => names.split(','));
  const unknown = only.filter((name) => !PARTS.some((part) => part === name));
  if (unknown.length > 0) throw new Error(`--only takes ${PARTS.join(', ')}; not ${unknown.join(', ')}`);
  const [clients, rounds] = [Number(values.clients), Number(values.rounds)];
  if (!Number.isInteger(clients) || clients < 10 || clients > 5_000) throw new Error('--clients takes 10 to 5000');
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 5) throw new Error('--rounds takes 1 to 5');
  const parts = only.length > 0 ? (only as Part[]) : values.full ? PARTS : QUICK;
  return {
    ...{ parts: new Set(parts), full: values.full, clients, rounds, profile: values.profile },
    minutes: values.full ? 30 : 6,
  };
}
