// A drop-in from its reminder to its end, while time passes: what hosts do, and what happens by itself.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person } from '../support/live.ts';
import { aSchedule, openOfficeHours } from '../support/office-hours.ts';
import { codeOf } from '../support/refused.ts';

type Area = Awaited<ReturnType<typeof openOfficeHours>>;
const amal = person('Amal', 'mentor');
const hiba = person('Hiba', 'mentor');
const oksana = person('Oksana', 'mentor');
const nour = person('Nour');
const lena = person('Lena', 'moderator');

let area: Area;
let dropInId = '';
let officeHoursId = '';
// Monday, half past four in the afternoon; the drop-in is from six to eight, that is 16:00 to 18:00 UTC
beforeEach(async () => {
  area = await openOfficeHours('2026-06-01T14:30:00Z');
  officeHoursId = (await area.officeHours.create(amal, aSchedule())).id;
  await area.officeHours.joinHosts(hiba, { officeHoursId });
  dropInId = `${officeHoursId}-20260601`;
  await area.officeHours.follow(nour, { officeHoursId, on: true });
});
afterEach(() => area.close());

const state = async () => (await area.officeHours.dropIn(nour, { dropInId })).state;
const kinds = async (who: typeof nour) =>
  (await area.notifications.list(who, {})).items.map(({ kind }) => kind).reverse();
const named = (name: string) => area.events.filter((event) => event.name === name);
/** Their devices are connected while time passes. */
async function passSeen(minutes: number, ...people: (typeof amal)[]): Promise<void> {
  for (let passed = 0; passed < minutes; passed++) {
    area.clock.move(1);
    await area.officeHours.seen(people.map(({ id }) => id));
    await area.jobs.tick();
  }
}

describe('before it begins', () => {
  it('who follows and the hosts are told ten minutes before, each once', async () => {
    await area.pass(75, 5);
    expect(await kinds(nour)).toEqual([]);
    expect(await kinds(amal)).toEqual([]);
    await area.pass(5, 5);
    expect(await kinds(nour)).toEqual(['drop-in.reminder']);
    expect(await kinds(amal)).toEqual(['drop-in.host-reminder']);
    expect(await kinds(hiba)).toEqual(['drop-in.host-reminder']);
    await area.pass(5, 1);
    expect(await kinds(nour)).toEqual(['drop-in.reminder']);
    const [note] = (await area.notifications.list(nour, {})).items;
    expect(note).toMatchObject({ params: { dropInId, startsAt: '2026-06-01T16:00:00.000Z' }, read: false });
  });

  it('nobody is told who stopped following', async () => {
    await area.officeHours.follow(nour, { officeHoursId, on: false });
    await area.pass(45, 5);
    expect(await kinds(nour)).toEqual([]);
  });

  it('the first host opens it, at most half an hour early; strangers to it and members cannot', async () => {
    expect(await codeOf(area.officeHours.checkIn(amal, { dropInId }))).toBe('conflict');
    area.clock.set('2026-06-01T15:31:00Z');
    expect(await codeOf(area.officeHours.checkIn(oksana, { dropInId }))).toBe('forbidden');
    expect(await codeOf(area.officeHours.checkIn(nour, { dropInId }))).toBe('forbidden');
    await area.officeHours.checkIn(amal, { dropInId, languages: ['ar'] });
    await area.officeHours.checkIn(amal, { dropInId }); // twice is once
    await area.officeHours.checkIn(hiba, { dropInId });
    const seen = await area.officeHours.dropIn(nour, { dropInId });
    expect(seen).toMatchObject({ state: 'open', acceptsTickets: true });
    expect(seen.duty.map(({ person: who, languages }) => [who.id, languages])).toEqual([
      [amal.id, ['ar']],
      [hiba.id, ['de', 'ar']],
    ]);
    expect(named('drop-in.opened')).toHaveLength(1);
  });

  it('eight who check in at once are on duty once each, and it opens once', async () => {
    area.clock.set('2026-06-01T16:00:00Z');
    await Promise.all(
      [amal, hiba, amal, hiba, amal, hiba, amal, hiba].map((who) => area.officeHours.checkIn(who, { dropInId })),
    );
    expect((await area.officeHours.dropIn(nour, { dropInId })).duty).toHaveLength(2);
    expect(named('drop-in.opened')).toHaveLength(1);
  });

  it('one that nobody comes to is announced as missed, and opens when she comes after all', async () => {
    area.clock.set('2026-06-01T16:05:00Z');
    await area.jobs.tick();
    expect(await state()).toBe('planned');
    await area.pass(10, 5);
    expect(await state()).toBe('missed');
    expect(await kinds(nour)).toEqual(['drop-in.missed']);
    await area.officeHours.checkIn(amal, { dropInId });
    expect(await state()).toBe('open');
  });
});

describe('cancelled and moved', () => {
  it('who follows is told of what is near, once, and not of what is weeks away', async () => {
    await area.officeHours.cancel(amal, { dropInId });
    await area.officeHours.cancel(amal, { dropInId: `${officeHoursId}-20260615` });
    await area.pass(10, 5);
    expect(await kinds(nour)).toEqual(['drop-in.cancelled']);
    area.clock.set('2026-06-09T08:00:00Z');
    await area.pass(10, 5);
    expect((await kinds(nour)).filter((kind) => kind === 'drop-in.cancelled')).toHaveLength(2);
  });

  it('a moved one is told with its new time', async () => {
    await area.officeHours.move(amal, { dropInId, date: '2026-06-02', from: '10:00', to: '11:00' });
    await area.pass(10, 5);
    const { items } = await area.notifications.list(nour, {});
    expect(items).toMatchObject([{ kind: 'drop-in.moved', params: { startsAt: '2026-06-02T08:00:00.000Z' } }]);
  });

  it('a schedule that ends is told once, not five times, and is followed no more', async () => {
    await area.officeHours.end(amal, { officeHoursId });
    await area.pass(20, 5);
    expect(await kinds(nour)).toEqual(['office-hours.ended']);
    expect(await area.models.follows.countDocuments()).toBe(0);
  });
});

describe('while it runs', () => {
  beforeEach(async () => {
    area.clock.set('2026-06-01T16:00:00Z');
    await area.officeHours.checkIn(amal, { dropInId });
  });

  it('it stops taking tickets while one talk still fits in, asks the last host at its end, and closes by itself', async () => {
    await passSeen(99, amal);
    expect(await state()).toBe('open');
    await passSeen(2, amal);
    expect(await state()).toBe('closing');
    expect(await codeOf(area.officeHours.takeAgain(amal, { dropInId }))).toBe('conflict');
    await passSeen(20, amal);
    expect(await kinds(amal)).toContain('drop-in.still-there');
    expect(await state()).toBe('closing');
    await passSeen(6, amal);
    expect(await state()).toBe('closed');
    expect(named('drop-in.closed')).toHaveLength(1);
  });

  it('she says that she is still there, and it goes on a quarter of an hour', async () => {
    await passSeen(121, amal);
    await area.officeHours.stay(amal, { dropInId });
    expect((await area.officeHours.dropIn(nour, { dropInId })).endsAt).toBe('2026-06-01T18:16:00.000Z');
    await passSeen(10, amal);
    expect(await state()).toBe('closing');
    await passSeen(15, amal);
    expect(await state()).toBe('closed');
  });

  it('it is never made longer than two hours more', async () => {
    for (let i = 0; i < 8; i++) await area.officeHours.extend(amal, { dropInId });
    expect(await codeOf(area.officeHours.extend(amal, { dropInId }))).toBe('conflict');
    expect((await area.officeHours.dropIn(amal, { dropInId })).endsAt).toBe('2026-06-01T20:00:00.000Z');
  });

  it('a host who vanishes is checked out while another is there', async () => {
    await area.officeHours.checkIn(hiba, { dropInId });
    await passSeen(7, hiba);
    const { duty, state: now } = await area.officeHours.dropIn(nour, { dropInId });
    expect([now, duty.map((one) => one.person.id)]).toEqual(['open', [hiba.id]]);
    expect(named('duty.ended')).toMatchObject([{ userId: amal.id, vanished: true }]);
  });

  it('the last one who vanishes is asked, is left in peace when she comes back, and else it closes', async () => {
    await area.pass(6, 1);
    expect((await area.officeHours.dropIn(nour, { dropInId })).askedToClose).toBe(true);
    await passSeen(1, amal);
    expect((await area.officeHours.dropIn(nour, { dropInId })).askedToClose).toBe(false);
    await passSeen(10, amal);
    expect(await state()).toBe('open');
    await area.pass(13, 1);
    expect(await state()).toBe('closed');
    expect((await kinds(amal)).filter((kind) => kind === 'drop-in.still-there')).toHaveLength(2);
  });

  it('the last one who leaves is asked first; others just leave', async () => {
    await area.officeHours.checkIn(hiba, { dropInId });
    await area.officeHours.checkOut(amal, { dropInId });
    expect(await codeOf(area.officeHours.checkOut(hiba, { dropInId }))).toBe('conflict');
    expect(await state()).toBe('open');
    await area.officeHours.checkOut(hiba, { dropInId, last: true });
    expect(await state()).toBe('closed');
    expect(await codeOf(area.officeHours.checkIn(amal, { dropInId }))).toBe('conflict');
  });

  it('two who leave at the same moment do not leave it open with nobody', async () => {
    await area.officeHours.checkIn(hiba, { dropInId });
    const left = await Promise.all([amal, hiba].map((who) => codeOf(area.officeHours.checkOut(who, { dropInId }))));
    expect(left.sort()).toEqual(['conflict', 'ok']);
    expect((await area.officeHours.dropIn(nour, { dropInId })).duty).toHaveLength(1);
  });

  it('she takes no new tickets for a while, says so, and others cannot', async () => {
    await area.officeHours.stopTaking(amal, { dropInId });
    expect(await state()).toBe('closing');
    await area.officeHours.takeAgain(amal, { dropInId });
    expect(await state()).toBe('open');
    await area.officeHours.announce(amal, { dropInId, text: 'Ten minutes late' });
    expect((await area.officeHours.dropIn(nour, { dropInId })).announcement).toBe('Ten minutes late');
    for (const verb of ['stopTaking', 'close', 'extend', 'stay'] as const) {
      expect(await codeOf(area.officeHours[verb](nour, { dropInId })), verb).toBe('forbidden');
      expect(await codeOf(area.officeHours[verb](oksana, { dropInId })), verb).toBe('forbidden');
    }
    expect(await codeOf(area.officeHours.announce(amal, { dropInId, text: 'x'.repeat(201) }))).toBe('input.too-long');
  });

  it('a moderator closes what somebody forgot', async () => {
    await area.officeHours.close(lena, { dropInId });
    expect(await state()).toBe('closed');
    expect(await codeOf(area.officeHours.close(lena, { dropInId }))).toBe('conflict');
  });

  it('a mentor who joins the schedule can help at once', async () => {
    await area.officeHours.joinHosts(oksana, { officeHoursId });
    await area.officeHours.checkIn(oksana, { dropInId });
    expect((await area.officeHours.dropIn(nour, { dropInId })).duty).toHaveLength(2);
  });

  it('changing the schedule does not touch it', async () => {
    const [mine] = await area.officeHours.mine(amal);
    const form = { ...aSchedule({ from: '09:00', to: '10:00' }), officeHoursId, revision: mine?.revision };
    await area.officeHours.change(amal, form);
    expect(await area.officeHours.dropIn(nour, { dropInId })).toMatchObject({
      state: 'open',
      endsAt: '2026-06-01T18:00:00.000Z',
    });
  });
});
