// What a coordinator decides about moderation: for which reasons a reported message is hidden before a look, and whether a ban needs two.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REPORT_REASONS, type ReportReason } from '#shared/moderation.ts';
import { hiding } from '../support/house-rules.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';

let running: TestHub;
let hub: TestHub['hub'];
let roomId = '';
let boss: TestPerson;
let vera: TestPerson;
let mona: TestPerson;
let amal: TestPerson;
let names = 0;

beforeAll(async () => {
  running = await startTestHub();
  ({ hub } = running);
  boss = await running.join('boss', 'coordinator');
  vera = await running.join('vera', 'moderator');
  mona = await running.join('mona', 'moderator');
  amal = await running.join('amal');
  roomId = await running.roomId();
}, 60_000);
afterAll(() => running.close());

async function reported(reason: ReportReason) {
  const author = await running.join(`author-${++names}`);
  const { message } = await hub.messages.post(author.actor, { roomId, clientId: randomUUID(), text: `words ${names}` });
  const reporter = await running.join(`reporter-${names}`);
  const input = { subject: 'message', id: message.id, roomId, reason, note: '' };
  const { caseId } = await hub.moderation.report(reporter.actor, input);
  await hub.messages.flush();
  const shown = (await hub.messages.history(amal.actor, { roomId })).messages.find(({ id }) => id === message.id);
  return { author, caseId, hidden: shown?.text === null };
}
async function ban({ actor }: TestPerson, caseId: string) {
  const { version } = (await hub.moderation.openCase(actor, { caseId })).case;
  return hub.moderation.decide(actor, { caseId, version, rule: 'respect', decision: 'ban' });
}
const isOut = async ({ cookie }: TestPerson): Promise<boolean> =>
  ((await hub.accounts.actorFromCookie(cookie))?.actor.sanctions ?? []).some(({ kind }) => kind === 'ban');

test('as long as nobody decided otherwise, danger and pressure hide a message before a look, and a ban needs two', async () => {
  for (const reason of REPORT_REASONS)
    expect({ reason, hidden: (await reported(reason)).hidden }).toEqual({
      reason,
      hidden: reason === 'danger' || reason === 'pressure',
    });
  expect(await hub.community.view(boss.actor)).toMatchObject({ fourEyes: true, hideFor: ['danger', 'pressure'] });
});

test('a coordinator decides for which reasons a reported message is hidden, reason by reason, down to none', async () => {
  await hub.community.decideHiding(boss.actor, hiding('insult', 'private-data'));
  for (const reason of ['danger', 'insult', 'private-data', 'other'] as const)
    expect({ reason, hidden: (await reported(reason)).hidden }).toEqual({
      reason,
      hidden: reason === 'insult' || reason === 'private-data',
    });
  expect((await hub.community.decideHiding(boss.actor, hiding())).hideFor).toEqual([]);
  expect((await reported('danger')).hidden).toBe(false);
});

test('where a coordinator wants so, one moderator bans; wanted again, the ban waits for a second one', async () => {
  const first = await reported('insult');
  await ban(vera, first.caseId);
  expect(await isOut(first.author)).toBe(false);
  await hub.community.decideBans(boss.actor, { fourEyes: '' });
  const alone = await reported('insult');
  await ban(vera, alone.caseId);
  expect(await isOut(alone.author)).toBe(true);
  // what waited for a second one before goes on as it was: another one decides
  await ban(mona, first.caseId);
  expect(await isOut(first.author)).toBe(true);
  await hub.community.decideBans(boss.actor, { fourEyes: 'on' });
  const last = await reported('insult');
  await ban(vera, last.caseId);
  expect(await isOut(last.author)).toBe(false);
});

test('nobody but a coordinator decides that, and a form with anything else changes nothing', async () => {
  const before = await hub.community.view(boss.actor);
  for (const { actor } of [vera, amal]) {
    await expect(hub.community.decideBans(actor, { fourEyes: '' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(hub.community.decideHiding(actor, hiding())).rejects.toMatchObject({ code: 'forbidden' });
  }
  for (const input of [{}, { fourEyes: 'yes' }, { fourEyes: true }, null])
    await expect(hub.community.decideBans(boss.actor, input)).rejects.toMatchObject({ code: 'input.invalid' });
  for (const input of [{}, { danger: 'on' }, { ...hiding(), danger: { $ne: '' } }])
    await expect(hub.community.decideHiding(boss.actor, input)).rejects.toMatchObject({ code: 'input.invalid' });
  expect(await hub.community.view(boss.actor)).toEqual(before);
});
