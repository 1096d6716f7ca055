// Whom one can block, and what stays afterwards when the roles of people change.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';

let running: TestHub;
let nour: TestPerson; // coordinator
let blocker: TestPerson;
let blocked: TestPerson;

beforeAll(async () => {
  running = await startTestHub();
  nour = await running.join('nour', 'coordinator');
  blocker = await running.join('xanthippe');
  blocked = await running.join('yevheniia');
});
afterAll(() => running.close());
const block = () => running.hub.blocks.block(blocker.actor, { userId: blocked.actor.id });

test('nobody blocks herself, a moderator or a person who is not there, and a second time is the same', async () => {
  const { blocks } = running.hub;
  await expect(blocks.block(blocker.actor, { userId: blocker.actor.id })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(blocks.block(blocker.actor, { userId: nour.actor.id })).rejects.toMatchObject({ code: 'block.staff' });
  await expect(blocks.block(nour.actor, { userId: blocker.actor.id })).rejects.toMatchObject({ code: 'block.staff' });
  await expect(blocks.block(blocker.actor, { userId: '0'.repeat(24) })).rejects.toMatchObject({ code: 'not-found' });
  for (const input of [null, {}, { userId: { $ne: '' } }, { userId: 'x' }]) {
    await expect(blocks.block(blocker.actor, input)).rejects.toMatchObject({ code: 'input.invalid' });
  }
  await Promise.all([block(), block(), block()]);
  expect((await blocks.list(blocker.actor, {})).items).toMatchObject([{ person: { id: blocked.actor.id } }]);
  expect((await blocks.list(blocked.actor, {})).items).toEqual([]);
  await blocks.unblock(blocker.actor, { userId: blocked.actor.id });
  await blocks.unblock(blocker.actor, { userId: blocked.actor.id });
  expect((await blocks.list(blocker.actor, {})).items).toEqual([]);
});
