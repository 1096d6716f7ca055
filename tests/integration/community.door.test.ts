// The door: moderators stop joining by invitation, a raid stops it by itself, and what was sent out stays valid.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDoor } from '../../server/domain/community/community.door.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { startTestHub, TEST_PASSWORD, type TestHub, type TestPerson } from '../support/hub.ts';

let running: TestHub;
let hub: TestHub['hub'];
let boss: TestPerson;
let vera: TestPerson;
let amal: TestPerson;
let code = '';
const context = { address: '192.0.2.1', userAgent: 'test' };
beforeAll(async () => {
  running = await startTestHub();
  ({ hub } = running);
  boss = await running.join('boss', 'coordinator');
  vera = await running.join('vera', 'moderator');
  amal = await running.join('amal');
  code = (await hub.accounts.createInvitation(boss.actor, { role: 'member', note: '', uses: 50, days: 1 })).code;
}, 60_000);
afterAll(() => running.close());

const join = (userName: string) =>
  hub.accounts.register({ code, locale: 'en', displayName: userName, userName, password: TEST_PASSWORD }, context);
const state = async () => (await hub.door.state(vera.actor)).closed;

test('a moderator stops joining; who has a link is told to come again, and comes in once it is open', async () => {
  await expect(hub.door.set(amal.actor, { open: false })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(hub.door.state(amal.actor)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(hub.door.set(vera.actor, { open: 'maybe' })).rejects.toMatchObject({ code: 'input.invalid' });
  await hub.door.set(vera.actor, { open: false });
  await hub.door.set(vera.actor, { open: false });
  expect(await state()).toMatchObject({ why: 'moderators', by: { id: vera.actor.id } });
  await expect(hub.accounts.peekInvitation(code, context)).rejects.toMatchObject({ code: 'auth.door-closed' });
  await expect(join('nour')).rejects.toMatchObject({ code: 'auth.door-closed' });
  await hub.door.set(boss.actor, { open: true });
  expect(await state()).toBeNull();
  await join('nour');
  const acts = (await hub.audit.page(boss.actor, {})).items.map(({ action }) => action);
  expect(acts.filter((action) => action.startsWith('door.'))).toEqual(['door.opened', 'door.closed', 'door.closed']);
});

test('many mentions by newcomers close it by themselves, and every moderator is told', async () => {
  const roomId = await running.roomId();
  const others: string[] = [];
  for (let nth = 0; nth < 20; nth++) others.push((await join(`one-${nth}`)).actor.id);
  const shout = () => hub.messages.post(amal.actor, { roomId, clientId: randomUUID(), text: 'look', mentions: others });
  await shout();
  await shout();
  expect(await state()).toBeNull();
  await shout();
  await expect.poll(state).toMatchObject({ why: 'mentions', by: null });
  for (const who of [vera, boss]) {
    await expect
      .poll(async () => (await hub.notifications.list(who.actor, {})).items.map(({ kind }) => kind))
      .toContain('door.closed');
  }
  expect((await hub.notifications.list(amal.actor, {})).items.map(({ kind }) => kind)).not.toContain('door.closed');
  await hub.door.set(vera.actor, { open: true });
});

test('too many newcomers close it once; after it was opened, those before do not count', async () => {
  let now = Date.parse('2026-11-28T10:00:00Z');
  const joins: number[] = [];
  let kept: { closedAt?: Date | null; openedAt?: Date } = {};
  const notify = vi.fn(() => Promise.resolve());
  const door = createDoor({
    community: {
      read: () => Promise.resolve(kept),
      closeDoor: (closed) => {
        if (kept.closedAt) return Promise.resolve(false);
        kept = { ...kept, ...closed };
        return Promise.resolve(true);
      },
      openDoor: (openedAt) => {
        kept = { closedAt: null, openedAt };
        return Promise.resolve();
      },
    },
    joinedSince: (since) => Promise.resolve(joins.filter((at) => at > since.getTime()).length),
    moderatorIds: () => Promise.resolve(['m']),
    personViews: () => Promise.resolve(new Map()),
    notify,
    changed: () => undefined,
    audit: { record: () => Promise.resolve() },
    clock: { now: () => new Date(now) },
    log: silentLogger,
    limits: { minutes: 10, joins: 5, mentions: 5 },
  });
  const joining = async (minutes: number) => {
    now += minutes * 60_000;
    joins.push(now);
    await door.joined();
  };
  for (let nth = 0; nth < 8; nth++) await joining(3); // slowly: one table after the other
  await door.insistOpen();
  for (let nth = 0; nth < 5; nth++) await joining(0.1);
  await expect(door.insistOpen()).rejects.toMatchObject({ code: 'auth.door-closed' });
  await joining(0.1);
  expect(notify).toHaveBeenCalledTimes(1);
  now += 1000;
  await door.set(vera.actor, { open: true });
  await joining(0.1);
  await door.insistOpen();
});
