// Reactions: merged in a batch, counted for everybody, known as hers to the viewer only.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let roomId: string;
let messageId: string;
const amal = person('Amal');
const olena = person('Olena');
beforeAll(async () => {
  live = await openLive();
});
afterAll(() => live.close());
beforeEach(async () => {
  roomId = await live.newRoom();
  messageId = (await live.messages.post(amal, aPost(roomId, 'hello'))).message.id;
});

const react = (actor: typeof amal, reaction: string, on = true) =>
  live.messages.react(actor, { roomId, messageId, reaction, on });
const page = (actor: typeof amal) => live.messages.history(actor, { roomId });
const entries = () => live.models.roomLog.countDocuments({ roomId });

test('a reaction is counted, and only she knows that it is hers', async () => {
  await react(olena, 'thanks');
  await react(olena, 'heart');
  await react(amal, 'thanks');
  const [hers, mine] = [await page(olena), await page(amal)];
  expect(hers.messages[0]).toMatchObject({ reactions: { thanks: 2, heart: 1 }, rev: 4 });
  expect(hers.mine.reactions).toEqual({ [messageId]: ['thanks', 'heart'] });
  expect(mine.mine.reactions).toEqual({ [messageId]: ['thanks'] });
  expect(JSON.stringify([mine.messages, live.envelopes])).not.toContain(olena.id);
});

test('reactions of one breath go together in few entries', async () => {
  const women = Array.from({ length: 30 }, (_, index) => person(`Woman ${index}`));
  await Promise.all(women.map((woman) => react(woman, 'strength')));
  expect(await entries()).toBeLessThan(12);
  expect(live.envelopes.at(-1)?.changes.at(-1)).toMatchObject({ kind: 'reacted', reactions: { strength: 30 } });
});

test('the same reaction twice, or taking back what was not given, changes nothing', async () => {
  expect(await react(olena, 'agree')).toEqual({ rev: 2 });
  expect(await react(olena, 'agree')).toEqual({ rev: 2 });
  expect(await react(olena, 'sad', false)).toEqual({ rev: 2 });
  await Promise.all([react(amal, 'agree', false), react(amal, 'agree', false)]);
  expect(await entries()).toBe(2);
  expect((await page(amal)).messages[0]?.reactions).toEqual({ agree: 1 });
});

test('two processes that hear the same reaction at once count it once', async () => {
  const other = await live.another();
  const input = { roomId, messageId, reaction: 'helpful', on: true };
  await Promise.all([live.messages.react(olena, input), other.messages.react(olena, input)]);
  expect((await page(amal)).messages[0]?.reactions).toEqual({ helpful: 1 });
});

test('given and taken back in one breath ends as the last word', async () => {
  await Promise.all([react(olena, 'heart'), react(olena, 'heart', false)]);
  expect((await page(amal)).messages[0]?.reactions).toEqual({});
});

test('a stone takes none, and loses those it had', async () => {
  await react(olena, 'heart');
  await live.messages.remove(amal, { roomId, messageId });
  await expect(react(olena, 'sad')).rejects.toMatchObject({ code: 'not-found' });
  const shown = await page(olena);
  expect([shown.messages[0]?.reactions, shown.mine.reactions]).toEqual([{}, {}]);
  expect(JSON.stringify(await live.models.messages.find({ roomId }).lean())).not.toContain(olena.id);
});

test('other words than the fixed ones are refused', async () => {
  for (const reaction of ['angry', '', '❤️', { $gt: '' }, 'thanks:x']) {
    await expect(react(olena, reaction as string)).rejects.toMatchObject({ code: 'input.invalid' });
  }
  await expect(live.messages.react(olena, { roomId, messageId, reaction: 'heart' })).rejects.toMatchObject({
    code: 'input.invalid',
  });
});
