// The jobs: one process at a time, taken over when it dies, harmless when they run twice; and reads that use an index.
import type { CommandStartedEvent } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJobsService } from '../../server/domain/jobs/jobs.service.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { person } from '../support/live.ts';
import { aSchedule, openOfficeHours } from '../support/office-hours.ts';

const amal = person('Amal', 'mentor');
const nour = person('Nour');
let area: Awaited<ReturnType<typeof openOfficeHours>>;
beforeEach(async () => {
  area = await openOfficeHours('2026-06-01T08:00:00Z');
});
afterEach(() => area.close());

describe('the lease', () => {
  it('lets one of two processes work, and the other take over when the first is gone', async () => {
    const other = await area.another();
    expect(await area.jobs.tick()).toBe(true);
    expect(await other.jobs.tick()).toBe(false);
    area.clock.move(0.25);
    expect(await area.jobs.tick()).toBe(true);
    area.clock.move(0.4);
    expect(await other.jobs.tick()).toBe(false);
    area.clock.move(1);
    expect(await other.jobs.tick()).toBe(true);
    expect(await area.jobs.tick()).toBe(false);
    await other.jobs.stop();
    expect(await area.jobs.tick()).toBe(true);
  });

  it('ten processes that begin at once have one among them who works', async () => {
    const many = Array.from({ length: 10 }, () =>
      createJobsService({ leases: area.leases, jobs: [], clock: area.clock, log: silentLogger }),
    );
    const got = await Promise.all(many.map((one) => one.tick()));
    expect(got.filter(Boolean)).toHaveLength(1);
  });

  it('a job that fails does not keep the others, and each has its own pace', async () => {
    const ran: string[] = [];
    const job = (name: string, everyMs: number, fails = false) => ({
      name,
      everyMs,
      run: () => {
        ran.push(name);
        return fails ? Promise.reject(new Error('on purpose')) : Promise.resolve();
      },
    });
    const jobs = createJobsService({
      leases: area.leases,
      jobs: [job('fails', 0, true), job('slow', 60_000), job('fast', 0)],
      clock: area.clock,
      log: silentLogger,
    });
    await jobs.tick();
    await jobs.tick();
    area.clock.move(1);
    await jobs.tick();
    expect(ran).toEqual(['fails', 'slow', 'fast', 'fails', 'fast', 'fails', 'slow', 'fast']);
  });
});

it('two processes that both run the jobs make every drop-in once and tell everybody once', async () => {
  const other = await area.another();
  const { id } = await area.officeHours.create(amal, aSchedule());
  await area.officeHours.follow(nour, { officeHoursId: id, on: true });
  for (let day = 0; day < 14; day++) {
    area.clock.move(24 * 60);
    const runs = [...area.officeHours.jobs, ...other.officeHours.jobs].map(({ run }) => run());
    await Promise.all(runs);
  }
  expect(await area.models.dropIns.countDocuments()).toBe(7);
  area.clock.set('2026-06-22T15:55:00Z');
  await Promise.all([...area.officeHours.jobs, ...other.officeHours.jobs].map(({ run }) => run()));
  const { items } = await area.notifications.list(nour, {});
  expect(items.filter(({ kind }) => kind === 'drop-in.reminder')).toHaveLength(1);
  expect(items.filter(({ kind }) => kind === 'drop-in.missed')).toHaveLength(2);
});

it('a hub that was away catches up: what passed is missed, what comes is planned', async () => {
  const { id } = await area.officeHours.create(amal, aSchedule());
  area.clock.set('2026-08-05T08:00:00Z');
  await area.jobs.tick();
  const week = await area.officeHours.week(nour, {});
  expect(week.days.map(({ date }) => date)).toEqual(['2026-08-10']);
  expect((await area.officeHours.dropIn(nour, { dropInId: `${id}-20260608` })).state).toBe('missed');
});

it('what is over by itself ends, and a single date is planned however far away', async () => {
  const { id } = await area.officeHours.create(amal, aSchedule({ repeat: 'once', date: '2026-09-01' }));
  expect((await area.officeHours.mine(amal))[0]?.next).toBeNull();
  area.clock.set('2026-08-20T08:00:00Z');
  await area.jobs.tick();
  expect((await area.officeHours.mine(amal))[0]?.next?.dropInId).toBe(`${id}-20260901`);
  area.clock.set('2026-09-03T08:00:00Z');
  await area.jobs.tick();
  await area.pass(2, 1);
  expect(await area.officeHours.mine(amal)).toEqual([]);
});

interface Stage {
  stage: string;
  inputStage?: Stage;
  inputStages?: Stage[];
}
const stagesOf = ({ stage, inputStage, inputStages = [] }: Stage): string[] => [
  stage,
  ...[inputStage, ...inputStages].flatMap((inner) => (inner ? stagesOf(inner) : [])),
];

it('every read and every step of the jobs uses an index', async () => {
  for (let number = 0; number < 5; number++)
    await area.officeHours.create(amal, aSchedule({ weekday: `${number + 1}` }));
  const watched = await area.another(true);
  const sent: Record<string, unknown>[] = [];
  watched.connection.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
    if (commandName === 'find') sent.push(command as Record<string, unknown>);
  });
  const [{ id = '' } = {}] = await watched.officeHours.mine(amal);
  await watched.officeHours.week(nour, {});
  await watched.officeHours.follow(nour, { officeHoursId: id, on: true });
  await watched.officeHours.changedSince(new Date('2026-06-01T07:59:00Z'));
  const { path } = await watched.officeHours.renewFeed(nour);
  await watched.officeHours.feed(path.slice('/api/calendar/'.length, -'.ics'.length));
  await watched.notifications.list(nour, { before: 'f'.repeat(24) });
  await watched.notifications.unread(nour);
  area.clock.set('2026-06-01T15:55:00Z');
  for (const { run } of watched.officeHours.jobs) await run();
  expect(sent.length).toBeGreaterThan(12);
  for (const { find, filter, sort, limit } of sent) {
    const explain = { find, filter, ...(sort ? { sort } : {}), ...(limit ? { limit } : {}) };
    const answer = await area.connection.db?.command({ explain, verbosity: 'queryPlanner' });
    const plan = (answer?.queryPlanner as { winningPlan: Stage & { queryPlan?: Stage } }).winningPlan;
    const stages = stagesOf(plan.queryPlan ?? plan);
    expect(
      stages.filter((stage) => stage === 'COLLSCAN'),
      JSON.stringify([find, filter, sort]),
    ).toEqual([]);
  }
});
