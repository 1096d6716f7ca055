// A hub that sends to a push service of our own, with people, a drop-in and a clock that tests move. Tests only.
import type { NewNotice } from '#shared/notifications.ts';
import type { Logger } from '../../server/domain/kernel/logger.ts';
import { createNotificationModels } from '../../server/domain/notifications/notifications.model.ts';
import { createPushModels } from '../../server/domain/notifications/push.model.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { startTestHub, type TestPerson } from './hub.ts';
import { startPushService, type TestDevice } from './push-service.ts';
import { makeSitting } from './queue.ts';
import { until } from './sockets.ts';

export type PushWorld = Awaited<ReturnType<typeof openPush>>;

export async function openPush() {
  const lines: string[] = [];
  const paths: string[] = [];
  let offset = 0;
  let counted = 0;
  const plain = (_key: string, value: unknown) => (value instanceof Error ? value.stack : value);
  const note = (fields: object, message: string) => void lines.push(JSON.stringify(fields, plain), message);
  const log: Logger = { debug: note, info: note, warn: note, error: note };
  const clock = { now: () => new Date(Date.now() + offset) };
  const [running, service] = await Promise.all([startTestHub({ log, clock, pushLoopback: true }), startPushService()]);
  const { hub } = running;
  const { connection } = hub.database;
  const { devices } = createPushModels(connection);
  const { notices } = createNotificationModels(connection);
  await running.join('coordinator', 'coordinator');
  const amina = await running.join('amina', 'mentor');
  const noor = await running.join('noor-alhashimi');
  const olena = await running.join('olena');
  await hub.accounts.setLocale(noor.actor, { locale: 'ar' });
  await hub.accounts.setLocale(olena.actor, { locale: 'uk' });
  const dropIns = createDropInsRepository(createOfficeHoursModels(connection));
  const hosts = [{ actor: amina.actor, languages: ['ar' as const, 'uk' as const] }];
  const dropInId = await makeSitting(dropIns, clock.now(), { hosts, topics: ['jobs', 'schools'] });

  const aNotice = (more: Partial<NewNotice> = {}): NewNotice => ({
    ...{ key: `test:${++counted}`, kind: 'drop-in.cancelled', params: { dropInId } },
    ...more,
  });
  return {
    ...{ running, hub, service, devices, notices, amina, noor, olena, dropInId, aNotice, log, lines, clock },
    /** Paths of all devices there ever were. */
    paths,
    move: (seconds: number): void => void (offset += seconds * 1000),
    /** She switches it on for a browser of hers. */
    async deviceOf({ actor }: TestPerson, answer: TestDevice['answer'] = 201): Promise<TestDevice> {
      const device = service.device();
      device.answer = answer;
      const { endpoint, p256dh, auth } = device;
      paths.push(new URL(endpoint).pathname);
      await hub.push.turnOn(actor, { endpoint, p256dh, auth });
      return device;
    },
    tell: (person: TestPerson, notice = aNotice()): Promise<void> =>
      hub.notifications.notify([person.actor.id], notice),
    /** The job of another turn. */
    async turn(): Promise<void> {
      hub.pushSender.look();
      await hub.pushSender.settled();
    },
    sent: (device: TestDevice, times: number) => until('it was sent', () => device.received.length === times),
    async endpoints({ actor }: TestPerson): Promise<string[]> {
      return (await devices.find({ userId: actor.id }).lean()).map(({ endpoint }) => endpoint);
    },
    /** Nobody has a device, and nothing waits. */
    async clear(): Promise<void> {
      await hub.pushSender.settled();
      await devices.deleteMany({});
      await notices.deleteMany({});
      service.faults.length = 0;
    },
    async close(): Promise<void> {
      await Promise.all([running.close(), service.close()]);
    },
  };
}
