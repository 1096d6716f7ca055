// Women who talk in one room while something breaks, and the record of it: sent, acknowledged, stored, seen by each. Tests only.
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryPage, MessageView } from '#shared/messages.ts';
import { connect, followRoom, must, openSocket, pause, until, type TestRoom } from '../support/sockets.ts';
import { problemsOf, type Recording } from './checker.ts';

/** `npm run faults` asks for it; `npm test` runs what is short. */
export const LONG = process.env.FAULTS === 'long';
export const inLongForm = (name: string): string => (LONG ? name : `${name} (skipped: only in npm run faults)`);

/** Tells the table at the end of `npm run faults` what the test that runs has counted. */
export function counted(words: string): void {
  const file = process.env.FAULTS_FIGURES;
  const test = expect.getState().currentTestName;
  if (file && test) appendFileSync(file, `${JSON.stringify({ test, words })}\n`);
}

export interface Crowd {
  roomId: string;
  rooms: TestRoom[];
  recording: Recording;
  /** Each says `each` things, one after the other, about `everyMs` apart; resolves when all is acknowledged. */
  talk(each: number, everyMs: number): Promise<void>;
  /** How many are acknowledged. */
  said(): number;
  /** Milliseconds that each acknowledgement took, from the first try. */
  waits: number[];
  /** Reads what is stored as somebody who just came, waits until all screens are there, and lets the checker decide; `what` goes into the table. */
  judge(origin: string, what?: string): Promise<void>;
  leave(): void;
}

/** Everything the room has, read page by page. */
async function readAll(origin: string, cookie: string, roomId: string): Promise<MessageView[]> {
  const socket = openSocket(origin, cookie);
  try {
    expect(await connect(socket)).toBeNull();
    const all: MessageView[] = [];
    for (let before: number | null = null; ;) {
      const page: HistoryPage = await must(socket, 'room:history', { roomId, before });
      all.unshift(...page.messages);
      if (!page.hasOlder) return all;
      before = page.messages[0]?.seq ?? null;
    }
  } finally {
    socket.disconnect();
  }
}

/** All are in the room when it resolves. `origins`: where each of them connects, in turn. */
export async function gather(origins: string[], cookies: string[], roomId: string): Promise<Crowd> {
  const recording: Recording = { sent: [], acknowledged: [], refused: [], stored: [], seen: [] };
  const waits: number[] = [];
  const rooms = cookies.map((cookie, i) => followRoom(openSocket(origins[i % origins.length] ?? '', cookie), roomId));
  const came = rooms.map(() => new Set<string>());
  const write = (i: number): void => {
    for (const { id } of rooms[i]?.state.messages ?? []) came[i]?.add(id);
  };
  for (const [i, room] of rooms.entries()) room.socket.onAny(() => queueMicrotask(() => write(i)));
  for (const { socket } of rooms) socket.connect();
  await until('all are in the room', () => rooms.every((room) => room.joined), LONG ? 180_000 : 60_000);
  let round = 0;

  return {
    ...{ roomId, rooms, recording },
    waits,
    said: () => recording.acknowledged.length,
    async talk(each, everyMs) {
      const nth = ++round;
      await Promise.all(
        rooms.map(async (room, i) => {
          const who = `woman ${i}`;
          for (let n = 1; n <= each; n++) {
            await pause(Math.random() * 2 * everyMs);
            const mark = `${who}, ${nth}.${n}`;
            const began = performance.now();
            recording.sent.push({ who, mark });
            const { id } = await room.post(mark, randomUUID());
            waits.push(performance.now() - began);
            recording.acknowledged.push({ who, mark, id });
          }
        }),
      );
    },
    async judge(origin, what) {
      const fresh = await readAll(origin, cookies[0] ?? '', roomId);
      recording.stored = fresh.map(({ id, seq, text }) => ({ id, seq, mark: text ?? '' }));
      const last = fresh.at(-1)?.seq ?? 0;
      const complete = () => rooms.every(({ state }) => (state.messages.at(-1)?.seq ?? 0) >= last);
      // what is missing then is for the checker to say
      await until('all screens are there', complete, 45_000).catch(() => undefined);
      recording.seen = rooms.map(({ state }, i) => {
        write(i);
        return { who: `woman ${i}`, came: [...(came[i] ?? [])], shown: state.messages.map(({ id }) => id) };
      });
      const problems = problemsOf(recording);
      if (problems.length === 0) {
        const { stored, acknowledged } = recording;
        const all = `${acknowledged.length} acknowledged, ${stored.length} stored, seen alike by ${rooms.length}`;
        if (what !== undefined) counted(what === '' ? all : `${what}: ${all}`);
        return;
      }
      const file = join(mkdtempSync(join(tmpdir(), 'st-recording-')), 'recording.json');
      writeFileSync(file, JSON.stringify(recording, null, 1));
      throw new Error(`${problems.length} problems, recorded in ${file}:\n${problems.slice(0, 20).join('\n')}`);
    },
    leave() {
      for (const room of rooms) room.close();
    },
  };
}
