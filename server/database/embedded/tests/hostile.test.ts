// Tests with bytes and commands that no honest client sends: the engine refuses them and serves everybody else.
import { once } from 'node:events';
import { serialize, type Document } from 'bson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BareConnection, message } from './frames.ts';
import { Random } from './random.ts';
import { run, useEngine, type Running } from './support.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const FRAMES = 3000;
const $db = 'hostile';

const engine = useEngine();
const command = (body: Document): Promise<Document> => engine.it.client.db($db).command(body);

/** A document in a document, and so on. */
function nested(depth: number): Buffer {
  const inner = Buffer.from(serialize({ end: 1 }));
  const heads = Array.from({ length: depth - 1 }, (_, i) => {
    const head = Buffer.from('LLLL\x03a\0', 'latin1');
    head.writeInt32LE(inner.length + 8 * (depth - 1 - i));
    return head;
  });
  return Buffer.concat([...heads, inner, Buffer.alloc(depth - 1)]);
}

const HONEST: Document[] = [
  { hello: 1, $db },
  { insert: 'c', documents: [{ _id: 1, a: 'text', b: [1, 2.5, null], c: { d: new Date(0) } }], ordered: true, $db },
  { update: 'c', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 }, $push: { b: 7 } }, upsert: true }], $db },
  { find: 'c', filter: { a: /x/, b: { $in: [1, 2] } }, sort: { a: -1 }, limit: 5, projection: { a: 1 }, $db },
  { aggregate: 'c', pipeline: [{ $match: {} }, { $group: { _id: '$a', n: { $sum: 1 } } }], cursor: {}, $db },
  { findAndModify: 'c', query: { a: 'text' }, update: { $set: { 'c.d': 1 } }, new: true, $db },
  { createIndexes: 'c', indexes: [{ key: { a: 1, b: -1 }, name: 'ab', unique: false }], $db },
  { delete: 'c', deletes: [{ q: { _id: { $gt: 5 } }, limit: 0 }], $db },
  { getMore: 12, collection: 'c', $db },
  { distinct: 'c', key: 'b', query: { $or: [{ a: 1 }, { b: { $elemMatch: { $gt: 1 } } }] }, $db },
  { explain: { find: 'c', filter: { a: 1 } }, verbosity: 'executionStats', $db },
];

/** An honest message with some of its bytes wrong, or its end missing, or bytes inserted, or its lengths wrong. */
function spoiled(random: Random): Buffer {
  const honest = message(random.below(1000), random.pick(HONEST as [Document, ...Document[]]));
  const bytes = Buffer.from(honest);
  const at = random.below(bytes.length);
  switch (random.below(6)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      for (let n = 1 + random.below(8); n > 0; n--) bytes[random.below(bytes.length)] = random.below(256);
      return bytes;
    case 2:
      // Only the inside: the message itself is whole and everything in it is looked at.
      for (let n = 1 + random.below(4); n > 0; n--) bytes[21 + random.below(bytes.length - 21)] = random.below(256);
      return bytes;
    case 3:
      bytes.writeInt32LE(
        random.pick([0, -1, 4, 15, 2 ** 31 - 1, -(2 ** 31), bytes.length + 1]),
        random.pick([0, 12, 17]),
      );
      return bytes;
    case 4:
      bytes.writeInt32LE(random.pick([0, -1, 4, 5, 2 ** 31 - 1, -(2 ** 31), 1000]), random.below(bytes.length - 4));
      return bytes;
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([random.below(256)]), bytes.subarray(at)]);
  }
}

test(`${FRAMES} spoiled messages end their own connection at most`, async () => {
  const random = new Random(SEED);
  for (let round = 0; round < FRAMES / 100; round++) {
    const connections = Array.from({ length: 100 }, () => {
      const connection = new BareConnection(engine.it.embedded.uri);
      connection.socket.end(spoiled(random));
      return connection.closed;
    });
    await Promise.all(connections);
    expect(await command({ ping: 1 }), `FUZZ_SEED=${SEED} round ${round}`).toEqual({ ok: 1 });
  }
  await engine.it.client.db($db).collection('c').insertOne({ still: 'works' });
}, 120_000);

test('messages of nothing but noise, and pieces of messages one after the other, do no harm', async () => {
  const random = new Random(SEED + 1);
  for (let round = 0; round < 100; round++) {
    const connection = new BareConnection(engine.it.embedded.uri);
    const noise = Buffer.from(Array.from({ length: random.below(400) }, () => random.below(256)));
    connection.socket.write(message(1, { ping: 1, $db }));
    connection.socket.write(noise);
    connection.socket.end(message(2, { ping: 1, $db }));
    await connection.closed;
  }
  expect(await command({ ping: 1 })).toEqual({ ok: 1 });
});

describe('documents nested too deeply', () => {
  test.each([250, 20_000])('%i deep: the command is refused, the connection goes on', async (depth) => {
    const connection = new BareConnection(engine.it.embedded.uri);
    await once(connection.socket, 'connect');
    connection.socket.write(message(1, nested(depth)));
    connection.socket.write(message(2, { ping: 1, $db }));
    await expect.poll(() => connection.replies().map(({ to }) => to)).toEqual([1, 2]);
    expect(connection.replies()[0]?.body).toMatchObject({ ok: 0, code: 15, codeName: 'Overflow' });
    expect(connection.replies()[1]?.body).toEqual({ ok: 1 });
    connection.socket.destroy();
  });

  test('what is not BSON within a whole message is refused by MongoDB’s code', async () => {
    const connection = new BareConnection(engine.it.embedded.uri);
    await once(connection.socket, 'connect');
    const body = serialize({ ping: 1, $db, text: 'x' });
    body[4] = 0x63;
    connection.socket.write(message(1, body));
    await expect.poll(() => connection.replies()).toMatchObject([{ to: 1, body: { ok: 0, code: 22 } }]);
    connection.socket.destroy();
  });

  test('a document may be 150 deep and is stored, found and changed like any other', async () => {
    const c = engine.it.client.db($db).collection('deep');
    const document: Document = { _id: 1 as never };
    let inner = document;
    for (let i = 1; i < 150; i++) inner = inner['a'] = {};
    await c.insertOne(document);
    expect(await c.findOne({ 'a.a.a': { $exists: true } })).toEqual(document);
  });

  test('no update makes a stored document deeper than a stored document may be', async () => {
    const c = engine.it.client.db($db).collection('deeper');
    await c.insertOne({ _id: 1 as never });
    const long = Array.from({ length: 190 }, () => 'a').join('.');
    await expect(c.updateOne({}, { $set: { [long]: 1 } })).rejects.toMatchObject({ code: 15 });
    await expect(c.updateOne({}, { $set: { [`${long}.${long}`]: 1 } })).rejects.toMatchObject({ code: 15 });
    await expect(c.find({ [`${long}.${long}`]: 1 }).toArray()).rejects.toMatchObject({ code: 15 });
    expect(await c.findOne()).toEqual({ _id: 1 });
  });
});

describe('names that objects of JavaScript know', () => {
  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is no command', async (name) => {
    const connection = new BareConnection(engine.it.embedded.uri);
    await once(connection.socket, 'connect');
    const body = serialize({ XX: 1, $db });
    const named = Buffer.concat([body.subarray(0, 5), Buffer.from(name), body.subarray(7)]);
    named.writeInt32LE(named.length);
    const inner = Buffer.from(serialize({ explain: { XX: 'c' }, $db }));
    const at = inner.indexOf('XX');
    const within = Buffer.concat([inner.subarray(0, at), Buffer.from(name), inner.subarray(at + 2)]);
    within.writeInt32LE(within.length);
    const inside = within.indexOf('explain') + 8;
    within.writeInt32LE(within.readInt32LE(inside) + name.length - 2, inside);
    connection.socket.write(Buffer.concat([message(1, named), message(2, within)]));
    await expect.poll(() => connection.replies().map(({ body: reply }) => reply['code'])).toEqual([59, 59]);
    connection.socket.destroy();
  });
});

test('a client that sends 5,000 commands without reading gets every answer in its order', async () => {
  const connection = new BareConnection(engine.it.embedded.uri);
  await once(connection.socket, 'connect');
  connection.socket.pause();
  for (let id = 1; id <= 5000; id++) connection.socket.write(message(id, { ping: 1, $db }));
  expect(await command({ ping: 1 })).toEqual({ ok: 1 });
  connection.socket.resume();
  await expect.poll(() => connection.replies().length, { timeout: 20_000 }).toBe(5000);
  expect(connection.replies().map(({ to }) => to)).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
  connection.socket.destroy();
});

describe('too many connections', () => {
  let few: Running;
  beforeAll(async () => void (few = await run({ maxConnections: 10 })));
  afterAll(() => few.stop());

  test('further ones are closed, those that are there go on', async () => {
    const connections = Array.from({ length: 15 }, () => new BareConnection(few.embedded.uri));
    await expect.poll(() => connections.filter(({ isClosed }) => isClosed).length).toBeGreaterThanOrEqual(5);
    expect(await few.db.command({ ping: 1 })).toEqual({ ok: 1 });
    for (const { socket } of connections) socket.destroy();
    await Promise.all(connections.map(({ closed }) => closed));
    await few.collection('c').insertOne({ after: 'all' });
  });
});
