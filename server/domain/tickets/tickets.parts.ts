// What the verbs of the tickets service share. Only this area and the hub's wiring import it.
import type { PersonView } from '#shared/accounts.ts';
import type { NewNotice } from '#shared/notifications.ts';
import type { TopicView } from '#shared/office-hours.ts';
import type { DropInState } from '#shared/office-hours.states.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import type { DropIn } from '../office-hours/drop-ins.repository.ts';
import type { TicketEvents } from './tickets.events.ts';
import type { Ticket } from './tickets.entities.ts';
import type { TicketsRepository } from './tickets.repository.ts';

/** What the queue needs of the schedule. */
export interface DropInsPort {
  byId(id: string): Promise<DropIn | null>;
  between(from: Date, to: Date, limit: number): Promise<DropIn[]>;
  takeNumber(id: string, states: readonly DropInState[], now: Date): Promise<number | null>;
}
export interface TicketsServiceParts {
  tickets: TicketsRepository;
  dropIns: DropInsPort;
  bus: EventBus<TicketEvents>;
  audit: AuditPort;
  clock: Clock;
  log: Logger;
  personViews(ids: string[]): Promise<Map<string, PersonView>>;
  topicViews(keys: string[]): Promise<TopicView[]>;
  /** Makes the talk of a ticket that leads to one, as often as it is asked; the hub fills it in. */
  openTalk(ticket: Ticket): Promise<void>;
  /** Tells each of them once, however often it is called with the same key. */
  notify(userIds: string[], notice: NewNotice): Promise<void>;
  /** What she was told about this place is old. */
  settle(userId: string, ticketId: string): Promise<void>;
  /** One of them blocked the other: neither is offered to the other. Left out: nobody did. */
  apart?(one: string, other: string): boolean;
  /** Which of them a suspension or a ban keeps out: they get and hold no place. Left out: nobody. */
  shutOut?(userIds: string[]): Promise<ReadonlySet<string>>;
}
/** Whether a suspension or a ban keeps her out now. Raises 'unavailable'. */
export const isShutOut = async ({ shutOut }: Pick<TicketsServiceParts, 'shutOut'>, userId: string): Promise<boolean> =>
  shutOut !== undefined && (await shutOut([userId])).size > 0;
/** So many of her newest places are looked through; at most a few can be open. */
export const OWN = 20;
/** Days that a ticket is kept after its end. */
export const KEEP_DAYS = 30;
