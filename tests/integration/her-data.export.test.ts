// Her copy of her data: everything she wrote, nothing of anybody else.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DATA_PARTS } from '#shared/her-data.ts';
import { furnishPair, HERS, THEIRS } from '../support/blocks.ts';
import { startTestHub, TEST_PASSWORD, type TestHub, type TestPerson } from '../support/hub.ts';

let hub: TestHub;
let coordinator: TestPerson;
let olena: TestPerson;
let samira: TestPerson;
let roomId = '';

beforeAll(async () => {
  hub = await startTestHub();
  coordinator = await hub.join('first', 'coordinator');
  olena = await hub.join('olena-userword');
  samira = await hub.join('samira-userword', 'mentor');
  roomId = await hub.roomId();
  for (const [who, word] of [
    [olena, 'marigold'],
    [samira, 'thistle'],
  ] as const) {
    const post = (text: string, more: object = {}) =>
      hub.hub.messages.post(who.actor, { roomId, clientId: randomUUID(), text, ...more });
    const { message } = await post(`${word} in the open`);
    await post(`${word} without a name`, { anonymous: true });
    await hub.hub.messages.react(who.actor, { roomId, messageId: message.id, reaction: 'heart', on: true });
    await hub.hub.messages.edit(who.actor, { roomId, messageId: message.id, text: `${word} once more` });
  }
  const { message } = await hub.hub.messages.post(samira.actor, {
    ...{ roomId, clientId: randomUUID(), text: 'thistle asks', anonymous: true },
  });
  await hub.hub.messages.save(olena.actor, { roomId, messageId: message.id, on: true });
  await hub.hub.moderation.report(olena.actor, {
    ...{ subject: 'message', id: message.id, roomId, reason: 'other', note: 'marigold is worried' },
  });
}, 60_000);
afterAll(() => hub.close());

/** What a person's copy holds, as one text. */
async function copyOf(person: TestPerson): Promise<string> {
  const data = await hub.hub.herData.export(person.actor, { password: TEST_PASSWORD });
  const all: unknown[] = [];
  for (const part of DATA_PARTS) for await (const row of data.rows(part)) all.push(part, row);
  return JSON.stringify(all);
}

test('everything she wrote is in it, also without her name, and what it said before', async () => {
  const copy = await copyOf(olena);
  for (const text of ['in the open', 'without a name', 'once more', 'is worried'])
    expect(copy).toContain(`marigold ${text}`);
  for (const own of ['olena-userword', '"heart"', '"saved"']) expect(copy).toContain(own);
});

test('nothing of anybody else is in it: no name, no text, no id', async () => {
  const copy = await copyOf(olena);
  for (const other of ['thistle', 'samira', samira.actor.id]) expect(copy).not.toContain(other);
  const hers = await copyOf(samira);
  for (const other of ['marigold', 'olena', olena.actor.id]) expect(hers).not.toContain(other);
  expect(hers).toContain('thistle asks');
});

test('whoever holds her phone gets nothing without her password', async () => {
  await expect(hub.hub.herData.export(olena.actor, { password: 'a wrong one 123' })).rejects.toMatchObject({
    code: 'auth.wrong-password',
  });
  for (const input of [null, {}, { password: '' }, { password: { $ne: 1 } }])
    await expect(hub.hub.herData.export(olena.actor, input)).rejects.toMatchObject({
      code: expect.stringMatching(/^input\./),
    });
});

test('no passwords, tokens or keys are in it', async () => {
  const person = await hub.join('third');
  const copy = await copyOf(person);
  expect(copy).not.toMatch(/argon|passwordHash|tokenHash|p256dh|endpoint/);
});

test('the third copy within an hour is refused', async () => {
  const person = await hub.join('fourth');
  await copyOf(person);
  await copyOf(person);
  await expect(copyOf(person)).rejects.toMatchObject({ code: 'rate.limited' });
});

test('of a woman from whom she is apart nothing is in it, but whom she blocked herself', async () => {
  const [one, other] = [await hub.join('blockerin'), await hub.join('blockiert')];
  const four = { blocker: one.actor, blocked: other.actor, third: samira.actor, coordinator: coordinator.actor };
  const has = await furnishPair(hub.hub, four);
  await hub.hub.blocks.block(one.actor, { userId: other.actor.id });
  const theirs = await copyOf(other);
  for (const own of [THEIRS, other.actor.displayName, ...Object.values(has.theirs ?? {})])
    expect(theirs).toContain(own);
  const hers = [one.actor.id, one.actor.displayName, HERS, ...Object.values(has.hers ?? {})];
  expect(hers.filter((mark) => theirs.includes(mark))).toEqual([]);
  expect(theirs).not.toContain('"blocks",{');

  const copy = await copyOf(one);
  expect(copy.split(other.actor.displayName)).toHaveLength(2);
  expect([other.actor.id, THEIRS, ...Object.values(has.theirs ?? {})].filter((mark) => copy.includes(mark))).toEqual(
    [],
  );
});
