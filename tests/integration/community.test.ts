// What coordinators decide for the whole community, and that it holds at once.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EDIT_MINUTES } from '../../src/lib/shared/community.limits.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';

let hub: TestHub;
let katrin: TestPerson;
let amal: TestPerson;
let roomId: string;
beforeAll(async () => {
  hub = await startTestHub();
  katrin = await hub.join('katrin', 'coordinator');
  amal = await hub.join('amal');
  roomId = await hub.roomId();
});
afterAll(() => hub.close());

const decide = (editMinutes: unknown, who = katrin) => hub.hub.community.decide(who.actor, { editMinutes });
async function edited(): Promise<unknown> {
  const { messages } = hub.hub;
  const { message } = await messages.post(amal.actor, { roomId, clientId: randomUUID(), text: 'first' });
  return messages.edit(amal.actor, { roomId, messageId: message.id, text: 'second' });
}
const told = async () => (await hub.hub.messages.join(amal.actor, { roomId })).editMinutes;

test('an hour to change her words, until the coordinator decides otherwise', async () => {
  expect(await hub.hub.community.view(katrin.actor)).toMatchObject({ editMinutes: 60, talkDays: 30 });
  expect(await told()).toBe(60);
  await expect(edited()).resolves.toMatchObject({ rev: expect.any(Number) as number });
});

test('when nobody may change her words, her page is told and the hub insists', async () => {
  expect(await decide('0')).toMatchObject({ editMinutes: 0 });
  expect(await told()).toBe(0);
  await expect(edited()).rejects.toMatchObject({ code: 'forbidden' });
});

test.each(EDIT_MINUTES.map(String))('a coordinator may choose %s minutes', async (minutes) => {
  expect(await decide(minutes)).toMatchObject({ editMinutes: Number(minutes) });
  expect(await told()).toBe(Number(minutes));
});

test('two decisions at the same moment: one of them holds, and there is one document', async () => {
  await Promise.all([decide('5'), decide('15'), decide('5'), decide('15')]);
  expect([5, 15]).toContain(await told());
  expect(await hub.hub.database.connection.collection('community').countDocuments()).toBe(1);
});

test.each([[''], ['61'], ['-5'], ['1e3'], ['60 '], [{ $gt: 0 }], [60], [undefined]])(
  '%j is no time to choose',
  async (minutes) => {
    await decide('60');
    await expect(decide(minutes)).rejects.toMatchObject({ code: 'input.invalid' });
    expect(await told()).toBe(60);
  },
);

test('members, mentors and moderators do not decide, nor look at the page', async () => {
  for (const role of ['member', 'mentor', 'moderator'] as const) {
    const other = await hub.join(`a-${role}`, role);
    await expect(decide('0', other)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(hub.hub.community.view(other.actor)).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect(await told()).toBe(60);
});

test('how long talks are kept is decided beside it, and the other decision stays', async () => {
  const { community } = hub.hub;
  await decide('15');
  expect(await community.decide(katrin.actor, { talkDays: '7' })).toMatchObject({ editMinutes: 15, talkDays: 7 });
  expect(await community.talkDays()).toBe(7);
  for (const talkDays of ['0', '31', '365', '', 7, null, { $gt: 0 }]) {
    await expect(community.decide(katrin.actor, { talkDays })).rejects.toMatchObject({ code: 'input.invalid' });
  }
  await expect(community.decide(amal.actor, { talkDays: '30' })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await community.view(katrin.actor)).toMatchObject({ editMinutes: 15, talkDays: 7 });
});
