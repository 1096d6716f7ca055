// The demo community, made through the real services on a database.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROLES } from '../../src/lib/shared/accounts.ts';
import { readConfig } from '../../server/config.ts';
import { createSeedClock, type SeedClock } from '../../server/database/seed/clock.ts';
import { CONVERSATIONS } from '../../server/database/seed/conversations/schedule.ts';
import { seedDemo } from '../../server/database/seed/demo.ts';
import { PERSON_KEYS } from '../../server/database/seed/people.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { createHub, type Hub } from '../../server/hub.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const HERE = { address: '203.0.113.5', userAgent: '' };
const DAY = 24 * 60 * 60_000;
const TOTAL = CONVERSATIONS.reduce((sum, { messages }) => sum + messages.length, 0);

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

/** The hub of a process that starts now. */
async function startHub(): Promise<{ hub: Hub; clock: SeedClock }> {
  const { connection } = database;
  connection.deleteModel(/.+/);
  const clock = createSeedClock();
  const opened = { connection, embedded: true, uri: '', ready: () => true, close: () => Promise.resolve() };
  const config = readConfig({ PORT: '3999', LOG_LEVEL: 'silent' }, 'demo');
  return { hub: await createHub({ config, database: opened, log: silentLogger, clock }), clock };
}

/** The same hub in a process that is killed before call number `calls` of `verb`. */
function killedAt(hub: Hub, verb: 'register' | 'post', calls: number): Hub {
  let left = calls;
  const limited =
    <Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>) =>
    (...args: Args) =>
      left-- > 0 ? run(...args) : Promise.reject(new Error('killed'));
  const { accounts, messages } = hub;
  return verb === 'register'
    ? { ...hub, accounts: { ...accounts, register: limited((...args) => accounts.register(...args)) } }
    : { ...hub, messages: { ...messages, post: limited((...args) => messages.post(...args)) } };
}

const count = (collection: string) => database.connection.collection(collection).countDocuments();

/** Texts and dates of a room, oldest first, as a member reads them. */
async function readRoom(hub: Hub, userName: string, slug: string) {
  const result = await hub.accounts.signIn({ userName, password: 'sonne-und-tee' }, HERE);
  const room = await hub.rooms.bySlug(result.actor, slug);
  const messages: { text: string | null; at: string }[] = [];
  let before: number | null = null;
  for (let more = true; more;) {
    const page = await hub.messages.history(result.actor, { roomId: room.id, before });
    messages.unshift(...page.messages);
    before = page.messages[0]?.seq ?? null;
    more = page.hasOlder;
  }
  return messages;
}

async function expectComplete(hub: Hub): Promise<void> {
  expect(await count('users')).toBe(PERSON_KEYS.length);
  const roles = await Promise.all(
    ROLES.map((role) => database.connection.collection('users').countDocuments({ role })),
  );
  expect(roles).toEqual([14, 6, 2, 1]);
  expect(await count('messages')).toBe(TOTAL);
  expect(await count('sessions')).toBe(0);
  expect(await count('officeHours')).toBe(6);
  for (const { slug, messages } of CONVERSATIONS) {
    const shown = await readRoom(hub, 'nour', slug);
    expect(shown.map(({ text }) => text)).toEqual(messages.map(({ text }) => text));
    const times = shown.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Date.now() - (times[0] ?? 0)).toBeLessThan(14 * DAY + 60_000);
    expect(times.at(-1)).toBeLessThanOrEqual(Date.now());
  }
}

describe('the demo community on a real hub', () => {
  it('is complete after one run, quickly, and the same after a second start', async () => {
    const first = await startHub();
    const began = performance.now();
    const result = await seedDemo(first.hub, first.clock);
    expect(performance.now() - began).toBeLessThan(30_000);
    await expectComplete(first.hub);

    const second = await startHub();
    expect(await seedDemo(second.hub, second.clock)).toEqual(result);
    await database.connection.collection('sessions').deleteMany({});
    await expectComplete(second.hub);
  });

  it('can be entered by every printed sign-in, and shows each what she has not read', async () => {
    const { hub, clock } = await startHub();
    const result = await seedDemo(hub, clock);
    for (const { userName, password, role, displayName, locale } of result?.signIns ?? []) {
      const { actor } = await hub.accounts.signIn({ userName, password }, HERE);
      expect(actor).toMatchObject({ role, displayName, locale });
    }
    const { actor } = await hub.accounts.signIn({ userName: 'nour', password: 'sonne-und-tee' }, HERE);
    const unread = (await hub.rooms.list(actor)).map(({ slug, posts, readPosts }) => [slug, posts - readPosts]);
    expect(unread).toEqual([
      ['jobs', 3],
      ['bureaucracy', 6],
      ['schools', 2],
    ]);
  });

  it('has a drop-in that is open now with two on duty, one in two hours, and more in the week', async () => {
    const { hub, clock } = await startHub();
    await seedDemo(hub, clock);
    const { actor } = await hub.accounts.signIn({ userName: 'nour', password: 'sonne-und-tee' }, HERE);
    const week = await hub.officeHours.week(actor, {});
    expect(week.open.map(({ state, duty }) => [state, duty.length])).toEqual([['open', 2]]);
    const coming = week.days.flatMap(({ dropIns }) => dropIns);
    const soon = coming.find(({ following }) => following);
    const minutes = (Date.parse(soon?.startsAt ?? '') - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(110);
    expect(minutes).toBeLessThan(122);
    expect(coming.length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['register', 0],
    ['post', 77],
  ] as const)('is completed by the next start when the hub is killed at %s number %i', async (verb, calls) => {
    const first = await startHub();
    await expect(seedDemo(killedAt(first.hub, verb, calls), first.clock)).rejects.toThrow('killed');
    const next = await startHub();
    expect(await seedDemo(next.hub, next.clock)).not.toBeNull();
    await expectComplete(next.hub);
  });

  it('stays out of the hub of a real community', async () => {
    const { hub, clock } = await startHub();
    const link = await hub.accounts.firstInvitation();
    const person = { locale: 'de', displayName: 'Ada', userName: 'ada', password: 'quitte-und-birne' };
    await hub.accounts.register({ ...person, code: link?.code }, HERE);
    expect(await seedDemo(hub, clock)).toBeNull();
    expect(await count('users')).toBe(1);
    expect(await count('messages')).toBe(0);
  });
});
