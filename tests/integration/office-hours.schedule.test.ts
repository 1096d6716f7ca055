// Setting office hours, changing them, and what the week then shows.
import { afterAll, describe, expect, it } from 'vitest';
import { person } from '../support/live.ts';
import { aSchedule, openOfficeHours } from '../support/office-hours.ts';
import { refusal } from '../support/refused.ts';

// a Monday, ten in the morning in Germany
const MONDAY = '2026-06-01T08:00:00Z';
type Area = Awaited<ReturnType<typeof openOfficeHours>>;
const opened: Area[] = [];
const amal = person('Amal', 'mentor');
const hiba = person('Hiba', 'mentor');
const nour = person('Nour');

async function open(now = MONDAY) {
  const area = await openOfficeHours(now);
  opened.push(area);
  return area;
}
afterAll(async () => {
  for (const one of opened) await one.close();
});

describe('a mentor sets office hours', () => {
  it('every week, and members find five weeks of them', async () => {
    const { officeHours } = await open();
    await officeHours.create(amal, aSchedule());
    const week = await officeHours.week(nour, {});
    expect(week.days.map(({ date, today, dropIns }) => [date, today, dropIns.length])).toEqual([
      ['2026-06-01', true, 1],
    ]);
    const [first] = week.days[0]?.dropIns ?? [];
    expect(first).toMatchObject({
      startsAt: '2026-06-01T16:00:00.000Z',
      endsAt: '2026-06-01T18:00:00.000Z',
      stopsAt: '2026-06-01T17:40:00.000Z',
      state: 'planned',
      languages: ['de', 'ar'],
      topics: [{ key: 'jobs', name: { en: 'Jobs' } }],
      acceptsTickets: false,
      following: false,
      abilities: { host: false, checkIn: false, manage: false },
    });
    for (const number of [1, 2, 3]) expect((await officeHours.week(nour, { week: number })).days).toHaveLength(1);
    expect((await officeHours.week(nour, { week: 3 })).hasMore).toBe(false);
  });

  it('over the change of clocks, and six stays six', async () => {
    const { officeHours } = await open('2026-10-19T08:00:00Z');
    await officeHours.create(amal, aSchedule({ weekday: '7' }));
    const days = [];
    for (const week of [0, 1]) days.push(...(await officeHours.week(nour, { week })).days);
    expect(days.flatMap(({ dropIns }) => dropIns.map(({ startsAt }) => startsAt))).toEqual([
      '2026-10-25T17:00:00.000Z',
      '2026-11-01T17:00:00.000Z',
    ]);
  });

  it('after midnight it still belongs to the evening it began in', async () => {
    const { officeHours, clock } = await open();
    await officeHours.create(amal, aSchedule({ from: '23:00', to: '00:30' }));
    clock.set('2026-06-01T22:15:00Z'); // a quarter past midnight, Tuesday
    const id = (await officeHours.mine(amal))[0]?.next?.dropInId;
    const now = await officeHours.dropIn(amal, { dropInId: `${(await officeHours.mine(amal))[0]?.id ?? ''}-20260601` });
    expect(now.abilities.checkIn).toBe(true);
    // it is the one she is led to
    expect(id).toBe(now.id);
  });

  it('sent twice, also at once, it is made once', async () => {
    const { officeHours, models } = await open();
    const form = aSchedule();
    const made = await Promise.all([1, 2, 3].map(() => officeHours.create(amal, form)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await models.officeHours.countDocuments()).toBe(1);
    expect(await models.dropIns.countDocuments()).toBe(5);
  });

  it('a member may not, and sees no schedule to edit', async () => {
    const { officeHours } = await open();
    expect(await refusal(officeHours.create(nour, aSchedule()))).toBe('forbidden');
    const { id } = await officeHours.create(amal, aSchedule());
    expect(await refusal(officeHours.schedule(nour, { officeHoursId: id }))).toBe('forbidden');
    expect(await refusal(officeHours.mine(nour))).toBe('forbidden');
  });
});

describe('a schedule changes', () => {
  it('one sitting is cancelled and comes back; the others stay', async () => {
    const { officeHours } = await open();
    const { id } = await officeHours.create(amal, aSchedule());
    const dropInId = `${id}-20260608`;
    expect(await refusal(officeHours.cancel(hiba, { dropInId }))).toBe('forbidden');
    await officeHours.cancel(amal, { dropInId });
    expect((await officeHours.dropIn(nour, { dropInId })).state).toBe('cancelled');
    expect((await officeHours.dropIn(nour, { dropInId: `${id}-20260615` })).state).toBe('planned');
    await officeHours.restore(amal, { dropInId });
    expect((await officeHours.dropIn(nour, { dropInId })).state).toBe('planned');
  });

  it('one sitting is moved, keeps its address, and cannot be moved into the past or beyond four weeks', async () => {
    const { officeHours } = await open();
    const { id } = await officeHours.create(amal, aSchedule());
    const dropInId = `${id}-20260608`;
    await officeHours.move(amal, { dropInId, date: '2026-06-10', from: '17:00', to: '18:30' });
    expect(await officeHours.dropIn(nour, { dropInId })).toMatchObject({
      state: 'planned',
      startsAt: '2026-06-10T15:00:00.000Z',
      endsAt: '2026-06-10T16:30:00.000Z',
      movedFrom: '2026-06-08T16:00:00.000Z',
    });
    for (const date of ['2026-05-20', '2026-07-30']) {
      const move = { dropInId, date, from: '17:00', to: '18:30' };
      expect(await refusal(officeHours.move(amal, move))).toBe('office-hours.never date');
    }
    const move = { dropInId, date: '2026-06-10', from: '17:00', to: '17:00' };
    expect(await refusal(officeHours.move(amal, move))).toBe('input.window to');
  });

  it('a moved sitting is still there when its own day is long past', async () => {
    const { officeHours, clock, jobs } = await open();
    const { id } = await officeHours.create(amal, aSchedule());
    await officeHours.move(amal, { dropInId: `${id}-20260608`, date: '2026-06-27', from: '10:00', to: '11:00' });
    clock.set('2026-06-26T08:00:00Z');
    const [mine] = await officeHours.mine(amal);
    await officeHours.change(amal, { ...aSchedule(), officeHoursId: id, revision: mine?.revision, capacity: '3' });
    await jobs.tick();
    expect(await officeHours.dropIn(nour, { dropInId: `${id}-20260608` })).toMatchObject({
      state: 'planned',
      capacity: 3,
      startsAt: '2026-06-27T08:00:00.000Z',
    });
  });

  it('holidays take their sittings out and give them back', async () => {
    const { officeHours } = await open();
    const { id } = await officeHours.create(amal, aSchedule());
    const holiday = { officeHoursId: id, from: '2026-06-08', to: '2026-06-21' };
    await officeHours.holiday(amal, holiday);
    const states = async () => {
      const days = ['20260601', '20260608', '20260615', '20260622'];
      return Promise.all(days.map(async (day) => (await officeHours.dropIn(nour, { dropInId: `${id}-${day}` })).state));
    };
    expect(await states()).toEqual(['planned', 'cancelled', 'cancelled', 'planned']);
    expect(await refusal(officeHours.holiday(amal, { ...holiday, to: '2026-06-01' }))).toBe('input.window to');
    expect(await refusal(officeHours.holiday(amal, { ...holiday, from: '2026-01-01', to: '2026-01-07' }))).toBe(
      'office-hours.never to',
    );
    await officeHours.dropHoliday(amal, holiday);
    expect(await states()).toEqual(['planned', 'planned', 'planned', 'planned']);
  });

  it('another time moves what is planned, another weekday puts new ones in their place', async () => {
    const { officeHours } = await open();
    const { id } = await officeHours.create(amal, aSchedule());
    const form = { ...aSchedule({ from: '19:00', to: '20:00' }), officeHoursId: id };
    await officeHours.change(amal, { ...form, revision: 1 });
    expect(await officeHours.dropIn(nour, { dropInId: `${id}-20260608` })).toMatchObject({
      startsAt: '2026-06-08T17:00:00.000Z',
      movedFrom: '2026-06-08T16:00:00.000Z',
    });
    expect(await refusal(officeHours.change(amal, { ...form, revision: 1 }))).toBe('conflict');
    await officeHours.change(amal, { ...form, revision: 2, weekday: '3' });
    expect((await officeHours.dropIn(nour, { dropInId: `${id}-20260608` })).state).toBe('cancelled');
    expect((await officeHours.dropIn(nour, { dropInId: `${id}-20260610` })).state).toBe('planned');
  });

  it('what was promised about names at creation stays', async () => {
    const { officeHours } = await open();
    const { id } = await officeHours.create(amal, aSchedule());
    await officeHours.change(amal, { ...aSchedule(), officeHoursId: id, revision: 1, open: 'on' });
    expect((await officeHours.dropIn(nour, { dropInId: `${id}-20260601` })).queue.open).toBe(false);
  });

  it('two mentors share one, and the last cannot leave it', async () => {
    const { officeHours } = await open();
    const { id } = await officeHours.create(amal, aSchedule());
    expect(await refusal(officeHours.joinHosts(nour, { officeHoursId: id }))).toBe('forbidden');
    await officeHours.joinHosts(hiba, { officeHoursId: id });
    expect(await refusal(officeHours.joinHosts(hiba, { officeHoursId: id }))).toBe('conflict');
    expect((await officeHours.dropIn(nour, { dropInId: `${id}-20260601` })).hosts.map((one) => one.id)).toEqual([
      amal.id,
      hiba.id,
    ]);
    await officeHours.leaveHosts(amal, { officeHoursId: id });
    expect(await refusal(officeHours.leaveHosts(hiba, { officeHoursId: id }))).toBe('conflict');
    expect(await officeHours.mine(amal)).toEqual([]);
  });

  it('it ends: nothing is planned any more', async () => {
    const { officeHours } = await open();
    const { id } = await officeHours.create(amal, aSchedule());
    await officeHours.end(amal, { officeHoursId: id });
    expect((await officeHours.dropIn(nour, { dropInId: `${id}-20260608` })).state).toBe('cancelled');
    expect(await officeHours.mine(amal)).toEqual([]);
    expect(await refusal(officeHours.end(amal, { officeHoursId: id }))).toBe('conflict');
    expect(await refusal(officeHours.follow(nour, { officeHoursId: id, on: true }))).toBe('not-found');
  });
});
