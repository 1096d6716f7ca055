// A mentor whose page is open stays on duty, with the shortest grace there is; one whose line is gone gives her called ticket back.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { OFFICE_HOURS_LIMITS } from '#shared/office-hours.limits.ts';
import { QUEUE_DEFAULTS } from '#shared/office-hours.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { connect, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

const STEP_MS = 5_000;
const MINUTE = 60_000;
let running: TestHub;
let dropIns: ReturnType<typeof createDropInsRepository>;
let offset = 0;
let passed = 0;
/** Drop-ins whose mentor has her page open. */
const open: string[] = [];
const clock = { now: () => new Date(Date.now() + offset) };

beforeAll(async () => {
  // only what repeats by itself follows the test's time; sockets and database live in real time
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  running = await startTestHub({ clock });
  dropIns = createDropInsRepository(createOfficeHoursModels(running.hub.database.connection));
  await running.join('coordinator', 'coordinator');
}, 60_000);
afterAll(async () => {
  await running.close();
  vi.useRealTimers();
});

async function sitting(name: string, graceMinutes: number) {
  const mentor = await running.join(name, 'mentor');
  const member = await running.join(`${name}-asks`);
  const hosts = [{ actor: mentor.actor, languages: ['ar' as const] }];
  const dropInId = await makeSitting(dropIns, clock.now(), { hosts, queue: { graceMinutes, comeMinutes: 15 } });
  const socket = openSocket(running.origin, mentor.cookie);
  expect(await connect(socket)).toBeNull();
  const { ticketId } = await running.hub.tickets.join(member.actor, aPlace(dropInId));
  await must(socket, 'queue:call-next', { dropInId });
  open.push(dropInId);
  return { mentor, member, dropInId, socket, ticketId };
}
const seenAgo = async (dropInId: string): Promise<number> => {
  const host = (await dropIns.byId(dropInId))?.duty[0];
  return host ? clock.now().getTime() - host.seenAt.getTime() : Infinity;
};
const stateOf = async ({ actor }: TestPerson, ticketId: string): Promise<string> =>
  (await running.hub.tickets.ticket(actor, { ticketId })).state;

/** Five seconds later. */
async function step(): Promise<void> {
  offset += STEP_MS;
  passed += STEP_MS;
  vi.advanceTimersByTime(STEP_MS);
  // pings are written beside the test: one that is due has arrived before time goes on
  const due = passed % 20_000 === 0;
  if (due)
    await Promise.all(open.map((dropInId) => until('she was seen', async () => (await seenAgo(dropInId)) < STEP_MS)));
  await running.hub.jobs.tick();
}

test.each([
  ['the shortest grace', OFFICE_HOURS_LIMITS.graceMinutes.min],
  ['the usual grace', QUEUE_DEFAULTS.graceMinutes],
])(
  'ten minutes with her page open: she is on duty and keeps the woman she called (%s)',
  async (_name, grace) => {
    const { mentor, member, dropInId, socket, ticketId } = await sitting(`mentor-${grace}`, grace);
    for (let at = 0; at < 10 * MINUTE; at += STEP_MS) {
      await step();
      expect(await seenAgo(dropInId)).toBeLessThan((grace * MINUTE) / 2);
    }
    expect(await stateOf(member, ticketId)).toBe('called');
    expect((await dropIns.byId(dropInId))?.duty.map(({ userId }) => userId)).toEqual([mentor.actor.id]);
    await leave(socket);
  },
  120_000,
);

test('her line is gone: within the grace nothing happens, after it the woman she called waits first again', async () => {
  const { member, dropInId, socket, ticketId } = await sitting('mentor-gone', 1);
  await leave(socket);
  for (let at = 0; at < 50_000; at += STEP_MS) {
    await step();
  }
  expect(await stateOf(member, ticketId)).toBe('called');
  for (let at = 0; at < 40_000; at += STEP_MS) {
    await step();
  }
  const ticket = await running.hub.tickets.ticket(member.actor, { ticketId });
  expect([ticket.state, ticket.priority]).toEqual(['waiting', true]);
  expect(await seenAgo(dropInId)).toBeGreaterThan(MINUTE);
}, 60_000);

async function leave(socket: TestSocket): Promise<void> {
  open.length = 0;
  socket.disconnect();
  await until('the hub knows', () => running.realtime.io.sockets.sockets.size === 0);
}
