// What the verbs of this area work with. Only this area imports it.
import type { PersonView } from '#shared/accounts.ts';
import type { LocalizedText } from '#shared/locales.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Actor } from '../kernel/actor.ts';
import type { NewNotice } from '#shared/notifications.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import type { DropIn, DropInsRepository } from './drop-ins.repository.ts';
import type { FeedsRepository } from './feeds.repository.ts';
import type { OfficeHoursEvents } from './office-hours.events.ts';
import type { OfficeHours, OfficeHoursRepository } from './office-hours.repository.ts';

export interface Parts {
  hours: OfficeHoursRepository;
  dropIns: DropInsRepository;
  feeds: FeedsRepository;
  /** Names of the rooms that may be topics, by slug: those everybody may know of. */
  topicNames(): Promise<Map<string, LocalizedText>>;
  personViews(ids: string[]): Promise<Map<string, PersonView>>;
  /** Tells each of them once, however often it is called with the same key. */
  notify(userIds: string[], notice: NewNotice): Promise<void>;
  /** Whether one of the two blocked the other; left out: nobody did. */
  apart?(one: string, other: string): boolean;
  bus: EventBus<OfficeHoursEvents>;
  clock: Clock;
  log: Logger;
  audit: AuditPort;
  /** Scheme and host of the hub. */
  origin: string;
}

/** Raises 'not-found'. */
export async function hoursOf({ hours }: Pick<Parts, 'hours'>, id: string): Promise<OfficeHours> {
  const found = await hours.byId(id);
  if (!found) throw new AppError('not-found');
  return found;
}
/** Not there for her: she is apart from everybody who holds it. */
export const keptFrom = ({ apart }: Pick<Parts, 'apart'>, userId: string, hostIds: readonly string[]): boolean =>
  apart !== undefined && hostIds.length > 0 && hostIds.every((hostId) => apart(userId, hostId));

/** Raises 'not-found'. */
export async function dropInOf({ dropIns }: Pick<Parts, 'dropIns'>, id: string): Promise<DropIn> {
  const found = await dropIns.byId(id);
  if (!found) throw new AppError('not-found');
  return found;
}

/** Before a moderator acts on office hours of others: that she does. Her own are her work and need no record. */
export async function recordForeign(
  { audit }: Pick<Parts, 'audit'>,
  actor: Pick<Actor, 'id'>,
  { hostIds }: Pick<OfficeHours, 'hostIds'>,
  what: { action: 'hours.changed' | 'drop-in.steered'; id: string; reason: string },
): Promise<void> {
  if (hostIds.includes(actor.id)) return;
  const kind = what.action === 'hours.changed' ? 'hours' : 'drop-in';
  await audit.record(actor, { action: what.action, target: { kind, id: what.id }, reason: what.reason });
}

/** A step that somebody else made impossible in between is a conflict; a step that was made is told. Raises 'conflict'. */
export function stepped(parts: Pick<Parts, 'bus'>, after: DropIn | null): DropIn {
  if (!after) throw new AppError('conflict');
  parts.bus.emit('drop-in.changed', { dropInId: after.id, version: after.version });
  return after;
}

export type Who = Pick<Actor, 'id' | 'role'>;
