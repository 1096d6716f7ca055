// Being told on a locked phone: her devices, switching it on and off, quiet hours. The hub makes one; pages call it with (actor, input).
import { pushOnSchema, pushQuietSchema, type PushView } from '#shared/push.ts';
import type { AccountEvents } from '../accounts/accounts.events.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import { parse } from '../kernel/parse.ts';
import { mayPush } from './push.endpoint.ts';
import type { Keys, PushRepository } from './push.repository.ts';

export interface PushServiceParts {
  push: PushRepository;
  /** New keys of the hub, should there be none. */
  freshKeys(): Keys;
  /** For tests: push services are on this machine, and nowhere else. */
  loopback: boolean;
  bus: Pick<EventBus<AccountEvents>, 'on'>;
  clock: Clock;
  log: Logger;
}
/** Devices of one person that are told. */
const DEVICES = 8;
export type PushService = ReturnType<typeof createPushService>;

export function createPushService({ push, freshKeys, loopback, bus, clock, log }: PushServiceParts) {
  let kept: Promise<Keys> | null = null;
  const keys = (): Promise<Keys> => {
    kept ??= push.keys(freshKeys).catch((error: unknown) => {
      kept = null;
      throw error;
    });
    return kept;
  };
  // what a crash swallows here, the sender finds: it sends to logins that hold, and to no others
  bus.on('session.ended', ({ userId, sessionIds }) => {
    push
      .removeOf(userId, sessionIds)
      .catch((error: unknown) => log.warn({ err: error }, 'devices of an ended login not forgotten yet'));
  });

  return {
    /** Of the hub, made at its first start. */
    keys,

    async settings(actor: Actor): Promise<PushView> {
      const [{ publicKey }, devices, quiet] = await Promise.all([
        keys(),
        push.ofUser(actor.id, DEVICES),
        push.quiet(actor.id),
      ]);
      const here = devices.some(({ sessionId }) => sessionId === actor.sessionId);
      return { publicKey, devices: devices.length, here, ...quiet };
    },
    /** This device is told from now on. Raises input.*: also for an address that is no push service in the open net. */
    async turnOn(actor: Actor, input: unknown): Promise<void> {
      const device = parse(pushOnSchema, input);
      if (!mayPush(device.endpoint, loopback)) throw new AppError('input.invalid', { field: 'endpoint' });
      await push.put({ ...device, userId: actor.id, sessionId: actor.sessionId }, clock.now(), DEVICES);
    },
    /** The device that asks is told no more. */
    async turnOff(actor: Actor): Promise<void> {
      await push.removeOf(actor.id, [actor.sessionId]);
    },
    /** None of hers is. */
    async turnOffEverywhere(actor: Actor): Promise<void> {
      await push.removeOf(actor.id, 'all');
    },
    /** Reminders wait until they are over; what she waits for herself comes through. Raises input.*. */
    async setQuiet(actor: Actor, input: unknown): Promise<void> {
      await push.setQuiet(actor.id, parse(pushQuietSchema, input));
    },
  };
}
