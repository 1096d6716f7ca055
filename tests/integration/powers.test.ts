// Every use of power is written down before the act: a walk over all verbs that ask whether somebody moderates. A new one fails
// here until it writes an entry, or says why it need not.
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AuditAction } from '#shared/audit.ts';
import type { Hub } from '../../server/hub.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aSchedule } from '../support/office-hours.ts';
import { guardedVerbs, OF_MODERATORS, OF_OTHERS, policies } from '../support/powers.ts';
import { aPlace } from '../support/queue.ts';

/** Monday, five past four UTC: the drop-in from six to eight in Berlin runs. */
const NOW = new Date('2026-06-01T16:05:00Z').getTime();
const began = Date.now();
let ahead = 0;
let running: TestHub;
let hub: Hub;
let boss: TestPerson;
let vera: TestPerson;
let mentor: TestPerson;
let amal: TestPerson;
let roomId = '';
let other = '';

beforeAll(async () => {
  running = await startTestHub({ clock: { now: () => new Date(NOW + ahead + Date.now() - began) } });
  ({ hub } = running);
  boss = await running.join('boss', 'coordinator');
  vera = await running.join('vera', 'moderator');
  mentor = await running.join('mentor', 'mentor');
  amal = await running.join('amal');
  [roomId, other] = [await running.roomId('jobs'), await running.roomId('schools')];
}, 60_000);
afterAll(() => running.close());

type Act = () => Promise<unknown>;
type Power = [verb: string, action: AuditAction, prepare: () => Promise<Act> | Act];

const post = async (who: TestPerson, text = 'words', more: object = {}) => {
  ahead += 20_000; // nobody posts faster than she may
  const { message } = await hub.messages.post(who.actor, { roomId, clientId: randomUUID(), text, ...more });
  return { roomId, messageId: message.id };
};
const text = (word: string) => ({ de: word, en: word, ar: word, uk: word });
const room = (name = 'quiet corner') => ({
  ...{ name: text(name), purpose: text('to rest'), rules: text(''), welcome: text('') },
  ...{ access: 'open', clientId: randomUUID() },
});
const newRoom = async (more: object = {}) => (await hub.rooms.create(vera.actor, { ...room(), ...more })).id;
const hours = async (more: Record<string, unknown> = {}) => {
  const { id } = await hub.officeHours.create(mentor.actor, aSchedule(more));
  return { officeHoursId: id, dropInId: `${id}-20260601` };
};
const sitting = async () => {
  const one = await hours();
  await hub.officeHours.checkIn(mentor.actor, { dropInId: one.dropInId });
  return one;
};
let nth = 0;
async function reported(): Promise<{ caseId: string; version: number; reporter: TestPerson; about: TestPerson }> {
  const [reporter, about] = [await running.join(`reporter-${++nth}`), await running.join(`about-${nth}`)];
  const report = { subject: 'person', id: about.actor.id, reason: 'insult', note: 'rude' };
  const { caseId } = await hub.moderation.report(reporter.actor, report);
  const { version } = (await hub.moderation.openCase(boss.actor, { caseId })).case;
  return { caseId, version, reporter, about };
}
const NONE = { decision: 'none', note: '' };
const asked = async () => {
  const id = await newRoom({ access: 'request' });
  const who = await running.join(`asks-${++nth}`);
  await hub.rooms.ask(who.actor, { roomId: id, note: '' });
  return { roomId: id, userId: who.actor.id };
};

const POWERS: Power[] = [
  [
    'accounts/createInvitation',
    'invitation.created',
    () => () => hub.accounts.createInvitation(vera.actor, { role: 'member', note: '', uses: 1, days: 1 }),
  ],
  [
    'accounts/revokeInvitation',
    'invitation.revoked',
    async () => {
      const { invitation } = await hub.accounts.createInvitation(mentor.actor, {
        ...{ role: 'member', note: '', uses: 1, days: 1 },
      });
      return () => hub.accounts.revokeInvitation(vera.actor, { id: invitation.id });
    },
  ],
  [
    'accounts/createResetCode',
    'reset-code.created',
    () => () => hub.accounts.createResetCode(vera.actor, { id: amal.actor.id }),
  ],
  [
    'audit/export',
    'audit.exported',
    () => async () => {
      let bytes = 0;
      for await (const line of await hub.audit.export(vera.actor, { format: 'csv' })) bytes += line.length;
      return bytes;
    },
  ],
  ['community/decide', 'community.changed', () => () => hub.community.decide(boss.actor, { editMinutes: '5' })],
  [
    'community/decideHolds',
    'community.changed',
    () => () => hub.community.decideHolds(boss.actor, { holdLinks: '', holdPhones: '' }),
  ],
  ['community/set', 'door.opened', () => () => hub.door.set(vera.actor, { open: true })],
  [
    'messages/remove',
    'message.removed',
    async () => {
      const one = await post(amal);
      return () => hub.messages.remove(vera.actor, one);
    },
  ],
  [
    'messages/move',
    'message.moved',
    async () => {
      const one = await post(amal);
      return () => hub.messages.move(vera.actor, { ...one, toRoomId: other });
    },
  ],
  [
    'messages/reveal',
    'message.revealed',
    async () => {
      const one = await post(amal, 'who asks', { anonymous: true });
      return () => hub.messages.reveal(vera.actor, one);
    },
  ],
  [
    'messages/versions',
    'message.versions',
    async () => {
      const one = await post(amal);
      await hub.messages.edit(amal.actor, { ...one, text: 'other words' });
      return () => hub.messages.versions(vera.actor, one);
    },
  ],
  [
    'moderation/add',
    'word-list.added',
    () => () => hub.wordLists.add(vera.actor, { language: 'de', text: `wort${++nth}`, act: 'flag' }),
  ],
  ...(['change', 'remove'] as const).map((verb): Power => [
    `moderation/${verb}`,
    verb === 'change' ? 'word-list.changed' : 'word-list.removed',
    async () => {
      const { id } = await hub.wordLists.add(vera.actor, { language: 'de', text: `wort${++nth}`, act: 'flag' });
      return () => hub.wordLists[verb](vera.actor, { id, act: 'hold' });
    },
  ]),
  ['moderation/review', 'word-list.reviewed', () => () => hub.wordLists.review(vera.actor, { language: 'fa' })],
  [
    'moderation/openCase',
    'case.opened',
    async () => {
      const { caseId } = await reported();
      return () => hub.moderation.openCase(vera.actor, { caseId });
    },
  ],
  [
    'moderation/decide',
    'case.decided',
    async () => {
      const { caseId, version } = await reported();
      return () => hub.moderation.decide(vera.actor, { caseId, version, ...NONE });
    },
  ],
  [
    'moderation/undo',
    'case.undone',
    async () => {
      const { caseId, version } = await reported();
      await hub.moderation.decide(vera.actor, { caseId, version, ...NONE });
      const now = (await hub.moderation.openCase(boss.actor, { caseId })).case;
      return () => hub.moderation.undo(vera.actor, { caseId, version: now.version });
    },
  ],
  [
    'moderation/markReport',
    'report.marked',
    async () => {
      const { caseId, reporter } = await reported();
      return () => hub.moderation.markReport(vera.actor, { caseId, reporterId: reporter.actor.id, on: true });
    },
  ],
  [
    'office-hours/change',
    'hours.changed',
    async () => {
      const { officeHoursId } = await hours({ weekday: '2' });
      const { revision } = await hub.officeHours.schedule(mentor.actor, { officeHoursId });
      const input = { ...aSchedule({ weekday: '3' }), officeHoursId, revision };
      return () => hub.officeHours.change(vera.actor, input);
    },
  ],
  [
    'office-hours/end',
    'hours.changed',
    async () => {
      const one = await hours({ weekday: '2' });
      return () => hub.officeHours.end(vera.actor, one);
    },
  ],
  ...(['cancel', 'move', 'restore'] as const).map((verb): Power => [
    `office-hours/${verb}`,
    'hours.changed',
    async () => {
      const { officeHoursId } = await hours({ weekday: '2' });
      const one = { dropInId: `${officeHoursId}-20260602` };
      if (verb === 'restore') await hub.officeHours.cancel(mentor.actor, one);
      const when = verb === 'move' ? { date: '2026-06-03', from: '18:00', to: '19:00' } : {};
      return () => hub.officeHours[verb](vera.actor, { ...one, ...when });
    },
  ]),
  ...(['holiday', 'dropHoliday'] as const).map((verb): Power => [
    `office-hours/${verb}`,
    'hours.changed',
    async () => {
      const { officeHoursId } = await hours({ weekday: '2' });
      const days = { officeHoursId, from: '2026-07-01', to: '2026-07-02' };
      if (verb === 'dropHoliday') await hub.officeHours.holiday(mentor.actor, days);
      return () => hub.officeHours[verb](vera.actor, days);
    },
  ]),
  ...(['announce', 'stopTaking', 'takeAgain', 'extend', 'close'] as const).map((verb): Power => [
    `office-hours/${verb}`,
    'drop-in.steered',
    async () => {
      const one = await sitting();
      if (verb === 'takeAgain') await hub.officeHours.stopTaking(mentor.actor, one);
      return () => hub.officeHours[verb](vera.actor, { ...one, text: 'a little later' });
    },
  ]),
  ['office-hours/publish', 'community.changed', () => () => hub.officeHours.publish(boss.actor, { on: true })],
  ['rooms/create', 'room.created', () => () => hub.rooms.create(vera.actor, room(`corner ${++nth}`))],
  [
    'rooms/addReady',
    'room.created',
    async () => {
      const [one] = await hub.rooms.ready(vera.actor);
      return () => hub.rooms.addReady(vera.actor, one);
    },
  ],
  [
    'rooms/update',
    'room.changed',
    async () => {
      const id = await newRoom();
      const { version } = await hub.rooms.forEdit(vera.actor, { roomId: id });
      return () => hub.rooms.update(vera.actor, { ...room('other name'), roomId: id, version, access: 'staff' });
    },
  ],
  [
    'rooms/archive',
    'room.archived',
    async () => {
      const id = await newRoom();
      return () => hub.rooms.archive(vera.actor, { roomId: id });
    },
  ],
  [
    'rooms/reopen',
    'room.reopened',
    async () => {
      const id = await newRoom();
      await hub.rooms.archive(vera.actor, { roomId: id });
      return () => hub.rooms.reopen(vera.actor, { roomId: id });
    },
  ],
  [
    'rooms/setTools',
    'room.paced',
    async () => {
      const id = await newRoom();
      const tools = { writing: 'moderators', slowSeconds: 30, newcomerHours: 24 };
      return () => hub.rooms.setTools(vera.actor, { roomId: id, ...tools });
    },
  ],
  [
    'rooms/setKeeping',
    'room.kept',
    async () => {
      const id = await newRoom();
      return () => hub.rooms.setKeeping(boss.actor, { roomId: id, keepDays: 90 });
    },
  ],
  [
    'rooms/setHost',
    'room.host',
    async () => {
      const id = await newRoom();
      return () => hub.rooms.setHost(vera.actor, { roomId: id, userId: mentor.actor.id, host: true });
    },
  ],
  [
    'rooms/answer',
    'room.answered',
    async () => {
      const one = await asked();
      return () => hub.rooms.answer(vera.actor, { ...one, answer: 'decline' });
    },
  ],
  [
    'rooms/invite',
    'room.answered',
    async () => {
      const one = await asked(); // who has asked is let in by it
      return () => hub.rooms.invite(vera.actor, one);
    },
  ],
  [
    'rooms/remove',
    'room.removed',
    async () => {
      const one = await asked();
      await hub.rooms.answer(vera.actor, { ...one, answer: 'accept' });
      return () => hub.rooms.remove(vera.actor, one);
    },
  ],
  [
    'tickets/look',
    'ticket.looked',
    async () => {
      const { dropInId } = await sitting();
      const who = await running.join(`waits-${++nth}`);
      await hub.tickets.join(who.actor, aPlace(dropInId));
      return () => hub.tickets.look(vera.actor, { dropInId, number: '1', reason: 'she may be in danger' });
    },
  ],
];

const LOOKS = 'shows what moderators keep an eye on; changes nothing and opens nothing confidential';
/** Why there is no entry. */
const WITHOUT: Record<string, string> = {
  'accounts/invitableRoles': 'what her form offers',
  'accounts/invitations': LOOKS,
  'accounts/people': LOOKS,
  'audit/page': 'those whose acts stand there watch each other; taking it away as a file is written down',
  'community/state': LOOKS,
  'community/view': LOOKS,
  'figures/view': 'counts of groups, nobody is in them',
  'messages/language': 'the language of words, for folding and search; everybody sees it and it can be set back',
  'messages/looks': 'for her who asked: who looked; moderators see the same line',
  'messages/moveForm': 'the form before the act',
  'moderation/cases': 'the list; opening a case is written down',
  'moderation/edited': 'by the author of the words: a word list looks at them',
  'moderation/lookAt': 'goes on with a look that was written down',
  'moderation/openCases': 'a number',
  'moderation/page': LOOKS,
  'moderation/takeCase': 'a mark for other moderators that she will look; changes nothing for anybody else',
  'moderation/try': 'words that she types herself',
  'moderation/watch': 'a number',
  'office-hours/officeHours': LOOKS,
  'office-hours/stay': 'the answer of a host on duty: her own work',
  'office-hours/week': LOOKS,
  'rooms/archived': LOOKS,
  'rooms/attention': LOOKS,
  'rooms/forEdit': 'the form before the act',
  'rooms/hosted': 'the rooms of her form',
  'rooms/invited': LOOKS,
  'rooms/join': 'she comes in herself, and everybody sees it',
  'rooms/keeping': LOOKS,
  'rooms/managed': LOOKS,
  'rooms/move': 'the order of the list',
  'rooms/news': LOOKS,
  'rooms/ready': LOOKS,
  'rooms/requests': LOOKS,
  'rooms/standings': LOOKS,
  'rooms/suggest': 'names that she may mention',
  'rooms/tools': LOOKS,
  'talks/postLesson': 'posts in her own name',
};

test('every policy says whether it is about moderators', () => {
  expect(policies().filter((name) => !OF_MODERATORS.includes(name) && !OF_OTHERS.includes(name))).toEqual([]);
});
test('every verb that asks whether she moderates writes an entry or says why not', () => {
  const known = [...POWERS.map(([verb]) => verb), ...Object.keys(WITHOUT)];
  expect(known.toSorted()).toEqual(guardedVerbs());
});

const OWN = new Set(['auditEntries', 'auditSides', 'auditAnchors', 'accountLimits', 'sessions', 'jobLeases', 'upkeep']);
/** Marks of everything that is stored, but for the log itself and counts of attempts. */
async function stored(): Promise<Record<string, string>> {
  await hub.messages.flush();
  await hub.search.flush();
  const { connection } = hub.database;
  const names = [...new Set(connection.modelNames().map((name) => connection.model(name).collection.name))];
  const all = await Promise.all(
    names
      .filter((name) => !OWN.has(name))
      .map(async (name): Promise<[string, string]> => {
        const rows = await connection.collection(name).find({}).sort({ _id: 1 }).toArray();
        return [name, createHash('sha256').update(JSON.stringify(rows)).digest('hex')];
      }),
  );
  return Object.fromEntries(all);
}

describe.each(POWERS)('%s', (_verb, action, prepare) => {
  test('is refused and changes nothing when it cannot be written down, and is written down before it happens', async () => {
    const act = await prepare();
    const before = await stored();
    const entries = hub.database.connection.model('AuditEntry').collection;
    const insert = vi.spyOn(entries, 'insertOne').mockImplementation(() => Promise.reject(new Error('full')));
    await expect(act()).rejects.toThrow();
    insert.mockRestore();
    expect(await stored()).toEqual(before);

    ahead += 60_000;
    await act();
    const { items } = await hub.audit.page(vera.actor, {});
    expect(items[0]).toMatchObject({ action, by: 'user' });
    expect([vera.actor.id, boss.actor.id]).toContain(items[0]?.actor?.id);
  });
});

test('her own work needs no entry: a mentor who changes and steers her own hours', async () => {
  const before = (await hub.audit.page(vera.actor, {})).items[0]?.seq;
  const one = await sitting();
  await hub.officeHours.extend(mentor.actor, one);
  await hub.officeHours.close(mentor.actor, one);
  await hub.officeHours.end(mentor.actor, one);
  const own = await post(amal);
  await hub.messages.remove(amal.actor, own);
  expect((await hub.audit.page(vera.actor, {})).items[0]?.seq).toBe(before);
});
