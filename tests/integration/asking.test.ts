// Asking to join without an invitation: who may, how much the hub keeps, that moderators answer once, and what she and others learn.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ASKING } from '../../src/lib/shared/asking.limits.ts';
import { DECLINE_REASONS } from '../../src/lib/shared/asking.ts';
import { LIMITS } from '../../src/lib/shared/limits.ts';
import { silentLogger, type Logger } from '../../server/domain/kernel/logger.ts';
import { codeOf, next, somewhere, strangersOf } from '../support/asking.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';

const DAY = 24 * 60 * 60 * 1000;
const said: unknown[][] = [];
let ahead = 0;
let running: TestHub;
let hub: TestHub['hub'];
let boss: TestPerson;
let vera: TestPerson;
let mina: TestPerson;
let mentor: TestPerson;
let amal: TestPerson;
let strangers: ReturnType<typeof strangersOf>;
beforeAll(async () => {
  const log: Logger = { ...silentLogger, info: (...args: unknown[]) => void said.push(args) };
  running = await startTestHub({ log, clock: { now: () => new Date(Date.now() + ahead) } });
  ({ hub } = running);
  boss = await running.join('boss', 'coordinator');
  [vera, mina] = [await running.join('vera', 'moderator'), await running.join('mina', 'moderator')];
  mentor = await running.join('mentor', 'mentor');
  amal = await running.join('amal');
  strangers = strangersOf(hub, vera.actor);
}, 60_000);
afterAll(() => running.close());

test('nobody may ask until a coordinator wants it; nobody else decides that', async () => {
  expect(await hub.asking.offer()).toBe('off');
  expect(await codeOf(hub.asking.ask(strangers.form(), somewhere()))).toBe('forbidden');
  for (const who of [vera, mentor, amal])
    expect(await codeOf(hub.community.decideAsking(who.actor, { askToJoin: 'on' }))).toBe('forbidden');
  for (const askToJoin of [undefined, 'yes', true, { $ne: '' }])
    expect(await codeOf(hub.community.decideAsking(boss.actor, { askToJoin }))).toMatch(/^input\./);
  expect(await hub.asking.offer()).toBe('off');
  expect(await hub.community.decideAsking(boss.actor, { askToJoin: 'on' })).toMatchObject({ askToJoin: true });
  expect(await hub.asking.offer()).toBe('open');
});

test('her words come onto the one list of moderators, who see that one of them looks; nobody else reads them', async () => {
  const { code, sent, seen } = await strangers.asks();
  expect(await hub.asking.look(code)).toMatchObject({ state: 'waiting', why: null });
  const { case: found } = await hub.moderation.openCase(mina.actor, seen);
  expect(found).toMatchObject({
    ...{ subject: 'join', about: null, excerpt: sent.words, gravity: 0 },
    asked: { who: { name: sent.displayName, words: sent.words, languages: ['de', 'ar'] }, why: null },
    abilities: { decide: true, undo: false },
  });
  expect((await strangers.onList(sent.displayName))?.lookedAtBy).toMatchObject({ id: mina.actor.id });
  await hub.moderation.takeCase(mina.actor, seen, true);
  const mine = await hub.moderation.cases(mina.actor, { state: 'mine' });
  expect(mine.items.map(({ id }) => id)).toContain(seen.caseId);
  for (const who of [mentor, amal]) {
    for (const work of [
      hub.moderation.cases(who.actor, {}),
      hub.moderation.openCase(who.actor, seen),
      hub.asking.accept(who.actor, seen),
      hub.asking.decline(who.actor, { ...seen, why: 'full' }),
    ])
      expect(await codeOf(work)).toBe('forbidden');
  }
  expect(await hub.asking.look(code)).toMatchObject({ state: 'waiting' });
});

test('a form that is sent three times at once is one request; another woman on the same kept page gets a code of her own', async () => {
  const [sent, address] = [strangers.form(), somewhere()];
  const answers = await Promise.all([1, 2, 3].map(() => hub.asking.ask(sent, address)));
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([sent.code]));
  expect(await strangers.kept().countDocuments({ 'asked.name': sent.displayName })).toBe(1);
  const other = await hub.asking.ask(strangers.form({ code: sent.code }), address);
  expect(other.code).not.toBe(sent.code);
  expect(await hub.asking.look(other.code)).toMatchObject({ state: 'waiting' });
});

test('she who is let in joins once, by her own code, under the name of the moderator; her words are gone', async () => {
  const { code, sent, seen } = await strangers.asks();
  expect(await codeOf(strangers.join(code))).toBe('auth.invitation-invalid');
  await hub.asking.accept(vera.actor, seen);
  expect(await hub.asking.look(code)).toMatchObject({ state: 'accepted' });
  for (const word of [sent.displayName, sent.words, code]) expect(await strangers.stored()).not.toContain(word);
  const mine = (await hub.accounts.invitations(vera.actor, {})).items.find(({ asked }) => asked);
  expect(mine).toMatchObject({ role: 'member', uses: 1, usesLeft: 1, createdBy: 'vera', state: 'open', note: '' });
  const [first, second] = await Promise.allSettled([strangers.join(code), strangers.join(code)]);
  expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await hub.asking.look(code)).toBeNull();
  expect((await hub.accounts.people(vera.actor, { by: vera.actor.id })).items).toHaveLength(1);
  const decided = await hub.moderation.cases(vera.actor, { state: 'decided' });
  expect(decided.items[0]).toMatchObject({ id: seen.caseId, asked: { who: null }, decision: { kind: 'accept' } });
});

test('she who is let in later than an invitation of that moderator was taken back reads nothing of it', async () => {
  const { code, seen } = await strangers.asks();
  await hub.asking.accept(vera.actor, seen);
  const { items } = await hub.accounts.invitations(vera.actor, {});
  const open = items.find(({ asked, state }) => asked && state === 'open');
  await hub.accounts.revokeInvitation(vera.actor, { id: open?.id });
  expect(await hub.asking.look(code)).toBeNull();
  expect(await codeOf(strangers.join(code))).toBe('auth.invitation-invalid');
});

test.each(DECLINE_REASONS)(
  'declined with "%s": she reads why, nobody joins, her words are gone, and in two weeks the rest',
  async (why) => {
    const { code, sent, seen } = await strangers.asks();
    expect(await codeOf(hub.asking.decline(vera.actor, { ...seen, why: 'because' }))).toBe('input.invalid');
    await hub.asking.decline(vera.actor, { ...seen, why });
    expect(await hub.asking.look(code)).toMatchObject({ state: 'declined', why });
    for (const word of [sent.displayName, sent.words]) expect(await strangers.stored()).not.toContain(word);
    expect(await codeOf(strangers.join(code))).toBe('auth.invitation-invalid');
    const { version } = (await hub.moderation.openCase(mina.actor, seen)).case;
    expect(await codeOf(hub.moderation.undo(mina.actor, { caseId: seen.caseId, version }))).toBe('forbidden');
    ahead += ASKING.answerDays * DAY;
    expect(await hub.asking.look(code)).toBeNull();
  },
);

test('two moderators at the same moment: one wins, the other is told, and it is as the first one said', async () => {
  for (let round = 0; round < 4; round++) {
    const { code, seen } = await strangers.asks();
    const answers = await Promise.all([
      codeOf(hub.asking.accept(vera.actor, seen)),
      codeOf(hub.asking.decline(mina.actor, { ...seen, why: 'full' })),
      codeOf(hub.asking.accept(boss.actor, seen)),
    ]);
    expect(answers.toSorted()).toEqual(['conflict', 'conflict', 'ok']);
    expect((await hub.asking.look(code))?.state).toBe(answers[1] === 'ok' ? 'declined' : 'accepted');
    expect(await codeOf(hub.asking.decline(mina.actor, { ...seen, why: 'full' }))).toBe('conflict');
  }
});

test('a decision about a report is none about a stranger', async () => {
  const { code, seen } = await strangers.asks();
  for (const decision of ['none', 'warn', 'ban', 'accept', 'decline'])
    expect(await codeOf(hub.moderation.decide(vera.actor, { ...seen, decision, rule: 'respect' }))).toBe(
      'input.invalid',
    );
  expect(await hub.asking.look(code)).toMatchObject({ state: 'waiting' });
});

test('while the door is closed nobody asks and nobody is let in, but she can be told no', async () => {
  const [one, other] = [await strangers.asks(), await strangers.asks()];
  await hub.door.set(vera.actor, { open: false });
  expect(await hub.asking.offer()).toBe('closed');
  expect(await codeOf(hub.asking.ask(strangers.form(), somewhere()))).toBe('auth.door-closed');
  expect(await codeOf(hub.asking.accept(vera.actor, one.seen))).toBe('auth.door-closed');
  expect(await hub.asking.look(one.code)).toMatchObject({ state: 'waiting' });
  await hub.asking.decline(vera.actor, { ...other.seen, why: 'elsewhere' });
  await hub.door.set(vera.actor, { open: true });
  await hub.asking.accept(vera.actor, one.seen);
  await hub.door.set(vera.actor, { open: false });
  expect(await codeOf(strangers.join(one.code))).toBe('auth.door-closed');
  await hub.door.set(vera.actor, { open: true });
  await strangers.join(one.code);
});

test('one address asks so often a day, others are not kept out by it', async () => {
  const address = somewhere();
  for (let asked = 0; asked < ASKING.perDay; asked++) await hub.asking.ask(strangers.form(), address);
  expect(await codeOf(hub.asking.ask(strangers.form(), address))).toBe('rate.limited');
  await strangers.asks();
});

test('so many wait at once and no more, also when two come for the last place; then they are told', async () => {
  const open = await strangers.kept().countDocuments({ subject: 'join', active: true });
  const one = await strangers.kept().findOne({ subject: 'join', active: true });
  const more = Array.from({ length: ASKING.open - 1 - open }, (_, at) => {
    const id = at.toString(16).padStart(24, 'f');
    return { ...one, _id: id as never, subjectKey: `join:${id}`, codeHash: id };
  });
  await strangers.kept().insertMany(more);
  const answers = await Promise.all([1, 2, 3, 4].map(() => codeOf(hub.asking.ask(strangers.form(), somewhere()))));
  expect(answers.filter((answer) => answer === 'ok').length).toBeLessThanOrEqual(1);
  expect(answers.filter((answer) => answer !== 'ok' && answer !== 'queue.full')).toEqual([]);
  expect(await strangers.kept().countDocuments({ subject: 'join', active: true })).toBeLessThanOrEqual(ASKING.open);
  await strangers.kept().deleteMany({ _id: { $in: more.map(({ _id }) => _id) } });
  await strangers.asks();
});

test('a moderator without an open place lets nobody in; of two for her last one at most one comes in, the other waits as before', async () => {
  const { actor } = await running.join(`few-${next()}`, 'moderator');
  const fill = { role: 'member', note: '', days: 1 };
  await hub.accounts.createInvitation(actor, { ...fill, uses: 100 });
  await hub.accounts.createInvitation(actor, { ...fill, uses: LIMITS.openPlaces.moderator - 101 });
  const [one, other] = [await strangers.asks(), await strangers.asks()];
  const answers = await Promise.all([one, other].map(({ seen }) => codeOf(hub.asking.accept(actor, seen))));
  expect(answers).toContain('input.invalid');
  expect(await hub.accounts.placesLeft(actor)).toBe(answers.includes('ok') ? 0 : 1);
  const waits = answers[0] === 'ok' ? other : one;
  expect(await hub.asking.look(waits.code)).toMatchObject({ state: 'waiting' });
  const found = await strangers.onList(waits.sent.displayName);
  expect(found?.asked?.who).toMatchObject({ words: waits.sent.words });
  await hub.asking.accept(vera.actor, { ...waits.seen, version: found?.version });
  expect(await hub.asking.look(waits.code)).toMatchObject({ state: 'accepted' });
});

test('what a crash left between the answer and the invitation is done at the next start', async () => {
  const { code, seen } = await strangers.asks();
  const invitations = hub.database.connection.model('Invitation');
  const insert = vi.spyOn(invitations, 'insertOne').mockImplementation(() => Promise.reject(new Error('cut off')));
  await expect(hub.asking.accept(vera.actor, seen)).rejects.toThrow();
  insert.mockRestore();
  expect(await hub.asking.look(code)).toMatchObject({ state: 'waiting' });
  await hub.asking.recover();
  await hub.asking.recover();
  expect(await hub.asking.look(code)).toMatchObject({ state: 'accepted' });
  await strangers.join(code);
});

test('what nobody answered is forgotten after a month, by a job that logs how many went', async () => {
  const { code, sent } = await strangers.asks();
  ahead += ASKING.openDays * DAY;
  expect(await hub.asking.look(code)).toBeNull();
  expect(await hub.jobs.tick()).toBe(true);
  expect(await strangers.kept().countDocuments({ subject: 'join' })).toBe(0);
  expect(await strangers.stored()).not.toContain(sent.displayName);
  const counts = said.filter(([, words]) => words === 'what was kept long enough went').map(([count]) => count);
  expect(counts.some((count) => (count as { asked: number }).asked > 0)).toBe(true);
  for (const word of [sent.displayName, sent.words, code]) expect(JSON.stringify(said)).not.toContain(word);
});

test.each([
  ['no name', { displayName: ' ' }],
  ['a name that turns the line round', { displayName: '\u202Eabc' }],
  ['no words', { words: ' \n' }],
  ['too many words', { words: 'x'.repeat(ASKING.words + 1) }],
  ['words that are an operator', { words: { $gt: '' } }],
  ['a language that nobody speaks', { reads: ['xx'] }],
  ['languages that are no list', { reads: 'de' }],
  ['a code that is none', { code: { $ne: null } }],
])('%s is refused, and nothing is kept', async (_what, wrong) => {
  const before = await strangers.kept().countDocuments();
  expect(await codeOf(hub.asking.ask(strangers.form(wrong), somewhere()))).toMatch(/^input\./);
  expect(await strangers.kept().countDocuments()).toBe(before);
  expect(await hub.asking.look('no such code')).toBeNull();
});
