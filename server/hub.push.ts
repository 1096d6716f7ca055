// Wires being told on devices: keys, devices, sender. Only hub.ts uses it.
import type { Connection } from 'mongoose';
import webPush from 'web-push';
import type { AccountEvents } from './domain/accounts/accounts.events.ts';
import type { AccountsService } from './domain/accounts/accounts.service.ts';
import type { Clock } from './domain/kernel/clock.ts';
import type { EventBus } from './domain/kernel/event-bus.ts';
import type { Logger } from './domain/kernel/logger.ts';
import type { NotificationEvents } from './domain/notifications/notifications.events.ts';
import type { NotificationsRepository } from './domain/notifications/notifications.repository.ts';
import { createPushModels } from './domain/notifications/push.model.ts';
import { createPost } from './domain/notifications/push.post.ts';
import { createPushRepository } from './domain/notifications/push.repository.ts';
import { createPushSender, type PushSender, type Seal } from './domain/notifications/push.sender.ts';
import { createPushService, type PushService } from './domain/notifications/push.service.ts';

interface PushWiring {
  connection: Connection;
  accounts: Pick<AccountsService, 'isSessionAlive' | 'localeOf'>;
  notices: NotificationsRepository;
  /** Scheme and host of the hub: a push service may want to know whom to ask. */
  origin: string;
  loopback: boolean;
  bus: EventBus<AccountEvents & NotificationEvents>;
  clock: Clock;
  log: Logger;
}

/** A push service that says nothing for so long is asked again later. */
const SILENCE_MS = 10_000;

export function wirePush(wiring: PushWiring): { push: PushService; pushSender: PushSender } {
  const { connection, accounts, notices, origin, loopback, bus, clock, log } = wiring;
  const repository = createPushRepository(createPushModels(connection));
  const push = createPushService({
    ...{ push: repository, loopback, bus, clock, log },
    freshKeys: () => webPush.generateVAPIDKeys(),
  });
  const subject = origin.startsWith('https:') ? origin : 'mailto:nobody@example.org';
  const seal: Seal = async ({ endpoint, p256dh, auth }, text, { ttl, urgency, topic }) => {
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, text, {
      vapidDetails: { subject, ...(await push.keys()) },
      TTL: ttl,
      urgency,
      topic,
    });
    const named = Object.entries(headers as Record<string, unknown>).map(([name, value]) => [name, String(value)]);
    return { headers: Object.fromEntries(named) as Record<string, string>, body: body as unknown as Buffer };
  };
  const pushSender = createPushSender({
    ...{ notices, push: repository, seal, bus, clock, log },
    post: createPost({ loopback, timeoutMs: SILENCE_MS }),
    alive: (sessionIds) => accounts.isSessionAlive(sessionIds),
    localeOf: (userId) => accounts.localeOf(userId),
  });
  return { push, pushSender };
}
