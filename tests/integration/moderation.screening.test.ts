// What word lists and the community hold back, with real parts: nothing is blocked silently, nothing is posted twice.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type Name } from '../support/house.ts';

const { running, hub, roomId, as, decide: decideAs } = await openHouse();
beforeAll(async () => {
  await hub.wordLists.add(as('vera'), { language: 'de', text: 'quatschkopf', act: 'flag' });
  await hub.wordLists.add(as('vera'), { language: 'de', text: 'giftnudel', act: 'hold' });
});
afterAll(() => running.close());

const post = (name: Name, text: string, clientId: string = randomUUID(), more: object = {}) =>
  hub.messages.post(as(name), { roomId, clientId, text, ...more });
const texts = async () => (await hub.messages.history(as('boss'), { roomId })).messages.map(({ text }) => text);
const open = async () => (await hub.moderation.cases(as('vera'), {})).items;
const decide = (caseId: string, input: object) => decideAs('vera', caseId, input);

test('a flagged word is posted, and moderators find it in their list with what it hit', async () => {
  const { message } = await post('olena', 'Du Quatschkopf!');
  expect(await texts()).toContain('Du Quatschkopf!');
  const [found] = await open();
  expect(found).toMatchObject({ messageId: message.id, hits: ['quatschkopf'], held: false, reports: 0 });
  // a report of the same message is the same case
  const { caseId } = await hub.moderation.report(as('boss'), {
    ...{ subject: 'message', id: message.id, roomId, reason: 'insult' },
  });
  expect(caseId).toBe(found?.id);
  await decide(caseId, { decision: 'none' });
  expect(await open()).toEqual([]);
});

test('what waits is in no room; its author is told so, however often it is sent; released, it is posted once', async () => {
  const clientId = randomUUID();
  await expect(post('olena', 'So eine Giftnudel', clientId)).rejects.toMatchObject({ code: 'message.held' });
  await expect(post('olena', 'So eine Giftnudel', clientId)).rejects.toMatchObject({ code: 'message.held' });
  expect(await texts()).not.toContain('So eine Giftnudel');
  const waiting = await open();
  expect(waiting).toHaveLength(1);
  const [found] = waiting;
  const caseId = found?.id ?? '';
  expect(found).toMatchObject({ held: true, hits: ['giftnudel'], messageId: null });
  expect((await hub.moderation.openCase(as('mona'), { caseId })).said?.text).toBe('So eine Giftnudel');
  await decide(caseId, { decision: 'none' });
  expect((await texts()).filter((text) => text === 'So eine Giftnudel')).toHaveLength(1);
  // the retry of her device finds it
  expect((await post('olena', 'So eine Giftnudel', clientId)).message.text).toBe('So eine Giftnudel');
  expect((await texts()).filter((text) => text === 'So eine Giftnudel')).toHaveLength(1);
});

test('what was not shown stays unseen; she reads why and objects, and then it is posted', async () => {
  const clientId = randomUUID();
  await expect(post('olena', 'Giftnudel, du', clientId)).rejects.toMatchObject({ code: 'message.held' });
  const caseId = (await open())[0]?.id ?? '';
  await decide(caseId, { decision: 'remove' });
  await expect(post('olena', 'Giftnudel, du', clientId)).rejects.toMatchObject({ code: 'message.held' });
  expect(await open()).toEqual([]);
  const notice = (await hub.moderation.notices(as('olena'), {})).items.find((one) => one.caseId === caseId);
  expect(notice).toMatchObject({ kind: 'remove', excerpt: 'Giftnudel, du' });
  await hub.moderation.appeal(as('olena'), { caseId, text: 'a quotation' });
  const appeal = (await hub.moderation.cases(as('mona'), {})).items[0]?.id ?? '';
  const { version } = (await hub.moderation.openCase(as('mona'), { caseId: appeal })).case;
  await hub.moderation.decide(as('mona'), { caseId: appeal, version, decision: 'overturn' });
  expect(await texts()).toContain('Giftnudel, du');
});

test('new words are looked at like first ones: what would wait is kept from members until somebody has looked', async () => {
  const { message } = await post('olena', 'friendly words');
  await hub.messages.edit(as('olena'), { roomId, messageId: message.id, text: 'friendly Giftnudel' });
  const seen = (await hub.messages.history(as('boss'), { roomId })).messages.find(({ id }) => id === message.id);
  expect(seen).toMatchObject({ text: null, removedBy: 'review' });
  const [found] = await open();
  expect(found).toMatchObject({ messageId: message.id, hits: ['giftnudel'], hidden: true });
  // she herself reads them meanwhile, and nobody else does
  const review = (name: Name) => hub.messages.review(as(name), { roomId, messageId: message.id });
  expect(await review('olena')).toEqual({ text: 'friendly Giftnudel' });
  for (const other of ['amal', 'boss', 'vera'] as const) expect(await review(other)).toEqual({ text: null });
  await expect(hub.messages.review(as('olena'), { roomId, messageId: '0'.repeat(24) })).rejects.toMatchObject({
    code: 'not-found',
  });
  await decide(found?.id ?? '', { decision: 'none' });
  expect(await texts()).toContain('friendly Giftnudel');
  expect(await review('olena')).toEqual({ text: null });
});

test('what a moderator removed after a look is a stone for its author too', async () => {
  const { message } = await post('olena', 'other friendly words');
  await hub.messages.edit(as('olena'), { roomId, messageId: message.id, text: 'other Giftnudel' });
  await decide((await open())[0]?.id ?? '', { decision: 'remove' });
  expect(await hub.messages.review(as('olena'), { roomId, messageId: message.id })).toEqual({ text: null });
});

test('moderators write what they must, and harmless words pass', async () => {
  await post('vera', 'Wer schreibt hier Giftnudel?');
  await post('olena', 'Wie geht es euch?');
  expect(await open()).toEqual([]);
});

test('links of newcomers and telephone numbers wait only where the community wants so', async () => {
  const link = 'Schau: https://example.org/x';
  const phone = 'Ruf mich an: 0151 23456789';
  await post('amal', link);
  await post('amal', phone);
  await expect(hub.community.decideHolds(as('vera'), { holdLinks: 'on', holdPhones: '' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await hub.community.decideHolds(as('boss'), { holdLinks: 'on', holdPhones: 'on' });
  await expect(post('amal', link)).rejects.toMatchObject({ code: 'message.held' });
  await expect(post('amal', phone)).rejects.toMatchObject({ code: 'message.held' });
  await post('amal', 'Hilfetelefon: 116 016');
  expect((await open()).map(({ hits }) => hits)).toEqual([['link'], ['phone']]);
  // who has been here for long posts links
  const old = { ...as('amal'), joinedAt: new Date('2020-01-01') };
  await hub.messages.post(old, { roomId, clientId: randomUUID(), text: `${link} again` });
});

test('who wrote what was not released is told so, and where she reads why; nobody else learns of it', async () => {
  const clientId = randomUUID();
  const send = () => hub.messages.post(as('olena'), { roomId, clientId, text: `Giftnudel ${clientId}` });
  await expect(send()).rejects.toMatchObject({ code: 'message.held' });
  const fate = (name: Name = 'olena') => hub.moderation.held(as(name), { clientId });
  expect(await fate()).toEqual({ state: 'waits', noticeId: null });
  const found = (await open()).find(({ hits }) => hits.includes('giftnudel'));
  await decide(found?.id ?? '', { decision: 'remove' });
  expect(await fate()).toEqual({ state: 'refused', noticeId: found?.id });
  expect(await hub.moderation.notice(as('olena'), { caseId: found?.id })).toMatchObject({ kind: 'remove' });
  // somebody else's post is none of hers, whatever it is called
  expect(await fate('amal')).toEqual({ state: 'refused', noticeId: null });
  await expect(hub.moderation.held(as('olena'), { clientId: { $ne: '' } })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  // undone: it is in the room
  const { version } = (await hub.moderation.openCase(as('vera'), { caseId: found?.id })).case;
  await hub.moderation.undo(as('vera'), { caseId: found?.id, version });
  expect(await fate()).toEqual({ state: 'posted', noticeId: null });
  expect(await texts()).toContain(`Giftnudel ${clientId}`);
});
