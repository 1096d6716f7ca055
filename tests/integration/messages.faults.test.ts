// The database fails in the middle of a command: no false "stored", no false "not stored", no double, no hole.
import { setTimeout as pause } from 'node:timers/promises';
import { MongoNetworkError } from 'mongodb';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { aPost, openLive, person, type Live } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
const amal = person('Amal');
beforeAll(async () => {
  live = await openLive({ patienceMs: 400 });
});
afterAll(() => live.close());
afterEach(() => vi.restoreAllMocks());

const cut = () => new MongoNetworkError('connection 7 to the database closed');
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

type Insert = Live['models']['roomLog']['collection']['insertMany'];
/** Replaces the next append of the log by `behave`, which gets the real one. */
function nextAppend(behave: (insert: Insert, ...args: Parameters<Insert>) => ReturnType<Insert>): void {
  const { collection } = live.models.roomLog;
  const insert = collection.insertMany.bind(collection);
  vi.spyOn(collection, 'insertMany').mockImplementationOnce((...args) => behave(insert, ...args));
}
const logOf = (roomId: string) => live.models.roomLog.find({ roomId }).sort({ rev: 1 }).lean().exec();
const messagesOf = (roomId: string) => live.models.messages.find({ roomId }).sort({ seq: 1 }).lean().exec();

async function expectWhole(roomId: string, texts: string[]): Promise<void> {
  const log = await logOf(roomId);
  expect(log.map((entry) => entry.rev)).toEqual(upTo(texts.length));
  expect(log.map((entry) => entry.text).sort()).toEqual([...texts].sort());
  const stored = await messagesOf(roomId);
  expect(stored.map(({ seq, text }) => [seq, text])).toEqual(log.map(({ rev, text }) => [rev, text]));
  expect(await live.repository.head(roomId)).toMatchObject({ rev: texts.length, posts: texts.length });
}

test('the answer to an append is lost: she hears that it is stored, and it is stored once', async () => {
  const roomId = await live.newRoom();
  nextAppend(async (insert, ...args) => {
    await insert(...args);
    throw cut();
  });
  const { message } = await live.messages.post(amal, aPost(roomId, 'kept'));
  expect(message).toMatchObject({ seq: 1, text: 'kept' });
  await expectWhole(roomId, ['kept']);
  expect(live.envelopes.filter((envelope) => envelope.roomId === roomId)).toMatchObject([{ from: 1, to: 1 }]);
});

test('the connection breaks before anything was stored: the append is made again', async () => {
  const roomId = await live.newRoom();
  nextAppend(() => Promise.reject(cut()));
  await live.messages.post(amal, aPost(roomId, 'second try'));
  await expectWhole(roomId, ['second try']);
});

test('the connection breaks when half of a batch is stored: the rest follows, in order', async () => {
  const roomId = await live.newRoom();
  const texts = upTo(10).map((number) => `text ${number}`);
  nextAppend(async (insert, documents, options) => {
    await insert(documents.slice(0, Math.ceil(documents.length / 2)), options);
    throw cut();
  });
  const answers = await Promise.all(texts.map((text) => live.messages.post(amal, aPost(roomId, text))));
  expect(answers.map(({ message }) => message.seq)).toEqual(upTo(10));
  await expectWhole(roomId, texts);
});

test('an append that was given up lands late: whoever is first, nothing is doubled and no hole is left', async () => {
  for (const delay of [0, 5, 20, 26, 40, 80]) {
    const roomId = await live.newRoom();
    const texts = upTo(6).map((number) => `late ${delay}-${number}`);
    let landed: Promise<unknown> = Promise.resolve();
    nextAppend((insert, ...args) => {
      landed = pause(delay).then(() => insert(...args).catch((error: unknown) => error));
      return Promise.reject(cut());
    });
    const sent = texts.map((text) => aPost(roomId, text));
    const answers = await Promise.all(sent.map((post) => live.messages.post(amal, post)));
    await landed;
    await live.messages.recover();
    await expectWhole(roomId, texts);
    const again = await Promise.all(sent.map((post) => live.messages.post(amal, post)));
    expect(again).toEqual(answers);
  }
});

test('a removal whose answer is lost is done once', async () => {
  const roomId = await live.newRoom();
  const { message } = await live.messages.post(amal, aPost(roomId, 'gone'));
  nextAppend(async (insert, ...args) => {
    await insert(...args);
    throw cut();
  });
  expect(await live.messages.remove(amal, { roomId, messageId: message.id })).toEqual({ rev: 2 });
  expect((await logOf(roomId)).map((entry) => entry.kind)).toEqual(['posted', 'removed']);
});

test('while the database stays away she hears "unavailable"; the same send later is stored once', async () => {
  const roomId = await live.newRoom();
  const sent = aPost(roomId, 'patient');
  const away = vi.spyOn(live.models.roomLog.collection, 'insertMany').mockImplementation(() => Promise.reject(cut()));
  await expect(live.messages.post(amal, sent)).rejects.toMatchObject({ code: 'unavailable' });
  away.mockRestore();
  const { message } = await live.messages.post(amal, sent);
  expect(message.seq).toBe(1);
  await expectWhole(roomId, ['patient']);
});

test('what was stored behind an "unavailable" appears by itself, and a retry is answered with it', async () => {
  const roomId = await live.newRoom();
  const sent = aPost(roomId, 'unknown to her');
  nextAppend(async (insert, ...args) => {
    await insert(...args);
    vi.spyOn(live.models.roomLog.collection, 'find').mockImplementation(() => {
      throw cut();
    });
    throw cut();
  });
  await expect(live.messages.post(amal, sent)).rejects.toMatchObject({ code: 'unavailable' });
  vi.restoreAllMocks();
  await vi.waitFor(() => expectWhole(roomId, ['unknown to her']), { timeout: 5_000, interval: 50 });
  expect(live.envelopes.filter((envelope) => envelope.roomId === roomId)).toMatchObject([{ from: 1, to: 1 }]);
  expect((await live.messages.post(amal, sent)).message.seq).toBe(1);
  await expectWhole(roomId, ['unknown to her']);
});

test('the names cannot be read after a message is stored: it is told to everybody as soon as they can', async () => {
  let failing = true;
  const flaky = await live.another({ namesFail: () => failing });
  const roomId = await live.newRoom();
  const sent = aPost(roomId, 'nameless');
  await expect(flaky.messages.post(amal, sent)).rejects.toMatchObject({ code: 'unavailable' });
  expect(flaky.envelopes).toEqual([]);
  failing = false;
  await vi.waitFor(() => expect(flaky.envelopes).toMatchObject([{ roomId, from: 1, to: 1 }]), { timeout: 5_000 });
  expect((await flaky.messages.post(amal, sent)).message).toMatchObject({ seq: 1, author: { displayName: 'Amal' } });
  await expectWhole(roomId, ['nameless']);
});

test('a defect that is not the network is tried only a few times and reported as it is', async () => {
  const roomId = await live.newRoom();
  const broken = vi
    .spyOn(live.models.roomLog.collection, 'insertMany')
    .mockImplementation(() => Promise.reject(new Error('document too strange')));
  await expect(live.messages.post(amal, aPost(roomId, 'x'))).rejects.toThrow('document too strange');
  expect(broken.mock.calls.length).toBeLessThanOrEqual(3);
});

test('the hub dies between the append and the projection: the next start projects what the log holds', async () => {
  const dying = await live.another({ patienceMs: 100 });
  const roomId = await live.newRoom();
  await dying.messages.post(amal, aPost(roomId, 'before'));
  const messageId = (await messagesOf(roomId))[0]?._id.toHexString() ?? '';
  vi.spyOn(dying.models.messages.collection, 'bulkWrite').mockImplementation(() => Promise.reject(cut()));
  const sent = aPost(roomId, 'in the log only');
  await expect(dying.messages.post(amal, sent)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(dying.messages.remove(amal, { roomId, messageId })).rejects.toMatchObject({ code: 'unavailable' });
  await dying.messages.flush(); // its repairs die with it
  expect(await live.repository.head(roomId)).toMatchObject({ rev: 1, posts: 1 });
  expect(await messagesOf(roomId)).toHaveLength(1);

  const next = await live.another();
  await next.messages.recover();
  expect(await live.repository.head(roomId)).toMatchObject({ rev: 3, posts: 2 });
  expect((await messagesOf(roomId)).map(({ text, removedBy }) => [text, removedBy])).toEqual([
    [null, 'author'],
    ['in the log only', null],
  ]);
  expect((await logOf(roomId)).map((entry) => entry.text)).toEqual([null, 'in the log only', undefined]);
  expect((await next.messages.post(amal, sent)).message.seq).toBe(2);
});

test('a living process notices what a dead one left, when it looks how far the room is', async () => {
  const dying = await live.another({ patienceMs: 100 });
  const roomId = await live.newRoom();
  vi.spyOn(dying.models.rooms.collection, 'updateOne').mockImplementation(() => Promise.reject(cut()));
  await expect(dying.messages.post(amal, aPost(roomId, 'left behind'))).rejects.toMatchObject({ code: 'unavailable' });
  await dying.messages.flush();
  expect(await live.repository.head(roomId)).toMatchObject({ rev: 0 });
  expect(await live.messages.heads([roomId])).toEqual(new Map([[roomId, 1]]));
  await expectWhole(roomId, ['left behind']);
});

test('projecting everything a second time changes nothing', async () => {
  const roomId = await live.newRoom();
  const posts = await Promise.all(['a', 'b', 'c'].map((text) => live.messages.post(amal, aPost(roomId, text))));
  await live.messages.remove(amal, { roomId, messageId: posts[1]?.message.id ?? '' });
  const before = [await messagesOf(roomId), await logOf(roomId), await live.repository.byId(roomId)];
  await live.models.rooms.updateOne({ _id: roomId }, { $set: { rev: 0, posts: 0 } });
  const again = await live.another();
  await again.messages.recover();
  expect([await messagesOf(roomId), await logOf(roomId), await live.repository.byId(roomId)]).toEqual(before);
});

test('entries that expired before anybody projected them do not stop the room', async () => {
  const roomId = await live.newRoom();
  for (const text of ['1', '2', '3']) await live.messages.post(amal, aPost(roomId, text));
  await live.models.rooms.updateOne({ _id: roomId }, { $set: { rev: 0, posts: 0 } });
  await live.models.roomLog.deleteMany({ roomId, rev: { $lte: 2 } });
  const again = await live.another();
  await again.messages.recover();
  expect(await live.repository.head(roomId)).toMatchObject({ rev: 3, posts: 3 });
});
