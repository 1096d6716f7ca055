// A coordinator, two moderators and two members in one room of a running hub, and what they do about each other. Tests only.
import { randomUUID } from 'node:crypto';
import { startTestHub, type TestPerson } from './hub.ts';

export type Name = 'boss' | 'amal' | 'olena' | 'vera' | 'mona';

export async function openHouse() {
  const running = await startTestHub();
  const { hub, join } = running;
  const people: Record<Name, TestPerson> = {
    boss: await join('boss', 'coordinator'),
    amal: await join('amal'),
    olena: await join('olena'),
    vera: await join('vera', 'moderator'),
    mona: await join('mona', 'moderator'),
  };
  const roomId = await running.roomId();
  const as = (name: Name) => people[name].actor;
  const versionOf = async (name: Name, caseId: string) =>
    (await hub.moderation.openCase(as(name), { caseId })).case.version;

  return {
    ...{ running, hub, people, roomId, as },
    post: async (name: Name, text: string, more: object = {}) =>
      (await hub.messages.post(as(name), { roomId, clientId: randomUUID(), text, ...more })).message,
    report: (name: Name, id: string, reason = 'insult', note = '') =>
      hub.moderation.report(as(name), { subject: 'message', id, roomId, reason, note }),
    decide: async (name: Name, caseId: string, input: object) =>
      hub.moderation.decide(as(name), { caseId, version: await versionOf(name, caseId), rule: 'respect', ...input }),
    undo: async (name: Name, caseId: string) =>
      hub.moderation.undo(as(name), { caseId, version: await versionOf(name, caseId) }),
    /** Fresh from the database, as her next request has it. */
    async again(name: Name) {
      const found = await hub.accounts.actorFromCookie(people[name].cookie);
      if (!found) throw new Error('not signed in');
      return found.actor;
    },
  };
}
