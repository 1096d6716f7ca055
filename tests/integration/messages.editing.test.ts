// Editing, languages and what the words were before.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../src/lib/shared/limits.ts';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let roomId: string;
let now = Date.now();
const amal = person('Amal');
const olena = person('Olena');
const moderator = person('Mod', 'moderator');
beforeAll(async () => {
  live = await openLive({ clock: { now: () => new Date(now) } });
});
afterAll(() => live.close());
beforeEach(async () => {
  roomId = await live.newRoom();
});

const post = async (text: string, more: object = {}) =>
  (await live.messages.post(amal, { ...aPost(roomId, text), ...more })).message;
const edit = (messageId: string, text: unknown, actor = amal) => live.messages.edit(actor, { roomId, messageId, text });
const newest = async () => (await live.messages.history(olena, { roomId })).messages.at(-1);
const stored = async () =>
  JSON.stringify([
    await live.models.messages.find({ roomId }).lean(),
    await live.models.roomLog.find({ roomId }).lean(),
  ]);

test('the author changes her words, and everybody sees that she did', async () => {
  const message = await post('first');
  expect(await edit(message.id, '  second ')).toEqual({ rev: 2 });
  expect(await newest()).toMatchObject({ text: 'second', rev: 2, seq: 1, editedAt: new Date(now).toISOString() });
  expect(live.envelopes.at(-1)?.changes).toMatchObject([{ kind: 'edited', messageId: message.id, text: 'second' }]);
  expect(await edit(message.id, 'second')).toEqual({ rev: 2 });
});

test('what the words were is for moderators only, and in no log entry any more', async () => {
  const message = await post('one');
  await edit(message.id, 'two');
  await edit(message.id, 'three');
  const input = { roomId, messageId: message.id };
  const { versions } = await live.messages.versions(moderator, input);
  expect(versions.map(({ text }) => text)).toEqual(['one', 'two']);
  await expect(live.messages.versions(amal, input)).rejects.toMatchObject({ code: 'forbidden' });
  const log = JSON.stringify(await live.models.roomLog.find({ roomId }).lean());
  expect([log.includes('"one"'), log.includes('"two"'), log.includes('"three"')]).toEqual([false, false, true]);
  const caughtUp = await live.messages.join(olena, { roomId, since: 0 });
  expect(JSON.stringify(caughtUp)).not.toMatch(/"one"|"two"/);
});

test('removing an edited message takes every version away, from the log too', async () => {
  const message = await post('unforgettable');
  await edit(message.id, 'unmistakable');
  await live.messages.remove(amal, { roomId, messageId: message.id });
  expect(await stored()).not.toMatch(/unforgettable|unmistakable/);
  expect(await newest()).toMatchObject({ text: null, editedAt: null });
  await expect(edit(message.id, 'again')).rejects.toMatchObject({ code: 'not-found' });
});

test('after the community’s time, and by anybody else, words stay as they are', async () => {
  const message = await post('mine');
  for (const other of [olena, moderator]) {
    await expect(edit(message.id, 'yours', other)).rejects.toMatchObject({ code: 'forbidden' });
  }
  now += LIMITS.editMinutes * 60_000;
  await edit(message.id, 'in the last moment');
  now += 1;
  await expect(edit(message.id, 'too late')).rejects.toMatchObject({ code: 'forbidden' });
  expect(await newest()).toMatchObject({ text: 'in the last moment' });
});

test.each([
  ['nothing', '', 'input.empty'],
  ['zero-width characters only', '\u200b\u2060', 'input.empty'],
  ['direction overrides only', '\u202e\u2067', 'input.empty'],
  ['one character too much', 'x'.repeat(LIMITS.messageLength + 1), 'input.too-long'],
  ['a lone surrogate', 'a\udc00', 'input.invalid'],
  ['a query', { $ne: '' }, 'input.invalid'],
])('an edit to %s is refused', async (_name, text, code) => {
  const message = await post('stays');
  await expect(edit(message.id, text)).rejects.toMatchObject({ code });
  expect((await newest())?.text).toBe('stays');
});

test('a foreign or unknown message, or one of another room, cannot be edited', async () => {
  const message = await post('here');
  const elsewhere = await live.newRoom();
  for (const input of [
    { roomId: elsewhere, messageId: message.id },
    { roomId, messageId: 'f'.repeat(24) },
    { roomId: 'f'.repeat(24), messageId: message.id },
  ]) {
    await expect(live.messages.edit(amal, { ...input, text: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  }
});

test('a right-to-left override arrives as it was typed', async () => {
  const message = await post('abc \u202e def');
  expect(message.text).toBe('abc \u202e def');
});

test('a message knows its language, the author corrects it, and an edit does not forget that', async () => {
  const message = await post('Does anyone know a dentist?');
  expect(message.lang).toBe('en');
  await expect(live.messages.language(olena, { roomId, messageId: message.id, lang: 'de' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await live.messages.language(amal, { roomId, messageId: message.id, lang: 'de' });
  expect(await newest()).toMatchObject({ lang: 'de', rev: 2 });
  await edit(message.id, 'Does anyone know a good dentist?');
  expect(await newest()).toMatchObject({ lang: 'de' });
  await expect(live.messages.language(amal, { roomId, messageId: message.id, lang: 'xx' })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  expect((await post('Привіт, хто знає лікаря?', { lang: 'ru' })).lang).toBe('ru');
});

test('an edit whose guess was right is guessed again', async () => {
  const message = await post('Does anyone know a dentist?');
  await edit(message.id, 'Kennt jemand eine gute Zahnärztin in der Stadt?');
  expect(await newest()).toMatchObject({ lang: 'de' });
});
