// Messages as the hub stores them, as many as wanted. For engine.ts only.
import { createHash } from 'node:crypto';
import { ObjectId, type Collection, type Document } from 'mongodb';

const ROOMS = 10;
const AUTHORS = 500;
const FILL_BATCH = 500;
const WORDS = 'wir treffen uns am Dienstag im Hof und sprechen über Wohnung Arbeit Schule Kinder Papiere'.split(' ');

const rooms = Array.from({ length: ROOMS }, () => new ObjectId());
const authors = Array.from({ length: AUTHORS }, () => new ObjectId());
const nextSeq = new Map<ObjectId, number>();

/** The rooms in turn. */
export const roomOf = (turn: number): ObjectId => rooms[turn % ROOMS] ?? new ObjectId();

/** The next message of a room. */
export function message(roomId: ObjectId): Document {
  const seq = (nextSeq.get(roomId) ?? 0) + 1;
  nextSeq.set(roomId, seq);
  const text = Array.from({ length: 15 }, (_, i) => WORDS[(seq * 7 + i * 5) % WORDS.length]).join(' ');
  return {
    _id: new ObjectId(),
    roomId,
    seq,
    rev: seq,
    post: seq,
    authorId: authors[(seq * 31) % AUTHORS],
    clientId: crypto.randomUUID(),
    textHash: createHash('sha256').update(text).digest('base64url'),
    text,
    removedBy: null,
    at: new Date(1_750_000_000_000 + seq * 1000),
    ...(seq % 20 === 0 ? { question: 'open' } : {}),
  };
}

/** Two writers, until there are so many. */
export async function fill(messages: Collection, upTo: number): Promise<void> {
  let made = 0;
  const writer = async (): Promise<void> => {
    while (made < upTo) {
      const count = Math.min(FILL_BATCH, upTo - made);
      made += count;
      await messages.insertMany(Array.from({ length: count }, (_, i) => message(roomOf(i))));
    }
  };
  await Promise.all([writer(), writer()]);
}
