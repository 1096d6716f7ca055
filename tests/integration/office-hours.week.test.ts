// What is refused of office hours, and what the week shows of them.
import { afterAll, describe, expect, it } from 'vitest';
import { person } from '../support/live.ts';
import { aSchedule, openOfficeHours } from '../support/office-hours.ts';
import { refusal } from '../support/refused.ts';

// a Monday, ten in the morning in Germany
const MONDAY = '2026-06-01T08:00:00Z';
type Area = Awaited<ReturnType<typeof openOfficeHours>>;
const opened: Area[] = [];
/** Nothing was ever made in it. */
let empty: Area | undefined;
const amal = person('Amal', 'mentor');
const hiba = person('Hiba', 'mentor');
const nour = person('Nour');
const katrin = person('Katrin', 'coordinator');

async function open(now = MONDAY) {
  const area = await openOfficeHours(now);
  opened.push(area);
  return area;
}
afterAll(async () => {
  for (const one of opened) await one.close();
});

it.each<[string, Record<string, unknown>, string]>([
  ['capacity 0', { capacity: '0' }, 'input.invalid capacity'],
  ['capacity one and a half', { capacity: '1.5' }, 'input.invalid capacity'],
  ['no minutes', { minutesPerTalk: '' }, 'input.invalid minutesPerTalk'],
  ['an end that is the start', { from: '18:00', to: '18:00' }, 'input.window to'],
  ['an end before the start, which would be twenty-three hours', { from: '18:00', to: '17:00' }, 'input.window to'],
  ['five minutes', { from: '18:00', to: '18:05' }, 'input.window to'],
  ['a time that is none', { from: '25:00' }, 'input.invalid from'],
  ['a single date that is past', { repeat: 'once', date: '2026-05-01' }, 'office-hours.never date'],
  ['a day that is not in the calendar', { repeat: 'once', date: '2026-02-30' }, 'input.invalid date'],
  ['no date for every second week', { repeat: 'biweekly', date: '' }, 'input.empty date'],
  ['a last day before the first', { until: '2026-05-20' }, 'office-hours.never until'],
  ['no language', { languages: [] }, 'input.empty languages'],
  ['a language that nobody here has', { languages: ['xx'] }, 'input.invalid languages.0'],
  ['no topic', { topics: [] }, 'input.empty topics'],
  ['a room that is not there', { topics: ['secret-room'] }, 'input.invalid topics'],
  ['a topic of 10,000 characters', { topics: [], ownTopic: 'x'.repeat(10_000) }, 'input.too-long ownTopic'],
  ['a place without an address', { where: 'place' }, 'input.empty place'],
  ['letters that turn the direction', { topics: [], ownTopic: 'a\u202eb' }, 'input.invalid ownTopic'],
  ['an object in the place of a text', { from: { $gt: '' } }, 'input.invalid from'],
])('%s is refused, and nothing is made', async (_name, more, code) => {
  const { officeHours, models } = (empty ??= await open());
  expect(await refusal(officeHours.create(amal, aSchedule(more)))).toBe(code);
  expect(await models.officeHours.countDocuments()).toBe(0);
  expect(await models.dropIns.countDocuments()).toBe(0);
});

describe('the week', () => {
  it('answers who helps in Ukrainian with schools', async () => {
    const { officeHours } = await open();
    await officeHours.create(amal, aSchedule());
    await officeHours.create(hiba, aSchedule({ languages: ['uk'], topics: ['schools'], from: '16:00' }));
    await officeHours.create(hiba, aSchedule({ languages: ['uk'], topics: ['jobs'], from: '17:00' }));
    const found = await officeHours.week(nour, { language: 'uk', topic: 'schools' });
    expect(found.days.flatMap(({ dropIns }) => dropIns)).toHaveLength(1);
    expect(found.languages).toEqual(['de', 'ar', 'uk']);
    const nonsense = await officeHours.week(nour, { language: 'klingon', topic: { $ne: '' }, week: '-7' });
    expect(nonsense.days.flatMap(({ dropIns }) => dropIns)).toHaveLength(3);
  });

  it('is for everybody only when a coordinator says so, and then names nobody', async () => {
    const { officeHours } = await open();
    await officeHours.create(amal, aSchedule());
    expect(await refusal(officeHours.publicWeek())).toBe('not-found');
    expect(await refusal(officeHours.publish(amal, { on: true }))).toBe('forbidden');
    await officeHours.publish(katrin, { on: true });
    const text = JSON.stringify(await officeHours.publicWeek());
    expect(text).toContain('2026-06-01T16:00:00.000Z');
    expect(text).not.toContain(amal.id);
    expect(text).not.toContain('Name');
    await officeHours.publish(katrin, { on: false });
    expect(await refusal(officeHours.publicWeek())).toBe('not-found');
  });
});
