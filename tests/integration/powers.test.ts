// Every use of power is written down before the act: a walk over all verbs that ask whether somebody moderates. A new one fails
// here until it writes an entry, or says why it need not.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { guardedVerbs, OF_MODERATORS, OF_OTHERS, policies } from '../support/powers.ts';
import { POWERS_OVER_PEOPLE } from '../support/powers.people.ts';
import { POWERS_OVER_PLACES } from '../support/powers.places.ts';
import { amal, boss, hub, mentor, openWorld, post, running, sitting, vera, wait } from '../support/powers.world.ts';

beforeAll(openWorld, 60_000);
afterAll(() => running.close());

const POWERS = [...POWERS_OVER_PEOPLE, ...POWERS_OVER_PLACES];

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
  'moderation/consider': 'asks before the act, and shows what it would do',
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
  'talks/list': 'hers on either side',
  'talks/open': 'one that she is in',
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

    wait(60_000);
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
