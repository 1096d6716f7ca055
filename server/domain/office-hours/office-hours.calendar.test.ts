// When sittings take place, across changes of clocks and midnight, wherever the server stands.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  everHappens,
  firstDay,
  localDay,
  momentsOf,
  sittings,
  startOfDay,
  type Rule,
} from './office-hours.calendar.ts';

const zone = 'Europe/Berlin';
const rule = (start: string, end: string, more: Partial<Rule> = {}): Rule => ({
  zone,
  start,
  end,
  repeat: 'weekly',
  until: null,
  exceptions: [],
  holidays: [],
  ...more,
});
const starts = (one: Rule, from: string, to: string) =>
  sittings(one, from, to).map(({ startsAt }) => startsAt.toISOString());
const onTheWall = (at: Date) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);

describe('the change of clocks', () => {
  it('on 29 March 2026 leaves six in the evening at six in the evening', () => {
    const found = sittings(rule('2026-03-15T18:00', '20:00'), '2026-03-15', '2026-04-06');
    expect(found.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      '2026-03-15T17:00:00.000Z',
      '2026-03-22T17:00:00.000Z',
      '2026-03-29T16:00:00.000Z',
      '2026-04-05T16:00:00.000Z',
    ]);
    expect(found.map(({ startsAt, endsAt }) => [onTheWall(startsAt), onTheWall(endsAt)])).toEqual(
      found.map(() => ['18:00', '20:00']),
    );
  });

  it('on 25 October 2026 leaves six in the evening at six in the evening', () => {
    expect(starts(rule('2026-10-18T18:00', '20:00'), '2026-10-18', '2026-11-02')).toEqual([
      '2026-10-18T16:00:00.000Z',
      '2026-10-25T17:00:00.000Z',
      '2026-11-01T17:00:00.000Z',
    ]);
  });

  it('a time that does not exist that night is an hour later, and the sitting still ends after it began', () => {
    const [night] = sittings(rule('2026-03-29T02:30', '03:15'), '2026-03-29', '2026-03-30');
    expect(night?.startsAt.toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(night?.endsAt.toISOString()).toBe('2026-03-29T02:15:00.000Z');
  });

  it('over the hour that comes twice a sitting is an hour longer', () => {
    const { startsAt, endsAt } = momentsOf(zone, '2026-10-24', '23:00', '04:00');
    expect((endsAt.getTime() - startsAt.getTime()) / 3_600_000).toBe(6);
  });
});

describe('midnight', () => {
  it('a sitting that ends at half past twelve ends on the next day', () => {
    const [night] = sittings(rule('2026-06-01T22:30', '00:30'), '2026-06-01', '2026-06-02');
    expect(night?.endsAt.toISOString()).toBe('2026-06-01T22:30:00.000Z');
    expect(night?.date).toBe('2026-06-01');
  });

  it('the day of a moment is the one of the zone, not of the server', () => {
    expect(localDay(new Date('2026-06-01T22:30:00Z'), zone)).toBe('2026-06-02');
    expect(startOfDay('2026-06-02', zone).toISOString()).toBe('2026-06-01T22:00:00.000Z');
  });

  it('today counts until the sitting is over', () => {
    // Monday
    expect(firstDay(new Date('2026-06-01T10:00:00Z'), zone, 1, '18:00', '20:00')).toBe('2026-06-01');
    expect(firstDay(new Date('2026-06-01T18:00:00Z'), zone, 1, '18:00', '20:00')).toBe('2026-06-08');
    expect(firstDay(new Date('2026-06-01T22:10:00Z'), zone, 1, '18:00', '20:00')).toBe('2026-06-08');
    expect(firstDay(new Date('2026-06-01T10:00:00Z'), zone, 7, '18:00', '20:00')).toBe('2026-06-07');
  });
});

describe('repeats', () => {
  it('every second week skips one, also over the turn of a year with 53 weeks', () => {
    expect(starts(rule('2026-12-21T10:00', '11:00', { repeat: 'biweekly' }), '2026-12-20', '2027-02-01')).toEqual([
      '2026-12-21T09:00:00.000Z',
      '2027-01-04T09:00:00.000Z',
      '2027-01-18T09:00:00.000Z',
    ]);
  });

  it('a single date is there once, and not before or after', () => {
    const once = rule('2026-05-04T10:00', '11:00', { repeat: 'once' });
    expect(starts(once, '2026-05-01', '2026-06-01')).toHaveLength(1);
    expect(starts(once, '2026-05-05', '2026-06-01')).toEqual([]);
  });

  it('the last day counts', () => {
    expect(starts(rule('2026-05-04T10:00', '11:00', { until: '2026-05-11' }), '2026-05-01', '2026-06-01')).toHaveLength(
      2,
    );
  });

  it('cancelled days and holidays are known as such, a moved one stands at its new time', () => {
    const found = sittings(
      rule('2026-05-04T10:00', '11:00', {
        exceptions: [
          { date: '2026-05-04', kind: 'cancelled' },
          { date: '2026-05-11', kind: 'moved', newStart: '2026-05-13T15:00', newEnd: '16:30' },
        ],
        holidays: [{ from: '2026-05-18', to: '2026-05-24' }],
      }),
      '2026-05-01',
      '2026-06-01',
    );
    expect(found.map(({ date, cancelled }) => [date, cancelled])).toEqual([
      ['2026-05-04', true],
      ['2026-05-11', false],
      ['2026-05-18', true],
      ['2026-05-25', false],
    ]);
    expect(found[1]?.startsAt.toISOString()).toBe('2026-05-13T13:00:00.000Z');
    expect(found[1]?.endsAt.toISOString()).toBe('2026-05-13T14:30:00.000Z');
    expect(found[1]?.movedFrom?.toISOString()).toBe('2026-05-11T08:00:00.000Z');
  });

  it.each([
    ['a single date that is past', { repeat: 'once' as const, start: '2026-05-01T10:00' }],
    ['a last day before the first', { until: '2026-05-03' }],
    ['holidays over all of it', { until: '2026-05-31', holidays: [{ from: '2026-05-01', to: '2026-06-30' }] }],
  ])('%s never happens', (_name, more) => {
    const now = new Date('2026-05-02T12:00:00Z');
    expect(everHappens(rule('2026-05-04T10:00', '11:00', more), now)).toBe(false);
    expect(everHappens(rule('2026-05-04T10:00', '11:00'), now)).toBe(true);
  });
});

it('whatever the week, time and length: the clock on the wall says what was planned, and it ends after it began', () => {
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const time = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  const days = fc.integer({ min: 0, max: 2_000 });
  fc.assert(
    fc.property(days, minute, fc.integer({ min: 15, max: 480 }), (offset, from, length) => {
      const date = new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
      const one = rule(`${date}T${time(from)}`, time((from + length) % (24 * 60)));
      const found = sittings(one, date, new Date(Date.UTC(2026, 0, 30 + offset)).toISOString().slice(0, 10));
      expect(found.length).toBeGreaterThanOrEqual(4);
      for (const { startsAt, endsAt, date: day } of found) {
        const real = (endsAt.getTime() - startsAt.getTime()) / 60_000;
        expect(real).toBeGreaterThan(0);
        expect(Math.abs(real - length)).toBeLessThanOrEqual(60);
        // the only times that cannot be kept are those between two and three of the night in spring
        const skipped = from >= 120 && from < 180;
        if (!skipped) expect([localDay(startsAt, zone), onTheWall(startsAt)]).toEqual([day, time(from)]);
      }
    }),
    { numRuns: 150 },
  );
});
