// What every kind of client has in common, and how packets are understood cheaply. Bench only.

export type DialectName = 'hub' | 'socket.io' | 'ws' | 'xmpp';

export interface Target {
  dialect: DialectName;
  port: number;
  /** Cookie headers of logins; client number i takes cookie i, and again from the beginning. */
  cookies: string[];
  roomId: string;
  /** Begins the text of each message, so that runs are told apart. */
  tag: string;
}
export interface Envelope {
  markers: readonly number[];
  /** Hub only: the revs that the packet covers, and that of each marker. */
  range?: { from: number; to: number };
  revs?: readonly number[];
}
export interface ClientEvents {
  /** Connected, let in and subscribed. `missed`: what the hub says happened since the rev that was given. */
  joined(rev: number, missed: Envelope | null): void;
  heard(envelope: Envelope): void;
  /** The answer to a message: null for stored, or a code. */
  answered(marker: number, refusal: string | null): void;
  /** Any other answer. */
  replied(id: number, answer: { ok: boolean; data?: unknown }): void;
  /** Once; `why` when it was not let in. */
  closed(why: string | null): void;
}
export interface Client {
  post(marker: number): void;
  /** An event with an answer, which comes as `replied` with this number. */
  ask(event: string, input: unknown): number;
  cut(): void;
}

/** So many bytes at the beginning tell most packets apart. */
const KEY = 96;
const MOST = 4_000;

/** Everybody in a room gets the same bytes: they are understood once, and compared byte for byte for everybody else. */
export function createReader(read: (payload: string) => Envelope): (payload: Buffer) => Envelope {
  const known = new Map<string, { bytes: Buffer; envelope: Envelope }>();
  return (payload) => {
    const key = `${payload.length}:${payload.toString('latin1', 0, KEY)}`;
    const before = known.get(key);
    if (before?.bytes.equals(payload)) return before.envelope;
    const envelope = read(payload.toString());
    if (known.size > MOST) known.clear();
    known.set(key, { bytes: Buffer.from(payload), envelope });
    return envelope;
  };
}

export const startsWith = (payload: Buffer, start: Buffer): boolean =>
  payload.length >= start.length && payload.compare(start, 0, start.length, 0, start.length) === 0;
