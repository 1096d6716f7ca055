// Reports, decisions, notices and appeals with real parts: what each woman sees, and that what is undone comes back whole.
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { openHouse, type Name } from '../support/house.ts';

const { running, hub, roomId, as, post, report, decide, undo, again } = await openHouse();
afterAll(() => running.close());

const seen = async (name: Name, id: string) =>
  (await hub.messages.history(as(name), { roomId })).messages.find((message) => message.id === id);

test('a message reported for a grave reason is a stone until somebody has decided, and comes back whole', async () => {
  const parent = await post('olena', 'the words that stay unsaid', { question: true });
  const answer = await post('amal', 'I answer', { replyTo: parent.id });
  await hub.messages.react(as('amal'), { roomId, messageId: parent.id, reaction: 'heart', on: true });
  const before = await seen('amal', parent.id);
  const { caseId, again: twice } = await report('amal', parent.id, 'danger');
  expect(twice).toBe(false);

  expect(await seen('amal', parent.id)).toMatchObject({ text: null, removedBy: 'review', reactions: {} });
  expect((await seen('amal', answer.id))?.replyTo?.excerpt).toBeNull();
  const listed = await hub.messages.questions(as('amal'), { roomId, state: 'open' });
  expect(listed.items.map(({ id }) => id)).not.toContain(parent.id);
  const since = await hub.messages.join(as('amal'), { roomId, since: parent.rev - 1 });
  expect(JSON.stringify(since)).not.toContain('unsaid');
  await hub.search.flush();
  expect((await hub.search.find(as('amal'), { query: 'unsaid' })).results).toEqual([]);
  await expect(hub.messages.edit(as('olena'), { roomId, messageId: parent.id, text: 'other' })).rejects.toMatchObject({
    code: 'not-found',
  });

  const detail = await hub.moderation.openCase(as('vera'), { caseId });
  expect(detail.context.find(({ reported }) => reported)?.text).toBe('the words that stay unsaid');
  expect(detail.case.hidden).toBe(true);
  await decide('vera', caseId, { decision: 'none' });
  const after = await seen('amal', parent.id);
  expect({ ...after, rev: 0 }).toEqual({ ...before, rev: 0 });
  await hub.search.flush();
  expect((await hub.search.find(as('amal'), { query: 'unsaid' })).results).toHaveLength(1);
});

test('twice the same report counts once; nobody reports herself or what she cannot see', async () => {
  const message = await post('olena', 'ordinary words');
  const first = await report('amal', message.id, 'insult');
  expect(await report('amal', message.id, 'danger')).toEqual({ caseId: first.caseId, again: true });
  expect((await seen('amal', message.id))?.text).toBe('ordinary words');
  await expect(report('olena', message.id, 'insult')).rejects.toMatchObject({ code: 'conflict' });
  await expect(report('amal', '0'.repeat(24), 'insult')).rejects.toMatchObject({ code: 'not-found' });
  await expect(report('amal', message.id, 'because')).rejects.toMatchObject({ code: 'input.invalid' });
  await hub.moderation.myReports(as('amal'), {});
  await decide('vera', first.caseId, { decision: 'none' });
  // she is told what became of it, until she has looked
  expect((await hub.moderation.news(as('amal'))).outcomes).toBe(1);
  const [mine] = (await hub.moderation.myReports(as('amal'), {})).items;
  expect(mine).toMatchObject({ caseId: first.caseId });
  expect((await hub.moderation.news(as('amal'))).outcomes).toBe(0);
});

test('a muted woman reads and does not write, gets a notice, and another moderator takes it back', async () => {
  const message = await post('olena', 'rude words');
  const { caseId } = await report('amal', message.id, 'insult', 'she is rude');
  await expect(decide('vera', caseId, { decision: 'mute' })).rejects.toMatchObject({ code: 'input.empty' });
  await decide('vera', caseId, { decision: 'mute', hours: 24, note: 'please stay calm' });

  const olena = await again('olena');
  await expect(hub.messages.post(olena, { roomId, clientId: randomUUID(), text: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const reaction = { roomId, messageId: message.id, reaction: 'heart', on: true };
  await expect(hub.messages.react(olena, reaction)).rejects.toMatchObject({ code: 'not-found' }); // a stone now
  const join = await hub.messages.join(olena, { roomId });
  expect(join.abilities).toMatchObject({ read: true, post: false, mutedUntil: expect.any(String) as string });
  expect(await hub.notifications.notes(olena)).toContainEqual({ count: 1, quietFrom: '', quietTo: '' });

  const [notice] = (await hub.moderation.notices(olena, {})).items;
  expect(notice).toMatchObject({
    ...{ kind: 'mute', rule: 'respect', note: 'please stay calm', excerpt: 'rude words', appeal: 'open' },
  });
  await hub.moderation.appeal(olena, { caseId, text: 'I was quoting somebody' });
  await expect(hub.moderation.appeal(olena, { caseId, text: 'again' })).rejects.toMatchObject({ code: 'conflict' });

  const appeals = (await hub.moderation.cases(as('mona'), {})).items.filter(({ subject }) => subject === 'appeal');
  const appeal = appeals[0]?.id ?? '';
  await expect(decide('vera', appeal, { decision: 'overturn' })).rejects.toMatchObject({ code: 'forbidden' });
  await decide('mona', appeal, { decision: 'overturn' });
  expect((await hub.moderation.notice(await again('olena'), { caseId })).appeal).toBe('overturned');
  expect((await seen('amal', message.id))?.text).toBe('rude words');
  const free = await again('olena');
  await hub.messages.post(free, { roomId, clientId: randomUUID(), text: 'thank you' });
  expect((await hub.moderation.myReports(as('amal'), {})).items.find((one) => one.caseId === caseId)?.outcome).toBe(
    'not-acted',
  );
});

test('a moderator decides neither about herself nor alone on what she reported; one of two is told that it is late', async () => {
  const hers = await report('mona', (await post('vera', 'from a moderator')).id, 'other');
  await expect(decide('vera', hers.caseId, { decision: 'none' })).rejects.toMatchObject({ code: 'not-found' });
  const alone = await report('vera', (await post('olena', 'somebody')).id, 'other');
  await expect(decide('vera', alone.caseId, { decision: 'none' })).rejects.toMatchObject({ code: 'forbidden' });
  const { version } = (await hub.moderation.openCase(as('mona'), { caseId: alone.caseId })).case;
  const both = await Promise.allSettled(
    (['mona', 'boss'] as const).map((name) =>
      hub.moderation.decide(as(name), { caseId: alone.caseId, version, decision: 'none' }),
    ),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  await expect(hub.moderation.cases(as('amal'), {})).rejects.toMatchObject({ code: 'forbidden' });
});

test('a ban needs two moderators, is taken back by who proposed it, shuts everything but notices and the appeal, and is undone', async () => {
  const { caseId } = await hub.moderation.report(as('boss'), {
    ...{ subject: 'person', id: as('olena').id, reason: 'scam' },
  });
  // nothing else can tell her what it is about
  const ban = { decision: 'ban', rule: 'no-scam' };
  await expect(decide('vera', caseId, ban)).rejects.toMatchObject({ code: 'input.empty', params: { field: 'note' } });
  expect(await decide('vera', caseId, { ...ban, note: 'asked for money' })).toEqual({ state: 'proposed' });
  await expect(decide('vera', caseId, { decision: 'ban' })).rejects.toMatchObject({ code: 'forbidden' });
  // she alone takes back what she proposed; then it is as it was
  await expect(undo('mona', caseId)).rejects.toMatchObject({ code: 'forbidden' });
  await undo('vera', caseId);
  const open = (await hub.moderation.openCase(as('vera'), { caseId })).case;
  expect(open).toMatchObject({ state: 'open', decision: null, abilities: { decide: true, undo: false } });
  await expect(undo('vera', caseId)).rejects.toMatchObject({ code: 'conflict' });
  expect(await hub.rooms.list(await again('olena'))).not.toEqual([]);
  expect(await decide('vera', caseId, { ...ban, note: 'asked for money' })).toEqual({ state: 'proposed' });
  expect(await decide('mona', caseId, ban)).toEqual({ state: 'decided' });
  const olena = await again('olena');
  await expect(hub.rooms.list(olena)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(hub.messages.history(olena, { roomId })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(hub.moderation.report(olena, {})).rejects.toMatchObject({ code: 'forbidden' });
  const told = { kind: 'ban', rule: 'no-scam' };
  expect((await hub.moderation.notices(olena, {})).items[0]).toMatchObject({ ...told, note: 'asked for money' });
  expect(await hub.accounts.sessions(olena)).not.toEqual([]);
  await undo('boss', caseId);
  expect(await hub.rooms.list(await again('olena'))).not.toEqual([]);
});

test('what a message said and who asked anonymously is not in a list of cases before somebody is told that it was looked at', async () => {
  const message = await post('olena', 'a secret question', { anonymous: true });
  const { caseId } = await report('boss', message.id, 'other');
  const found = (await hub.moderation.cases(as('vera'), {})).items.find(({ id }) => id === caseId);
  expect(found?.about).toBeNull();
  const acts = await hub.audit.page(as('boss'), {});
  await hub.moderation.openCase(as('vera'), { caseId });
  const more = await hub.audit.page(as('boss'), {});
  expect((more.items[0]?.seq ?? 0) - (acts.items[0]?.seq ?? 0)).toBe(1);
  expect(more.items[0]).toMatchObject({ action: 'case.opened', person: null });
});

test('reports that come to nothing cost an honest woman nothing; only those marked as false on purpose do', async () => {
  const cases: string[] = [];
  for (const text of ['one', 'two', 'three']) {
    const { caseId } = await report('mona', (await post('amal', text)).id, 'insult');
    await decide('vera', caseId, { decision: 'none' });
    cases.push(caseId);
  }
  const hidden = await post('olena', 'hidden at once');
  const honest = await report('mona', hidden.id, 'danger');
  expect((await seen('amal', hidden.id))?.text).toBeNull();
  await decide('vera', honest.caseId, { decision: 'none' });

  const mark = (name: Name, caseId: string, on = true) =>
    hub.moderation.markReport(as(name), { caseId, reporterId: as('mona').id, on });
  await expect(mark('mona', cases[0] ?? '')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(mark('amal', cases[0] ?? '')).rejects.toMatchObject({ code: 'forbidden' });
  for (const caseId of cases) await mark('vera', caseId);
  const { reports } = await hub.moderation.openCase(as('vera'), { caseId: cases[0] });
  expect(reports).toMatchObject([{ deliberate: true }]);
  const message = await post('olena', 'stays in sight');
  await expect(report('mona', message.id, 'danger')).rejects.toMatchObject({ code: 'rate.limited' });
  // another day she may report again, and what she reports stays in sight until somebody has looked
  const yesterday = { $set: { at: new Date(Date.now() - 25 * 3_600_000) } };
  await hub.database.connection.collection('moderationReports').updateMany({}, yesterday);
  const doubted = await report('mona', message.id, 'danger');
  expect((await seen('amal', message.id))?.text).toBe('stays in sight');
  await decide('vera', doubted.caseId, { decision: 'none' });
  await mark('boss', cases[0] ?? '', false);
  await report('mona', message.id, 'danger');
  expect((await seen('amal', message.id))?.text).toBeNull();
});

test('who keeps looking is written down once, and is shown as looking until she looks away', async () => {
  const { caseId } = await report('amal', (await post('boss', 'look at this')).id, 'other');
  const lines = async () => (await hub.audit.page(as('mona'), {})).items[0]?.seq ?? 0;
  const before = await lines();
  await hub.moderation.openCase(as('vera'), { caseId });
  await hub.moderation.openCase(as('vera'), { caseId });
  expect((await lines()) - before).toBe(1);
  expect(await hub.moderation.lookAt(as('mona'), { caseId })).toMatchObject({ lookedAtBy: { id: as('vera').id } });
  expect(await hub.moderation.lookAt(as('vera'), { caseId })).toEqual({ lookedAtBy: null });
  await expect(hub.moderation.lookAt(as('amal'), { caseId })).rejects.toMatchObject({ code: 'forbidden' });

  // one case at a time, and none any more when she has left it
  const seenBy = async (id: string) =>
    (await hub.moderation.cases(as('mona'), {})).items.find((one) => one.id === id)?.lookedAtBy?.id ?? null;
  const next = await report('amal', (await post('olena', 'and then at this')).id, 'other');
  expect(await seenBy(caseId)).toBe(as('vera').id);
  await hub.moderation.openCase(as('vera'), { caseId: next.caseId });
  expect([await seenBy(caseId), await seenBy(next.caseId)]).toEqual([null, as('vera').id]);
  await hub.moderation.lookAt(as('mona'), { caseId: next.caseId, left: true });
  expect(await seenBy(next.caseId)).toBe(as('vera').id);
  await hub.moderation.lookAt(as('vera'), { caseId: next.caseId, left: true });
  expect(await seenBy(next.caseId)).toBeNull();

  // whose page stays open on one that is decided does not look at anything that waits
  await decide('vera', next.caseId, { decision: 'none' });
  await hub.moderation.lookAt(as('vera'), { caseId: next.caseId });
  const { items } = await hub.moderation.cases(as('mona'), { state: 'decided' });
  expect(items.find(({ id }) => id === next.caseId)).toMatchObject({ state: 'decided', lookedAtBy: null });
});
