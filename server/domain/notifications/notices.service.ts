// Notices: telling somebody once, her list, reading. Other areas call `notify`; doors call the rest with (actor, input).
import type { Page } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import {
  noticesPageSchema,
  readNoticesSchema,
  seenTicketSchema,
  type NewNotice,
  type NoticeView,
} from '#shared/notifications.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import { parse } from '../kernel/parse.ts';
import type { NotificationEvents } from './notifications.events.ts';
import type { Notice, NotificationsRepository } from './notifications.repository.ts';

const DAY = 24 * 60 * 60_000;

export type NoticesService = ReturnType<typeof createNoticesService>;

const viewOf = ({ id, kind, params, at, read }: Notice): NoticeView => ({
  id,
  kind,
  params: { ...params },
  at: at.toISOString(),
  read,
});

export function createNoticesService(parts: {
  notices: NotificationsRepository;
  bus: EventBus<NotificationEvents>;
  clock: Clock;
}) {
  const { notices, bus, clock } = parts;
  async function settle(userId: string, ticketId: string): Promise<void> {
    if (await notices.readAbout(userId, ticketId, clock.now())) bus.emit('notices.read', { userId });
  }
  return {
    /** Tells each of these people once: the same key again is nothing. Raises 'unavailable'. */
    async notify(userIds: string[], notice: NewNotice): Promise<void> {
      if (userIds.length === 0) return;
      const now = clock.now();
      const { until = new Date(now.getTime() + DAY) } = notice;
      for (const made of await notices.add([...new Set(userIds)], { ...notice, until }, now)) {
        bus.emit('notice.created', { userId: made.userId, notice: viewOf(made) });
      }
    },

    /** What she was told about this place is old: she saw it, or it is over. */
    settle,
    /** She looks at this place: what she was told about it is read. Raises input.*. */
    async seen(actor: Actor, input: unknown): Promise<void> {
      await settle(actor.id, parse(seenTicketSchema, input).ticketId);
    },

    /** Hers, newest first. */
    async list(actor: Actor, input: unknown): Promise<Page<NoticeView>> {
      const { before } = parse(noticesPageSchema, input);
      const found = await notices.page(actor.id, before ?? null, LIMITS.listPage + 1);
      const items = found.slice(0, LIMITS.listPage).map(viewOf);
      return { items, next: found.length > LIMITS.listPage ? (items.at(-1)?.id ?? null) : null };
    },

    /** Those that she has not read. */
    unread: (actor: Actor): Promise<number> => notices.unread(actor.id),

    /** Others' ids change nothing. Raises input.*. */
    async read(actor: Actor, input: unknown): Promise<void> {
      const { noticeIds } = parse(readNoticesSchema, input);
      if (await notices.read(actor.id, noticeIds, clock.now())) bus.emit('notices.read', { userId: actor.id });
    },
  };
}
