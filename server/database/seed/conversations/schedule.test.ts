// The dates of the demo messages.
import { describe, expect, it } from 'vitest';
import { safeParse } from 'valibot';
import { clientIdSchema } from '#shared/messages.ts';
import { CONVERSATIONS, scheduleMessages } from './schedule.ts';

const DAY = 24 * 60 * 60_000;
const STARTS = [
  '2026-11-22T12:00:00Z',
  '2026-11-22T23:30:00Z', // half past midnight in Berlin
  '2026-11-23T03:59:00Z',
  '2026-10-26T01:10:00Z', // the day after the clocks went back
  '2026-04-02T21:59:00Z', // some days after they went forward
  '2027-01-01T00:05:00Z',
].map((start) => new Date(start));

const hourInBerlin = (date: Date) =>
  Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: 'numeric', hourCycle: 'h23' }).format(date),
  );

describe.each(STARTS)('the schedule counted back from %s', (now) => {
  const plan = scheduleMessages(now);

  it('keeps the order of every room', () => {
    for (const { slug, messages } of CONVERSATIONS) {
      const own = plan.filter((message) => message.slug === slug);
      expect(own.map(({ text }) => text)).toEqual(messages.map(({ text }) => text));
      for (const [place, { at }] of own.entries()) {
        const before = own[place - 1];
        if (before) expect(at.getTime()).toBeGreaterThan(before.at.getTime());
      }
    }
  });

  it('lies within the last two weeks and ends a few minutes ago', () => {
    expect(now.getTime() - (plan[0]?.at.getTime() ?? 0)).toBeLessThan(14 * DAY);
    const newest = now.getTime() - (plan.at(-1)?.at.getTime() ?? 0);
    expect(newest).toBeGreaterThan(0);
    expect(newest).toBeLessThan(10 * 60_000);
  });

  it('wakes nobody at night, but for the last hours', () => {
    const dated = plan.filter(({ at }) => now.getTime() - at.getTime() > 6 * 60 * 60_000);
    expect(dated.length).toBeGreaterThan(130);
    for (const { at } of dated) expect(hourInBerlin(at)).toBeGreaterThanOrEqual(7);
    for (const { at } of dated) expect(hourInBerlin(at)).toBeLessThan(22);
  });
});

it('gives every message an id of its own, the same at every run', () => {
  const [one, other] = [STARTS[0], STARTS[3]].map((now) => scheduleMessages(now ?? new Date()));
  const ids = (plan = one) => new Map(plan?.map(({ clientId, text }) => [clientId, text]));
  expect(ids(one).size).toBe(one?.length);
  expect([...ids(one)].toSorted()).toEqual([...ids(other)].toSorted());
  for (const id of ids().keys()) expect(safeParse(clientIdSchema, id).success).toBe(true);
});
