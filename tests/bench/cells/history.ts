// Older pages of a room with 200,000 messages beside one with 1,000: by index, they take the same time. Bench only.
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { RULES } from '../../../server/domain/search/search.repository.ts';
import type { Hub } from '../../../server/hub.ts';
import type { Bench } from '../bench.ts';
import { makeCommunity } from '../community.ts';
import type { Told } from '../generator/crowd.ts';
import { createLatencies } from '../generator/latency.ts';
import { textOf } from '../generator/markers.ts';
import { openAll, sitDown } from '../session.ts';

const LONG = 200_000;
const SHORT = 1_000;
const CHUNK = 2_000;
const QUESTIONS = 400;
/** The hub closes a line on which somebody asks faster than any page does: so they take turns. */
const READERS = 40;

const { ObjectId } = mongoose.Types;

/** As the projection would have stored them; too many to be posted one after the other. */
async function fill({ database }: Hub, roomId: string, authorId: string, count: number): Promise<void> {
  const { connection } = database;
  const [room, author] = [new ObjectId(roomId), new ObjectId(authorId)];
  const began = Date.now() - count * 1_000;
  for (let done = 0; done < count; done += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, count - done) }, (_, i) => {
      const seq = done + i + 1;
      return {
        ...{ _id: new ObjectId(), roomId: room, authorId: author, seq, rev: seq, post: seq, clientId: randomUUID() },
        ...{ textHash: '', text: textOf(seq, 'past'), removedBy: null, at: new Date(began + seq * 1_000), lang: 'de' },
      };
    });
    await connection.collection('messages').insertMany(rows);
  }
  const head = { rev: count, posts: count, lastAt: new Date() };
  await connection.collection('rooms').updateOne({ _id: room }, { $set: head });
  // found long ago: the search index is not what is measured here
  const found = { $set: { rev: count, rules: RULES } };
  await connection.model('SearchRoom').collection.updateOne({ _id: room }, found, { upsert: true });
}

export async function history(bench: Bench): Promise<void> {
  const { rounds } = bench.options;
  bench.say(`Filling a room with ${LONG} messages …`);
  const folder = bench.folder();
  const rooms: string[] = [];
  const community = await makeCommunity(folder, READERS, async (hub, [first, second]) => {
    if (!first || !second) throw new Error('nobody has joined');
    const [long, short] = (await hub.rooms.list(first)).slice(-2);
    for (const [room, count] of [
      [long, LONG],
      [short, SHORT],
    ] as const) {
      if (!room) throw new Error('there are too few rooms');
      await fill(hub, room.roomId, second.id, count);
      rooms.push(room.roomId);
    }
  });
  const values: { long: number[]; ratio: number[] } = { long: [], ratio: [] };
  for (let round = 1; round <= rounds; round++) {
    bench.say(`Pages of the past, round ${round} of ${rounds} …`);
    const sitting = await sitDown('hub', { folder, ...community });
    await openAll(sitting, READERS);
    const p95 = async (roomId: string, count: number): Promise<number> => {
      const places = Array.from({ length: QUESTIONS }, (_, i) => 60 + Math.floor(((count - 60) * i) / QUESTIONS));
      const asks = places.map((before, i) => ({
        client: i % READERS,
        event: 'room:history',
        input: { roomId, before },
      }));
      const times = await sitting.generator.ask<Told[]>({ name: 'ask', asks, together: false });
      const latencies = createLatencies();
      for (const { ms } of times) latencies.add(ms);
      return latencies.quantile(0.95);
    };
    const [long = '', short = ''] = rooms;
    await p95(short, SHORT); // the first questions of a process are slower
    const [ofShort, ofLong] = [await p95(short, SHORT), await p95(long, LONG)];
    values.long.push(ofLong);
    values.ratio.push(ofLong / ofShort);
    await sitting.end();
  }
  const name = `page of 50 from a room with ${LONG.toLocaleString('en')} messages: p95`;
  bench.gates.push(
    { name, unit: 'ms', values: values.long, bound: 10, goal: null, sense: 'most', kind: 'time' },
    {
      name: 'the same / from a room with 1,000',
      unit: '×',
      values: values.ratio,
      bound: 1.5,
      goal: 1.1,
      sense: 'most',
      kind: 'figure',
    },
  );
}
