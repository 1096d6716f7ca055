// What people in a talk do with its words, on a whole hub: search, report in picked messages, lesson, feedback; and a queue that begins in a room.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { tellsWho } from '../../server/domain/talks/talks.inside.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { codeOf } from '../support/refused.ts';

let running: TestHub;
let [katrin, amina, noor, olena, judit] = [] as unknown as TestPerson[] as [
  TestPerson,
  TestPerson,
  TestPerson,
  TestPerson,
  TestPerson,
];
let dropInId: string;
let dropIns: ReturnType<typeof createDropInsRepository>;
beforeAll(async () => {
  running = await startTestHub();
  katrin = await running.join('katrin', 'coordinator');
  amina = await running.join('amina', 'mentor');
  noor = await running.join('noor');
  olena = await running.join('olena');
  judit = await running.join('judit', 'moderator');
  dropIns = createDropInsRepository(createOfficeHoursModels(running.hub.database.connection));
  const hosts = [{ actor: amina.actor, languages: ['ar' as const, 'uk' as const] }];
  dropInId = await makeSitting(dropIns, new Date(), { hosts, topics: ['jobs', 'schools'] });
}, 60_000);
afterAll(() => running.close());
let last = '';
// one talk at a time
afterEach(() => running.hub.tickets.end(amina.actor, { ticketId: last }));

/** She joins, is called, comes; both say something. */
async function talkOf({ actor }: TestPerson, more: object = {}) {
  const { hub } = running;
  const { ticketId } = await hub.tickets.join(actor, aPlace(dropInId, more));
  last = ticketId;
  await hub.tickets.call(amina.actor, { ticketId });
  await hub.tickets.coming(actor, { ticketId });
  const talkId = (await hub.tickets.ticket(actor, { ticketId })).talkId ?? '';
  const say = async (who: TestPerson, text: string) => {
    const as = await hub.talks.personaOf(who.actor, talkId);
    return (await hub.messages.post(as, { roomId: talkId, clientId: randomUUID(), text })).message.id;
  };
  return { ticketId, talkId, say, end: () => hub.tickets.end(amina.actor, { ticketId }) };
}

test('her next steps can go to a mentor whose hours come soon, and to nobody else', async () => {
  const { hub } = running;
  const { talkId, ticketId } = await talkOf(noor);
  await hub.talks.writeNote(amina.actor, { ticketId, text: 'Call the school office on Monday' });
  const open = () => hub.talks.open(noor.actor, { talkId });
  expect((await open()).mentors).toEqual([]);
  const hosts = [{ actor: judit.actor, languages: ['ar' as const] }];
  await makeSitting(dropIns, new Date(Date.now() + 24 * 60 * 60 * 1000), { hosts, topics: ['jobs'] });
  const { mentors, note } = await open();
  expect(mentors.map(({ id }) => id)).toEqual([judit.actor.id]);
  expect((await hub.talks.open(amina.actor, { talkId })).mentors).toEqual([]);
  await hub.talks.shareNote(noor.actor, { noteId: note?.id, with: judit.actor.id });
  expect((await hub.talks.notes(judit.actor)).shown.map(({ text }) => text)).toEqual([
    'Call the school office on Monday',
  ]);
});

test('she and her mentor search their talk; for everybody else, whatever the role, it is not there', async () => {
  const { hub } = running;
  const talk = await talkOf(noor);
  await talk.say(noor, 'My landlord wants a larger deposit');
  await talk.say(amina, 'A deposit is at most three months of rent');
  await hub.search.flush();
  const asked = { talkId: talk.talkId, query: 'deposit' };
  for (const { actor } of [noor, amina]) {
    const { results } = await hub.talks.search(actor, asked);
    expect(results).toHaveLength(2);
    // she is her number here too
    expect(JSON.stringify(results)).not.toContain('noor');
    // what the page asks for cannot lead out of the talk, and no author can be asked for
    const forced = await hub.talks.search(actor, { ...asked, room: 'jobs', author: amina.actor.id });
    expect(forced.results).toHaveLength(2);
  }
  for (const { actor } of [olena, judit, katrin]) {
    expect(await codeOf(hub.talks.search(actor, asked))).toBe('not-found');
    expect((await hub.search.find(actor, { query: 'deposit' })).results).toEqual([]);
    expect(await codeOf(hub.search.find(actor, { query: 'deposit', room: `talk-${talk.talkId}` }))).toBe('not-found');
  }
  await talk.end();
});

test('a report of a talk hands over the picked messages and nothing else, and tells nobody who she is', async () => {
  const { hub } = running;
  const talk = await talkOf(noor, { firstName: 'Rana' });
  const bad = await talk.say(noor, 'You are useless');
  const secret = await talk.say(amina, 'My own address is Market 7');
  const other = await talk.say(noor, 'I am afraid of my brother');
  const report = { subject: 'talk', id: talk.talkId, reason: 'insult', note: '' };
  for (const { actor } of [olena, judit, katrin]) {
    expect(await codeOf(hub.moderation.report(actor, { ...report, picks: [bad] }))).toBe('not-found');
  }
  const roomId = await running.roomId();
  const foreign = (await hub.messages.post(olena.actor, { roomId, clientId: randomUUID(), text: 'elsewhere' })).message;
  expect(await codeOf(hub.moderation.report(amina.actor, { ...report, picks: [foreign.id] }))).toBe('input.invalid');

  const { caseId } = await hub.moderation.report(amina.actor, { ...report, picks: [bad] });
  const seen = JSON.stringify(await hub.moderation.openCase(judit.actor, { caseId }));
  expect(seen).toContain('You are useless');
  for (const hidden of ['Market 7', 'brother', 'noor', noor.actor.id, talk.talkId, secret, other]) {
    expect(seen).not.toContain(hidden);
  }
  // the other way round: about the mentor, by name
  const hers = await hub.moderation.report(noor.actor, { ...report, reason: 'pressure', picks: [secret] });
  expect(hers.again).toBe(false);
  expect(hers.caseId).not.toBe(caseId);
  const { case: about } = await hub.moderation.openCase(judit.actor, { caseId: hers.caseId });
  expect(about.about?.id).toBe(amina.actor.id);
  // what is decided about her names her own words, and nothing that others said; a list of cases says nothing of a talk
  const both = await hub.moderation.report(amina.actor, { ...report, picks: [other, secret] });
  expect(both).toMatchObject({ caseId, again: true });
  const listed = (await hub.moderation.cases(judit.actor, {})).items.filter(({ subject }) => subject === 'talk');
  expect(JSON.stringify(listed)).not.toMatch(/useless|Market 7/);
  const told = async (who: TestPerson, id: string) => {
    const { version } = (await hub.moderation.openCase(judit.actor, { caseId: id })).case;
    await hub.moderation.decide(judit.actor, { caseId: id, version, rule: 'respect', decision: 'warn' });
    return (await hub.moderation.notice(who.actor, { caseId: id })).excerpt;
  };
  expect(await told(noor, caseId)).toBe('You are useless');
  expect(await told(amina, hers.caseId)).toContain('Market 7');
  await talk.end();
});

test('a place in a queue is reported by the mentor who sees it and by her whose it is, each about the other', async () => {
  const { hub } = running;
  const report = (who: TestPerson, id: string) =>
    hub.moderation.report(who.actor, { subject: 'ticket', id, reason: 'insult', note: '' });
  const { ticketId } = await hub.tickets.join(olena.actor, aPlace(dropInId, { firstName: 'Ola' }));
  last = ticketId;
  // nobody has called her: she has nobody to report
  expect(await codeOf(report(olena, ticketId))).toBe('not-found');
  const waiting = await report(amina, ticketId);
  await hub.tickets.call(amina.actor, { ticketId });
  const hers = await report(olena, ticketId);
  expect(hers).toMatchObject({ again: false });
  expect(await report(amina, ticketId)).toEqual({ caseId: waiting.caseId, again: true });
  expect(await codeOf(report(noor, ticketId))).toBe('not-found');
  const aboutOf = async (caseId: string) => (await hub.moderation.openCase(judit.actor, { caseId })).case.about?.id;
  expect(await aboutOf(hers.caseId)).toBe(amina.actor.id);
  expect(await aboutOf(waiting.caseId)).not.toBe(amina.actor.id);
  await hub.tickets.coming(olena.actor, { ticketId });
});

test('after the talk her mentor posts a lesson to the room, and her name or number is refused in it', async () => {
  const { hub } = running;
  const talk = await talkOf(noor, { firstName: 'Rana', topic: 'schools' });
  const lesson = { talkId: talk.talkId, clientId: randomUUID(), text: 'You can change school in May: ask the office.' };
  await hub.talks.offerPhone(noor.actor, { talkId: talk.talkId, phone: '0371 555 1234' });
  expect(await codeOf(hub.talks.postLesson(amina.actor, lesson))).toBe('conflict');
  expect((await hub.talks.open(amina.actor, { talkId: talk.talkId })).lesson).toBeNull();
  await talk.end();
  await expect
    .poll(async () => (await hub.talks.open(amina.actor, { talkId: talk.talkId })).lesson)
    .toMatchObject({ slug: 'schools' });
  expect((await hub.talks.open(noor.actor, { talkId: talk.talkId })).lesson).toBeNull();
  for (const text of ['Today RANA asked about school', 'Call +49 (371) 5551234']) {
    expect(await codeOf(hub.talks.postLesson(amina.actor, { ...lesson, text }))).toBe('input.invalid');
  }
  expect(await codeOf(hub.talks.postLesson(noor.actor, lesson))).toBe('forbidden');
  expect(await codeOf(hub.talks.postLesson(judit.actor, lesson))).toBe('not-found');
  expect(await hub.talks.postLesson(amina.actor, lesson)).toEqual({ slug: 'schools' });
  await hub.talks.postLesson(amina.actor, lesson); // sent twice
  const { messages } = await hub.messages.history(olena.actor, { roomId: await running.roomId('schools') });
  const posted = messages.filter(({ text }) => text === lesson.text);
  expect(posted.map(({ author, replyTo }) => [author?.displayName, replyTo])).toEqual([['amina', null]]);
});

test('words that only sound like her name may be said', () => {
  const owners = [{ name: 'Ana', phone: '' }];
  expect(tellsWho('Kanada und Banane', owners)).toBe(false);
  expect(tellsWho('für ana, heute', owners)).toBe(true);
  expect(tellsWho('Nummer 12 war dran', [{ name: '#12', phone: '12' }])).toBe(false);
  expect(tellsWho('سارة سألت', [{ name: 'سارة', phone: '' }])).toBe(true);
});

test('feedback is read in groups of five, of weeks that are over, without talk, mentor or order', async () => {
  const { hub } = running;
  const collection = hub.database.connection.collection('talkFeedback');
  const give = async (face: string, words: string) => {
    const talk = await talkOf(noor);
    await talk.end();
    await hub.talks.giveFeedback(noor.actor, { ticketId: talk.ticketId, face, words });
    return talk;
  };
  const talk = await give('poor', 'Zu kurz');
  for (const words of ['Danke', '', 'Besser als gedacht']) await give('good', words);
  const stored = JSON.stringify(await collection.find({}).toArray());
  for (const secret of [talk.ticketId, talk.talkId, noor.actor.id, amina.actor.id])
    expect(stored).not.toContain(secret);
  const read = () => hub.talks.feedback(katrin.actor, {});
  const over = (day: string) => collection.updateMany({ day: { $gt: '2026-10-01' } }, { $set: { day } });
  await over('2026-10-05');
  expect(await read()).toEqual({ groups: [], next: null });
  await give('fair', 'Annehmbar');
  expect((await read()).groups).toEqual([]); // this week is not over
  await collection.updateMany({ day: { $ne: '2026-10-05' } }, { $set: { day: '2026-10-19' } });
  expect(await read()).toEqual({
    groups: [
      {
        from: '2026-10-05',
        to: '2026-10-25',
        faces: { good: 3, fair: 1, poor: 1 },
        words: ['Annehmbar', 'Besser als gedacht', 'Danke', 'Zu kurz'],
      },
    ],
    next: null,
  });
  expect((await hub.talks.feedback(katrin.actor, { before: '2026-10-05' })).groups).toEqual([]);
  for (const { actor } of [noor, amina, judit]) expect(await codeOf(hub.talks.feedback(actor, {}))).toBe('forbidden');
}, 60_000);

test('what the community decided about keeping talks holds for the next one that ends, and she is told', async () => {
  const { hub } = running;
  await hub.community.decide(katrin.actor, { talkDays: '7' });
  const talk = await talkOf(olena, { languages: ['uk'] });
  expect(await hub.talks.open(olena.actor, { talkId: talk.talkId })).toMatchObject({ keptDays: 7, deletedAt: null });
  await talk.end();
  await expect
    .poll(async () => {
      const { endedAt, deletedAt } = await hub.talks.open(olena.actor, { talkId: talk.talkId });
      return endedAt && deletedAt && (Date.parse(deletedAt) - Date.parse(endedAt)) / 86_400_000;
    })
    .toBe(7);
});
