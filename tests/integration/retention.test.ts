// What was kept long enough goes by itself: messages with everything that belongs to them, reports, cases; and what stays.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { KEPT_DAYS } from '#shared/rooms.keeping.ts';
import { silentLogger, type Logger } from '../../server/domain/kernel/logger.ts';
import { doorsOf, photo } from '../support/attachments.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { codeOf } from '../support/refused.ts';
import { wordsIn } from '../support/words-in.ts';

const DAY = 24 * 60 * 60 * 1000;
let hub: TestHub;
let later = 0;
let said: [object, string][] = [];
let first: TestPerson;
let mod: TestPerson;
let olena: TestPerson;
let samira: TestPerson;
let rooms: { roomId: string; slug: string }[] = [];
let roomId = '';
let slug = '';

beforeAll(async () => {
  const log: Logger = { ...silentLogger, info: (fields, message) => void said.push([fields, message]) };
  hub = await startTestHub({ log, clock: { now: () => new Date(Date.now() + later) } });
  first = await hub.join('first', 'coordinator');
  mod = await hub.join('mod', 'moderator');
  olena = await hub.join('olena');
  samira = await hub.join('samira');
  for (const one of await hub.hub.rooms.ready(first.actor)) await hub.hub.rooms.addReady(first.actor, one);
  rooms = (await hub.hub.rooms.list(first.actor)).filter(({ access }) => access === 'open');
}, 30_000);
afterAll(() => hub.close());
/** Time only goes on; each of them has a room of its own. */
beforeEach(() => {
  ({ roomId, slug } = rooms.pop() ?? { roomId: '', slug: '' });
  said = [];
});

const post = async (who: TestPerson, text: string, more: object = {}): Promise<string> =>
  (await hub.hub.messages.post(who.actor, { roomId, clientId: randomUUID(), text, ...more })).message.id;

/** Days pass, and the job has its turn. */
async function pass(days: number): Promise<void> {
  later += days * DAY;
  expect(await hub.hub.jobs.tick()).toBe(true);
  await hub.hub.search.flush();
}
const texts = async (): Promise<(string | null)[]> =>
  (await hub.hub.messages.history(samira.actor, { roomId })).messages.map(({ text }) => text);

test('what is older than two years goes with its thread, pictures and everything that people had of it', async () => {
  const picture = await doorsOf(hub).upload(olena, roomId, await photo(), 'marigold.jpg');
  const root = await post(olena, 'marigold question', { attachments: [picture.id], question: true });
  const reply = await post(samira, 'marigold in the thread', { threadId: root, mentions: [olena.actor.id] });
  await hub.hub.messages.save(samira.actor, { roomId, messageId: root, on: true });
  await hub.hub.messages.edit(samira.actor, { roomId, messageId: reply, text: 'marigold changed' });
  await hub.hub.messages.react(samira.actor, { roomId, messageId: root, reaction: 'heart', on: true });
  await pass(KEPT_DAYS - 1);
  const quoting = await post(samira, 'still here', { replyTo: root });
  expect(await texts()).toEqual(['marigold question', 'still here']);
  await pass(2);

  expect(await texts()).toEqual(['still here']);
  const { messages } = await hub.hub.messages.history(samira.actor, { roomId });
  expect(messages[0]).toMatchObject({ id: quoting, replyTo: null });
  await hub.hub.attachments.sweep();
  expect(await wordsIn(hub, 'marigold')).toEqual([]);
  expect(await wordsIn(hub, root, reply)).toEqual(['roomLog']);
  for (const name of ['blobs.files', 'blobs.chunks', 'savedMessages'])
    expect(await hub.hub.database.connection.collection(name).countDocuments(), name).toBe(0);
  expect((await doorsOf(hub).fetchFile(await hub.signIn('samira'), picture.id)).status).toBe(404);
  expect((await hub.hub.search.find(samira.actor, { query: 'marigold' })).results).toEqual([]);
  expect(await hub.hub.messages.join(samira.actor, { roomId })).toMatchObject({ purgedBelow: messages[0]?.seq });
}, 30_000);

test('a thread in which somebody wrote last month stays whole', async () => {
  const root = await post(olena, 'an old question');
  await post(samira, 'an old answer', { threadId: root });
  await post(olena, 'old and alone');
  await pass(KEPT_DAYS - 20);
  await post(samira, 'a new answer', { threadId: root });
  await pass(30);
  expect(await texts()).toEqual(['an old question']);
  const { page } = await hub.hub.messages.thread(samira.actor, { roomId, rootId: root });
  expect(page.messages.map(({ text }) => text)).toEqual(['an old answer', 'a new answer']);
});

test('what is pinned, and a checked answer with its question, stay as long as they hold', async () => {
  const pinned = await post(mod, 'pinned');
  await hub.hub.messages.pin(mod.actor, { roomId, messageId: pinned, on: true });
  const question = await post(olena, 'a question', { question: true });
  await post(olena, 'nothing keeps this');
  const answer = await post(mod, 'its answer');
  await hub.hub.messages.mark(olena.actor, { roomId, messageId: answer, as: 'answer', answers: question });
  const until = new Date(Date.now() + later + (KEPT_DAYS + 100) * DAY).toISOString();
  await hub.hub.messages.verify(mod.actor, { roomId, messageId: answer, until, source: 'https://example.org/' });
  await pass(KEPT_DAYS + 10);
  expect(await texts()).toEqual(['pinned', 'a question', 'its answer']);
  await hub.hub.messages.pin(mod.actor, { roomId, messageId: pinned, on: false });
  await pass(2);
  expect(await texts()).toEqual(['a question', 'its answer']);
  await pass(100);
  expect(await texts()).toEqual([]);
});

test('what a moderator still has to look at stays until it was decided and the time for an appeal is over', async () => {
  const reported = await post(olena, 'reported late');
  await post(olena, 'not reported');
  later += (KEPT_DAYS - 1) * DAY;
  const report = { subject: 'message', id: reported, roomId, reason: 'insult', note: '' };
  const { caseId } = await hub.hub.moderation.report(samira.actor, report);
  await pass(5);
  expect(await texts()).toEqual(['reported late']);
  const { version } = (await hub.hub.moderation.openCase(mod.actor, { caseId })).case;
  await hub.hub.moderation.decide(mod.actor, { caseId, version, decision: 'remove', rule: 'respect', note: '' });
  await pass(10);
  expect(await wordsIn(hub, 'reported late')).toContain('messages');
  await pass(60);
  expect(await wordsIn(hub, 'reported late')).not.toContain('messages');
});

test('the coordinator chooses per room, nobody else does, and the choice is written down first', async () => {
  await post(olena, 'forty days old');
  expect(await codeOf(hub.hub.rooms.setKeeping(mod.actor, { roomId, keepDays: '30' }))).toBe('forbidden');
  expect(await codeOf(hub.hub.rooms.setKeeping(olena.actor, { roomId, keepDays: '30' }))).toBe('forbidden');
  for (const keepDays of ['', '0', '29', '3.5', 'ever', undefined, { $gt: 0 }])
    await expect(hub.hub.rooms.setKeeping(first.actor, { roomId, keepDays })).rejects.toMatchObject({
      code: expect.stringMatching(/^input\./),
    });
  await pass(40);
  expect(await texts()).toEqual(['forty days old']);
  await hub.hub.rooms.setKeeping(first.actor, { roomId, keepDays: '30' });
  expect(await hub.hub.rooms.keeping(mod.actor, { roomId })).toEqual({ keepDays: 30, mayChange: false });
  await pass(0.001);
  expect(await texts()).toEqual([]);
  const { items } = await hub.hub.audit.page(mod.actor, { action: 'room.kept' });
  expect(items).toMatchObject([{ reason: '30', target: { kind: 'room', id: roomId } }]);
  expect((await hub.hub.rooms.bySlug(olena.actor, slug)).keepDays).toBe(30);
});

test('who never read what went has nothing unread of it, and only counts are logged', async () => {
  await hub.hub.messages.join(samira.actor, { roomId });
  await post(olena, 'unread for ever');
  const unread = async () => {
    const mine = (await hub.hub.rooms.list(samira.actor)).find((one) => one.roomId === roomId);
    return (mine?.posts ?? 0) - (mine?.readPosts ?? 0);
  };
  expect(await unread()).toBe(1);
  await pass(KEPT_DAYS + 1);
  expect(await unread()).toBe(0);
  const line = said.filter(([, message]) => message.includes('kept long enough'));
  expect(line).toEqual([[{ messages: 1, cases: expect.any(Number), asked: 0 }, 'what was kept long enough went']]);
});

test('reports and decisions go a year later, a ban that holds keeps its reason, what waits stays', async () => {
  const reports: string[] = [];
  for (const who of [olena, samira]) {
    const report = { subject: 'person', id: who.actor.id, reason: 'insult', note: 'marigold note' };
    reports.push((await hub.hub.moderation.report(first.actor, report)).caseId);
  }
  const waiting = { subject: 'person', id: mod.actor.id, reason: 'other', note: 'waits' };
  await hub.hub.moderation.report(samira.actor, waiting);
  for (const [index, decision] of ['none', 'suspend'].entries()) {
    const caseId = reports[index] ?? '';
    const { version } = (await hub.hub.moderation.openCase(mod.actor, { caseId })).case;
    const more = decision === 'suspend' ? { rule: 'respect', hours: 24 * 366 } : {};
    await hub.hub.moderation.decide(mod.actor, { caseId, version, decision, ...more, note: 'again and again' });
  }
  const all = hub.hub.database.connection.collection('moderationCases');
  const cases = () => all.countDocuments({ subject: 'person' });
  await pass(364);
  expect(await cases()).toBe(3);
  await pass(1.5);
  expect(await cases()).toBe(2);
  await pass(40); // the suspension is over
  expect(await cases()).toBe(1);
  expect(await wordsIn(hub, 'marigold note')).toEqual([]);
  expect(await wordsIn(hub, 'waits')).toEqual(['moderationReports']);
});
