// A member who left something everywhere: pictures, a place, a talk, a phone, notices, reports. After she deleted her account the
// whole database and every file are searched.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessagesChoice } from '#shared/her-data.ts';
import { doorsOf, photo } from '../support/attachments.ts';
import { TEST_PASSWORD, type TestPerson } from '../support/hub.ts';
import { openPush, type PushWorld } from '../support/push.ts';
import { aPlace } from '../support/queue.ts';
import { wordsIn } from '../support/words-in.ts';

let world: PushWorld;
let mod: TestPerson;
let roomId = '';
beforeAll(async () => {
  world = await openPush();
  mod = await world.running.join('mod', 'moderator');
  roomId = await world.running.roomId();
}, 60_000);
afterAll(() => world.close());

/** Something of hers wherever a member leaves something; `word` is in all her words. */
async function live(who: TestPerson, word: string): Promise<void> {
  const { hub, running, amina, dropInId } = world;
  const { actor } = who;
  const picture = await doorsOf(running).upload(who, roomId, await photo(), `${word}.jpg`);
  const post = { roomId, clientId: randomUUID(), text: `${word} with a picture`, attachments: [picture.id] };
  const { message } = await hub.messages.post(actor, post);
  // an upload that no message used
  await doorsOf(running).upload(who, roomId, await photo(300, 200), `${word}-unused.jpg`);
  await world.deviceOf(who);
  await hub.push.setQuiet(actor, { quietFrom: '22:00', quietTo: '06:00' });
  await world.tell(who);
  const place = aPlace(dropInId, { words: `${word} for the mentor`, firstName: word });
  const { ticketId } = await hub.tickets.join(actor, place);
  await hub.tickets.call(amina.actor, { ticketId });
  await hub.tickets.coming(actor, { ticketId });
  const talkId = (await hub.tickets.ticket(actor, { ticketId })).talkId ?? '';
  const as = await hub.talks.personaOf(actor, talkId);
  await hub.messages.post(as, { roomId: talkId, clientId: randomUUID(), text: `${word} in the talk` });
  await hub.tickets.end(amina.actor, { ticketId });
  await hub.moderation.report(actor, { subject: 'person', id: amina.actor.id, reason: 'other', note: `${word} note` });
  const about = { subject: 'message', id: message.id, roomId, reason: 'insult', note: '' };
  const { caseId } = await hub.moderation.report(amina.actor, about);
  const { version } = (await hub.moderation.openCase(mod.actor, { caseId })).case;
  await hub.moderation.decide(mod.actor, { caseId, version, decision: 'warn', rule: 'respect', note: `${word} again` });
  await hub.search.flush();
}

async function erased(who: TestPerson, messages: MessagesChoice): Promise<void> {
  const { hub } = world;
  await hub.herData.deleteAccount(who.actor, { password: TEST_PASSWORD, messages });
  world.move(2 * 60);
  expect(await hub.jobs.tick()).toBe(true);
  await hub.messages.flush();
  await hub.search.flush();
}

test('when her messages go, nothing of her is left in any collection or file but her number where it was announced', async () => {
  const nadia = await world.running.join('nadia-username');
  await live(nadia, 'cornflower');
  expect((await wordsIn(world, nadia.actor.id, 'cornflower', 'nadia-username')).length).toBeGreaterThan(15);
  const { connection } = world.hub.database;
  expect(await connection.collection('blobs.files').countDocuments()).toBeGreaterThan(0);
  await erased(nadia, 'go');
  expect(await wordsIn(world, 'cornflower', 'nadia-username')).toEqual([]);
  expect(await wordsIn(world, nadia.actor.id)).toEqual(['erasures', 'roomLog']);
  for (const name of ['blobs.files', 'blobs.chunks', 'pushDevices', 'pushQuiet'])
    expect(await connection.collection(name).countDocuments(), name).toBe(0);
});

test('when her messages stay, only they and their pictures do, under nobody’s number', async () => {
  const oksana = await world.running.join('oksana-username');
  await live(oksana, 'speedwell');
  await erased(oksana, 'stay');
  expect(await wordsIn(world, 'speedwell')).toEqual(['messages', 'roomLog', 'searchMessages']);
  expect(await wordsIn(world, 'oksana-username')).toEqual([]);
  expect(await wordsIn(world, oksana.actor.id)).toEqual(['erasures', 'roomLog']);
  const { connection } = world.hub.database;
  const left = await connection.collection('attachments').find({}).toArray();
  expect(left.filter(({ messageId, state }) => messageId !== null && state === 'ready')).toHaveLength(1);
});
