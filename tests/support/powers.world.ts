// A hub with people in every role, and something to act on: what the walk over uses of power needs. Tests only.
import { randomUUID } from 'node:crypto';
import type { AuditAction } from '#shared/audit.ts';
import type { Hub } from '../../server/hub.ts';
import { startTestHub, type TestHub, type TestPerson } from './hub.ts';
import { aSchedule } from './office-hours.ts';

/** Monday, five past four UTC: the drop-in from six to eight in Berlin runs. */
const NOW = new Date('2026-06-01T16:05:00Z').getTime();
const began = Date.now();
let ahead = 0;
export let running: TestHub;
export let hub: Hub;
export let boss: TestPerson;
export let vera: TestPerson;
export let mentor: TestPerson;
export let amal: TestPerson;
let roomId = '';
export let other = '';
let nth = 0;

/** One hub for the whole walk; close `running`. */
export async function openWorld(): Promise<void> {
  running = await startTestHub({ clock: { now: () => new Date(NOW + ahead + Date.now() - began) } });
  ({ hub } = running);
  boss = await running.join('boss', 'coordinator');
  vera = await running.join('vera', 'moderator');
  mentor = await running.join('mentor', 'mentor');
  amal = await running.join('amal');
  [roomId, other] = [await running.roomId('jobs'), await running.roomId('schools')];
}
/** Time passes, so that nobody acts faster than she may. */
export const wait = (ms: number): void => void (ahead += ms);
/** A number that nobody had. */
export const fresh = (): number => ++nth;

type Act = () => Promise<unknown>;
export type Power = [verb: string, action: AuditAction, prepare: () => Promise<Act> | Act];

export const post = async (who: TestPerson, text = 'words', more: object = {}) => {
  ahead += 20_000; // nobody posts faster than she may
  const { message } = await hub.messages.post(who.actor, { roomId, clientId: randomUUID(), text, ...more });
  return { roomId, messageId: message.id };
};
const text = (word: string) => ({ de: word, en: word, ar: word, uk: word });
export const room = (name = 'quiet corner') => ({
  ...{ name: text(name), purpose: text('to rest'), rules: text(''), welcome: text('') },
  ...{ access: 'open', clientId: randomUUID() },
});
export const newRoom = async (more: object = {}) => (await hub.rooms.create(vera.actor, { ...room(), ...more })).id;
export const hours = async (more: Record<string, unknown> = {}) => {
  const { id } = await hub.officeHours.create(mentor.actor, aSchedule(more));
  return { officeHoursId: id, dropInId: `${id}-20260601` };
};
export const sitting = async () => {
  const one = await hours();
  await hub.officeHours.checkIn(mentor.actor, { dropInId: one.dropInId });
  return one;
};
export async function reported(): Promise<{
  caseId: string;
  version: number;
  reporter: TestPerson;
  about: TestPerson;
}> {
  const [reporter, about] = [await running.join(`reporter-${++nth}`), await running.join(`about-${nth}`)];
  const report = { subject: 'person', id: about.actor.id, reason: 'insult', note: 'rude' };
  const { caseId } = await hub.moderation.report(reporter.actor, report);
  const { version } = (await hub.moderation.openCase(boss.actor, { caseId })).case;
  return { caseId, version, reporter, about };
}
/** Somebody without an invitation asks to join. */
export async function stranger(): Promise<{ caseId: string; version: number }> {
  await hub.community.decideAsking(boss.actor, { askToJoin: 'on' });
  const form = { code: hub.asking.newCode(), displayName: `stranger-${++nth}`, words: 'please', reads: ['ar'] };
  await hub.asking.ask(form, { address: '192.0.2.7', userAgent: 'test' });
  const found = (await hub.moderation.cases(vera.actor, {})).items.find(
    ({ asked }) => asked?.who?.name === form.displayName,
  );
  if (!found) throw new Error('she is not on the list');
  return { caseId: found.id, version: found.version };
}
export const asked = async () => {
  const id = await newRoom({ access: 'request' });
  const who = await running.join(`asks-${++nth}`);
  await hub.rooms.ask(who.actor, { roomId: id, note: '' });
  return { roomId: id, userId: who.actor.id };
};
