// Fair for those whom a case is about, with real parts: a reported moderator, four eyes and an appeal, evidence, scope.
import { afterAll, expect, test } from 'vitest';
import { openHouse, type Name } from '../support/house.ts';
import { ask, connect, openSocket } from '../support/sockets.ts';

const { running, hub, people, roomId, as, post, report, decide, again } = await openHouse();
afterAll(() => running.close());

const detailOf = (name: Name, caseId: string) => hub.moderation.openCase(as(name), { caseId });
async function exported(name: Name): Promise<string> {
  let text = '';
  for await (const piece of await hub.audit.export(as(name), { format: 'json' })) text += piece;
  return text;
}

test('a moderator who is reported meets her own case nowhere: not in the lists, the count, the hints, the log; then she has her notice', async () => {
  const before = await hub.moderation.openCases(as('vera'));
  const sockets = {
    vera: openSocket(running.origin, people.vera.cookie),
    mona: openSocket(running.origin, people.mona.cookie),
  };
  const hinted: string[] = [];
  for (const name of ['vera', 'mona'] as const) {
    expect(await connect(sockets[name])).toBeNull();
    await ask(sockets[name], 'cases:watch', {});
    sockets[name].on('cases:changed', ({ caseId }) => hinted.push(`${name} ${caseId}`));
  }
  const message = await post('vera', 'sharp words of a moderator');
  const { caseId } = await report('amal', message.id, 'insult', 'the note of amal');
  await report('mona', message.id, 'harassment');

  const lists = async (name: Name) =>
    (await Promise.all(['open', 'mine', 'decided'].map((state) => hub.moderation.cases(as(name), { state }))))
      .flatMap(({ items }) => items)
      .map(({ id }) => id);
  expect(await lists('vera')).not.toContain(caseId);
  expect(await lists('boss')).toContain(caseId);
  expect(await hub.moderation.openCases(as('vera'))).toBe(before);
  expect(await hub.moderation.openCases(as('boss'))).toBe(before + 1);
  expect(await hub.moderation.watch(as('vera'))).toEqual({ open: before });
  const input = { caseId, version: 0, decision: 'none', reporterId: as('amal').id, on: true };
  const { openCase, lookAt, markReport, decide: decideIt, undo, takeCase } = hub.moderation;
  for (const verb of [openCase, lookAt, markReport, decideIt, undo]) {
    await expect(verb(as('vera'), input)).rejects.toMatchObject({ code: 'not-found' });
  }
  await expect(takeCase(as('vera'), { caseId }, true)).rejects.toMatchObject({ code: 'not-found' });

  await hub.moderation.markReport(as('boss'), { caseId, reporterId: as('amal').id, on: true });
  await decide('boss', caseId, { decision: 'warn', note: 'for vera' });
  expect(await lists('vera')).not.toContain(caseId);
  await expect(detailOf('vera', caseId)).rejects.toMatchObject({ code: 'not-found' });
  const log = async (name: Name, filter: object = {}) => JSON.stringify((await hub.audit.page(as(name), filter)).items);
  expect(await log('mona')).toContain(caseId);
  for (const filter of [{}, { about: as('amal').id }, { about: as('vera').id }, { about: caseId }]) {
    expect(await log('vera', filter)).not.toContain(caseId);
  }
  expect(await exported('vera')).not.toContain(caseId);
  expect(JSON.parse(await exported('vera'))).toBeInstanceOf(Array);
  expect(await exported('mona')).toContain(caseId);

  // who sees hints gets one of what comes later: all earlier ones are there by then
  const later = await report('amal', (await post('olena', 'something else')).id);
  await expect.poll(() => hinted).toContain(`vera ${later.caseId}`);
  expect(hinted).toContain(`mona ${caseId}`);
  expect(hinted).not.toContain(`vera ${caseId}`);
  for (const socket of Object.values(sockets)) socket.disconnect();
  await decide('boss', later.caseId, { decision: 'none' });

  const notice = await hub.moderation.notice(as('vera'), { caseId });
  expect(notice).toMatchObject({ kind: 'warn', note: 'for vera', excerpt: 'sharp words of a moderator' });
  expect(JSON.stringify(notice)).not.toContain(as('amal').id);
});

test('neither who proposed a ban nor who confirmed it decides the appeal; the case goes on naming both', async () => {
  const person = { subject: 'person', id: as('olena').id, reason: 'scam' };
  const { caseId } = await hub.moderation.report(as('amal'), person);
  await decide('vera', caseId, { decision: 'ban', rule: 'no-scam', note: 'asked for money' });
  await decide('mona', caseId, { decision: 'ban', rule: 'no-scam' });
  const { decision } = (await detailOf('boss', caseId)).case;
  expect(decision).toMatchObject({ by: { id: as('mona').id }, proposedBy: { id: as('vera').id } });
  await hub.moderation.appeal(await again('olena'), { caseId, text: 'not me' });
  const appeal =
    (await hub.moderation.cases(as('boss'), {})).items.find(({ subject }) => subject === 'appeal')?.id ?? '';
  for (const name of ['vera', 'mona'] as const) {
    expect((await detailOf(name, appeal)).case.abilities.decide).toBe(false);
    await expect(decide(name, appeal, { decision: 'uphold' })).rejects.toMatchObject({ code: 'forbidden' });
    const take = hub.moderation.takeCase(as(name), { caseId: appeal }, true);
    await expect(take).rejects.toMatchObject({ code: 'forbidden' });
  }
  await decide('boss', appeal, { decision: 'overturn' });
  expect(await hub.rooms.list(await again('olena'))).not.toEqual([]);
  // an appeal is decided once
  const { version, abilities } = (await detailOf('mona', appeal)).case;
  expect(abilities.undo).toBe(false);
  const undo = hub.moderation.undo(as('mona'), { caseId: appeal, version });
  await expect(undo).rejects.toMatchObject({ code: 'forbidden' });
});

test('what a ban or a suspension would do is said before it is done, and no rule is taken that nobody chose', async () => {
  const { caseId } = await report('amal', (await post('olena', 'words to weigh')).id);
  const { version } = (await detailOf('vera', caseId)).case;
  const input = { caseId, version, decision: 'suspend', hours: 24 };
  for (const decision of ['remove', 'suspend', 'ban']) {
    const none = hub.moderation.consider(as('vera'), { ...input, decision });
    await expect(none).rejects.toMatchObject({ code: 'input.empty', params: { field: 'rule' } });
  }
  await expect(hub.moderation.consider(as('amal'), input)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await hub.moderation.consider(as('vera'), { ...input, rule: 'respect' })).toMatchObject({
    ...{ kind: 'suspend', state: 'decided', until: expect.any(String) as string },
  });
  const ban = { ...input, decision: 'ban', rule: 'respect' };
  expect(await hub.moderation.consider(as('vera'), ban)).toEqual({ kind: 'ban', until: null, state: 'proposed' });
  const after = (await detailOf('vera', caseId)).case;
  expect(after).toMatchObject({ state: 'open', version, decision: null });
  expect(await hub.rooms.list(await again('olena'))).not.toEqual([]);
  // where nothing is done, no rule was broken
  await decide('vera', caseId, { decision: 'none', rule: 'respect' });
  expect((await detailOf('vera', caseId)).case.decision).toMatchObject({ kind: 'none', rule: null });
});

test('what was reported and what stood there before stays for the case when its author deletes it, and not longer than it is needed', async () => {
  const reported = async (text: string) => {
    const { id } = await post('olena', `${text} at first`);
    await hub.messages.edit(as('olena'), { roomId, messageId: id, text: `${text} then` });
    const { caseId } = await report('amal', id);
    expect((await detailOf('vera', caseId)).said).toMatchObject({ text: `${text} then`, now: 'same' });
    return { id, caseId };
  };
  const one = await reported('harsh');
  await hub.messages.edit(as('olena'), { roomId, messageId: one.id, text: 'all is well' });
  expect((await detailOf('vera', one.caseId)).said).toMatchObject({ text: 'harsh then', now: 'changed' });
  await hub.messages.remove(as('olena'), { roomId, messageId: one.id });
  const { said, context } = await detailOf('vera', one.caseId);
  expect(said).toMatchObject({ text: 'harsh then', earlier: [{ text: 'harsh at first' }], now: 'gone' });
  expect(context.find(({ reported: it }) => it)?.text).toBeNull();
  await decide('vera', one.caseId, { decision: 'warn' });
  expect((await detailOf('mona', one.caseId)).said?.text).toBe('harsh then');

  // what came to nothing and is deleted is kept by nobody
  const other = await reported('mild');
  await hub.messages.remove(as('olena'), { roomId, messageId: other.id });
  await decide('vera', other.caseId, { decision: 'none' });
  expect(JSON.stringify(await detailOf('mona', other.caseId))).not.toContain('mild at first');
});

test('her notices begin with what holds now, say where it holds, and end with what was taken back', async () => {
  const decided = async (text: string, input: object) => {
    const message = await post('olena', text);
    const { caseId } = await report('amal', message.id);
    await decide('vera', caseId, input);
    return caseId;
  };
  const takeBack = async (caseId: string) => {
    const { version } = (await detailOf('mona', caseId)).case;
    await hub.moderation.undo(as('mona'), { caseId, version });
  };
  const here = await decided('first words', { decision: 'mute', hours: 2, roomOnly: true });
  expect((await hub.messages.join(await again('olena'), { roomId })).abilities).not.toHaveProperty('mutedEverywhere');
  expect((await detailOf('mona', here)).case.decision).toMatchObject({ scope: 'room' });
  expect((await hub.moderation.notices(await again('olena'), {})).items[0]).toMatchObject({ message: 'hidden' });
  await takeBack(here);
  // her report is about a person: the case was opened first and is decided last
  const person = { subject: 'person', id: as('olena').id, reason: 'insult' };
  const { caseId: suspended } = await hub.moderation.report(as('mona'), person);
  const muted = await decided('second words', { decision: 'mute', hours: 1 });
  expect((await hub.messages.join(await again('olena'), { roomId })).abilities).toMatchObject({
    mutedEverywhere: true,
  });
  await takeBack(muted);
  await decide('vera', suspended, { decision: 'suspend', hours: 24, note: 'you were asked before' });

  const { items } = await hub.moderation.notices(await again('olena'), {});
  expect(items[0]).toMatchObject({
    caseId: suspended,
    kind: 'suspend',
    scope: 'everywhere',
    undone: false,
    message: null,
  });
  expect(items.filter(({ caseId }) => caseId === suspended)).toHaveLength(1);
  const undone = items.map((one) => one.undone);
  expect(undone).toEqual(undone.toSorted());
  const of = (caseId: string) => items.find((one) => one.caseId === caseId);
  expect(of(here)).toMatchObject({ scope: 'room', roomName: expect.anything() as object, undone: true });
  expect(of(muted)).toMatchObject({ scope: 'everywhere', undone: true, message: null });
  expect(items.find(({ kind }) => kind === 'warn')?.scope ?? null).toBeNull();
  await takeBack(suspended);
});

test('before she reports she sees again what it is, in her words for it, and nothing that she may not read', async () => {
  const at = (who: Name, input: object) => hub.moderation.pointedAt(as(who), input);
  const named = { subject: 'message', roomId, id: (await post('vera', 'words to look at again')).id };
  expect(await at('amal', named)).toEqual({ name: 'vera', text: 'words to look at again' });
  const asked = { ...named, id: (await post('boss', 'asked without a name', { anonymous: true })).id };
  expect(await at('amal', asked)).toEqual({ name: null, text: 'asked without a name' });
  expect(await at('amal', { subject: 'person', id: as('mona').id })).toEqual({ name: 'mona', text: null });
  for (const subject of ['message', 'person', 'talk', 'ticket']) {
    expect(await at('amal', { subject, roomId, id: '0'.repeat(24) })).toBeNull();
  }
  await hub.blocks.block(as('olena'), { userId: as('amal').id });
  const hers = { ...named, id: (await post('olena', 'kept from her')).id };
  expect(await at('amal', hers)).toBeNull();
  expect(await at('amal', { subject: 'person', id: as('olena').id })).toBeNull();
  await hub.blocks.unblock(as('olena'), { userId: as('amal').id });
  expect(await at('amal', hers)).toEqual({ name: 'olena', text: 'kept from her' });
  await hub.messages.remove(as('olena'), { roomId, messageId: hers.id });
  expect(await at('amal', hers)).toBeNull();
});

test('her reports say what each was about, and nothing of one whom a block keeps from her or of what is gone', async () => {
  const [kept, gone] = [await post('olena', 'words to know again'), await post('olena', 'words that go')];
  for (const { id } of [kept, gone]) await report('amal', id);
  const anyone = { subject: 'person', id: as('mona').id, reason: 'other' };
  await hub.moderation.report(as('amal'), anyone);
  const whats = async () => (await hub.moderation.myReports(as('amal'), {})).items.map(({ what }) => what);
  expect((await whats()).slice(0, 3)).toEqual(['mona', 'words that go', 'words to know again']);
  await hub.messages.remove(as('olena'), { roomId, messageId: gone.id });
  expect((await whats()).slice(0, 3)).toEqual(['mona', null, 'words to know again']);
  await hub.blocks.block(as('amal'), { userId: as('olena').id });
  expect((await whats()).slice(0, 3)).toEqual(['mona', null, null]);
});
