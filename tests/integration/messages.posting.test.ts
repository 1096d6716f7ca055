// Posting into a room: dense revs, one order for every process, nothing lost or doubled.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RoomChange } from '../../src/lib/shared/messages.ts';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
beforeAll(async () => {
  live = await openLive();
});
afterAll(() => live.close());

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const logOf = (roomId: string) => live.models.roomLog.find({ roomId }).sort({ rev: 1 }).lean().exec();
const messagesOf = (roomId: string) => live.models.messages.find({ roomId }).sort({ seq: 1 }).lean().exec();
const textsOf = (changes: RoomChange[]) =>
  changes.map((change) => (change.kind === 'posted' ? change.message.text : change.kind));

test('a post is stored, shown with its author and told to everybody', async () => {
  const roomId = await live.newRoom();
  const amal = person('Amal');
  const sent = aPost(roomId, '  مرحبا  ');
  const { message } = await live.messages.post(amal, sent);
  expect(message).toMatchObject({ seq: 1, rev: 1, post: 1, text: 'مرحبا', removedBy: null, clientId: sent.clientId });
  expect(message.author).toMatchObject({ id: amal.id, displayName: 'Amal' });
  expect(live.envelopes.filter((envelope) => envelope.roomId === roomId)).toEqual([
    { roomId, from: 1, to: 1, posts: 1, changes: [{ rev: 1, kind: 'posted', message }] },
  ]);
  const page = await live.messages.history(amal, { roomId });
  expect(page).toMatchObject({ messages: [message], hasOlder: false });
  expect(await live.repository.head(roomId)).toMatchObject({ rev: 1, posts: 1, lastAt: new Date(message.at) });
});

test('200 women posting at once get dense revs in a few appends', async () => {
  const roomId = await live.newRoom();
  const women = upTo(20).map((number) => person(`Woman ${number}`));
  const answers = await Promise.all(
    upTo(200).map((number) => live.messages.post(women[number % 20] ?? person('x'), aPost(roomId, `text ${number}`))),
  );
  const log = await logOf(roomId);
  expect(log.map((entry) => entry.rev)).toEqual(upTo(200));
  expect(log.map((entry) => entry.posts)).toEqual(upTo(200));
  const stored = await messagesOf(roomId);
  expect(stored.map((message) => message.seq)).toEqual(upTo(200));
  expect(new Set(stored.map((message) => message.text)).size).toBe(200);
  expect(answers.map(({ message }) => message.id).sort()).toEqual(stored.map(({ _id }) => _id.toHexString()).sort());
  const told = live.envelopes.filter((envelope) => envelope.roomId === roomId);
  expect(told.flatMap((envelope) => envelope.changes.map((change) => change.rev))).toEqual(upTo(200));
  expect(told.length).toBeLessThan(100);
  expect(await live.repository.head(roomId)).toMatchObject({ rev: 200, posts: 200 });
});

test('what one woman sends in a row stands in that order', async () => {
  const roomId = await live.newRoom();
  const amal = person('Amal');
  await Promise.all(upTo(60).map((number) => live.messages.post(amal, aPost(roomId, `line ${number}`))));
  expect((await messagesOf(roomId)).map((message) => message.text)).toEqual(upTo(60).map((n) => `line ${n}`));
});

test('two processes posting into one room make one dense order, the same for both', async () => {
  const other = await live.another();
  const roomId = await live.newRoom();
  const [here, there] = [person('Here'), person('There')];
  const both = [
    { messages: live.messages, actor: here, name: 'a' },
    { messages: other.messages, actor: there, name: 'b' },
  ];
  const sent = await Promise.all(
    both.flatMap(({ messages, actor, name }) =>
      upTo(8).map(async (writer) => {
        for (let number = 1; number <= 8; number++) {
          await messages.post(actor, aPost(roomId, `${name}${writer}-${number}`));
        }
      }),
    ),
  );
  expect(sent).toHaveLength(16);
  const log = await logOf(roomId);
  expect(log.map((entry) => entry.rev)).toEqual(upTo(128));
  expect(log.map((entry) => entry.posts)).toEqual(upTo(128));
  expect(new Set(log.map((entry) => entry.text)).size).toBe(128);
  const stored = await messagesOf(roomId);
  expect(stored.map((message) => [message.seq, message.text])).toEqual(log.map((entry) => [entry.rev, entry.text]));
  expect(await live.repository.head(roomId)).toMatchObject({ rev: 128, posts: 128 });

  for (const process of [live, other]) {
    const envelopes = process.envelopes.filter((envelope) => envelope.roomId === roomId);
    for (const [index, envelope] of envelopes.entries()) {
      expect(envelope.from).toBe((envelopes[index - 1]?.to ?? envelope.from - 1) + 1);
      expect(envelope.changes.map((change) => change.rev)).toEqual(
        upTo(envelope.to - envelope.from + 1).map((step) => step + envelope.from - 1),
      );
      expect(textsOf(envelope.changes)).toEqual(log.slice(envelope.from - 1, envelope.to).map((entry) => entry.text));
    }
  }
  const [fromHere, fromThere] = [
    await live.messages.changesBetween(roomId, 1, 128),
    await other.messages.changesBetween(roomId, 1, 128),
  ];
  expect(fromThere).toEqual(fromHere);
  expect(await live.messages.heads([roomId])).toEqual(new Map([[roomId, 128]]));
});

test('a process that was silent while another wrote a lot goes on at the end', async () => {
  const quiet = await live.another({ limits: { catchUpChanges: 5 } });
  const roomId = await live.newRoom();
  const amal = person('Amal');
  await quiet.messages.post(amal, aPost(roomId, 'first'));
  await Promise.all(upTo(30).map((number) => live.messages.post(amal, aPost(roomId, `busy ${number}`))));
  const { message } = await quiet.messages.post(amal, aPost(roomId, 'last'));
  expect(message.seq).toBe(32);
  expect(quiet.envelopes.map(({ from, to, posts }) => ({ from, to, posts }))).toEqual([
    { from: 1, to: 1, posts: 1 },
    { from: 32, to: 32, posts: 32 },
  ]);
});

test('rooms do not wait for each other', async () => {
  const [one, two] = [await live.newRoom(), await live.newRoom()];
  const amal = person('Amal');
  const answers = await Promise.all([
    live.messages.post(amal, aPost(one, 'one')),
    live.messages.post(amal, aPost(two, 'two', randomUUID())),
  ]);
  expect(answers.map(({ message }) => message.seq)).toEqual([1, 1]);
});

test('someone who posts without a pause is asked to wait, and others are not', async () => {
  const limited = await live.another({ limits: { posting: { burst: 3, perSecond: 0.1 } } });
  const roomId = await live.newRoom();
  const [fast, calm] = [person('Fast'), person('Calm')];
  for (const text of ['1', '2', '3']) await limited.messages.post(fast, aPost(roomId, text));
  await expect(limited.messages.post(fast, aPost(roomId, '4'))).rejects.toMatchObject({
    code: 'rate.limited',
    params: { seconds: 10 },
  });
  await limited.messages.post(calm, aPost(roomId, 'still here'));
  expect((await messagesOf(roomId)).map((message) => message.text)).toEqual(['1', '2', '3', 'still here']);
});
