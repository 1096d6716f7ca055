// Calendar files and private feeds, read by the parser that Thunderbird uses.
import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { person } from '../support/live.ts';
import { aSchedule, openOfficeHours, ORIGIN } from '../support/office-hours.ts';

const amal = person('Amal', 'mentor');
const nour = { ...person('Nour'), locale: 'ar' as const };
let area: Awaited<ReturnType<typeof openOfficeHours>>;
let officeHoursId = '';
beforeAll(async () => {
  area = await openOfficeHours('2026-10-19T08:00:00Z');
  const place = 'Bürgerhaus, Raum 2; Eingang im Hof, bei der sehr langen Treppe mit dem grünen Geländer';
  const form = aSchedule({ weekday: '7', where: 'both', place, ownTopic: 'Violence at home' });
  officeHoursId = (await area.officeHours.create(amal, form)).id;
});
afterAll(() => area.close());

/** Parses strictly: raises when it is no calendar. Answers its events. */
function eventsOf(file: string) {
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
  expect(file).toMatch(/\r\n/);
  expect(file.replaceAll('\r\n', '')).not.toContain('\n');
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  expect(calendar.name).toBe('vcalendar');
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  expect(calendar.getFirstPropertyValue('prodid')).toBeTruthy();
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    expect(component.getFirstPropertyValue('dtstamp')).toBeTruthy();
    return {
      uid: event.uid,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      zone: event.startDate.zone.tzid,
      summary: event.summary,
      location: event.location,
      status: component.getFirstPropertyValue('status'),
      url: component.getFirstPropertyValue('url'),
      sequence: event.sequence,
    };
  });
}
const tokenOf = (path: string) => path.slice('/api/calendar/'.length, -'.ics'.length);

it('a drop-in opens in a calendar at its time, across the change of clocks, in neutral words', async () => {
  const dropInId = `${officeHoursId}-20261025`;
  const file = await area.officeHours.calendarOf(nour, { dropInId });
  const [event] = eventsOf(file);
  expect(event).toMatchObject({
    uid: `${dropInId}@hub.example.org`,
    start: '2026-10-25T17:00:00.000Z',
    end: '2026-10-25T19:00:00.000Z',
    zone: 'UTC',
    summary: 'موعد',
    location: expect.stringContaining('Raum 2; Eingang im Hof') as string,
    status: 'CONFIRMED',
    url: `${ORIGIN}/drop-in/${dropInId}`,
  });
  for (const secret of ['Violence', 'Jobs', 'Name', amal.id, 'mentor', 'Together:']) expect(file).not.toContain(secret);
});

it('her feed has what she follows, all of it, and nothing of others', async () => {
  await area.officeHours.create(amal, aSchedule({ weekday: '3' }));
  await area.officeHours.follow(nour, { officeHoursId, on: true });
  const { path } = await area.officeHours.renewFeed(nour);
  const events = eventsOf(await area.officeHours.feed(tokenOf(path)));
  expect(events).toHaveLength(5);
  expect(new Set(events.map(({ uid }) => uid.slice(0, 24)))).toEqual(new Set([officeHoursId]));
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(5);
});

it('a host has her own sittings in hers', async () => {
  const { path } = await area.officeHours.renewFeed(amal);
  const events = eventsOf(await area.officeHours.feed(tokenOf(path)));
  expect(new Set(events.map(({ uid }) => uid.slice(0, 24))).size).toBe(2);
});

it('a cancelled sitting is marked as cancelled with a higher number, so that calendars take it away', async () => {
  const dropInId = `${officeHoursId}-20261101`;
  const { path } = await area.officeHours.renewFeed(nour);
  const find = async () =>
    eventsOf(await area.officeHours.feed(tokenOf(path))).find(({ uid }) => uid.startsWith(dropInId));
  const before = await find();
  await area.officeHours.cancel(amal, { dropInId });
  const after = await find();
  expect([before?.status, after?.status]).toEqual(['CONFIRMED', 'CANCELLED']);
  expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Number.NaN);
});

it('a moved sitting keeps its name in the calendar and changes its time', async () => {
  const dropInId = `${officeHoursId}-20261108`;
  await area.officeHours.move(amal, { dropInId, date: '2026-11-09', from: '09:00', to: '10:00' });
  const [event] = eventsOf(await area.officeHours.calendarOf(nour, { dropInId }));
  expect(event).toMatchObject({ uid: `${dropInId}@hub.example.org`, start: '2026-11-09T08:00:00.000Z' });
});

it('only the newest address works, only its hash is kept, and it can be given up', async () => {
  const first = tokenOf((await area.officeHours.renewFeed(nour)).path);
  const second = tokenOf((await area.officeHours.renewFeed(nour)).path);
  expect(second).toHaveLength(43);
  const refused = { code: 'not-found' };
  await expect(area.officeHours.feed(first)).rejects.toMatchObject(refused);
  await expect(area.officeHours.feed('../../etc')).rejects.toMatchObject(refused);
  await expect(area.officeHours.feed('')).rejects.toMatchObject(refused);
  expect(await area.officeHours.feed(second)).toContain('BEGIN:VCALENDAR');
  expect(JSON.stringify(await area.models.feeds.find().lean())).not.toContain(second);
  expect(await area.officeHours.feedSince(nour)).toBe('2026-10-19T08:00:00.000Z');
  await area.officeHours.dropFeed(nour);
  await expect(area.officeHours.feed(second)).rejects.toMatchObject(refused);
  expect(await area.officeHours.feedSince(nour)).toBeNull();
});

it('two devices that renew at once leave one address', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => area.officeHours.renewFeed(nour)));
  const works = await Promise.all(
    made.map(({ path }) =>
      area.officeHours
        .feed(tokenOf(path))
        .then(() => 1)
        .catch(() => 0),
    ),
  );
  expect(works.reduce((all, one) => all + one, 0)).toBe(1);
});
