// What the verbs of the accounts service share: the composed parts, and small recipes used by several. Only this area imports it.
import type { Page } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Logger } from '../kernel/logger.ts';
import { AppError } from '../kernel/app-error.ts';
import type { AccountEvents } from './accounts.events.ts';
import type { AccountsLimiter } from './accounts.limiter.ts';
import type { LOG_KINDS } from './accounts.model.ts';
import type { AccountsRepository } from './accounts.repository.ts';
import { isWeakPassword } from './password-strength.ts';
import type { InvitationsRepository } from './invitations.repository.ts';
import type { Passwords } from './passwords.ts';
import type { Logins } from './sessions.lucia.ts';
import type { SessionsRepository } from './sessions.repository.ts';

export interface Parts {
  users: AccountsRepository;
  sessions: SessionsRepository;
  invitations: InvitationsRepository;
  logins: Logins;
  passwords: Passwords;
  limiter: AccountsLimiter;
  audit: AuditPort;
  bus: Pick<EventBus<AccountEvents>, 'emit'>;
  clock: Clock;
  log: Logger;
  /** A password must not be built from it. */
  hubName: string;
  /** Raises 'auth.door-closed' while nobody joins. */
  insistDoorOpen(): Promise<void>;
}

const HOUR = 60 * 60 * 1000;
export const hoursFrom = (now: Date, hours: number): Date => new Date(now.getTime() + hours * HOUR);

/** Raises auth.weak-password for one that is common, built by a pattern, or made of her own names. */
export function insistStrong(
  { hubName }: Parts,
  password: string,
  user: { userName: string; displayName: string },
): void {
  if (isWeakPassword(password, [user.userName, user.displayName, hubName])) throw new AppError('auth.weak-password');
}

/** One line of the record of accounts; uses of power go to `parts.audit`, before the act. */
export async function record(
  { users, clock }: Parts,
  kind: (typeof LOG_KINDS)[number],
  actorId: string | null,
  targetId: string | null,
): Promise<void> {
  await users.record({ at: clock.now(), kind, actorId, targetId });
}

/** How many more may join by her invitations; below 0, as may be seen after one was stored: more than her role may have open. */
export async function placesLeft(
  { invitations, clock }: Parts,
  { id, role }: Pick<Actor, 'id' | 'role'>,
): Promise<number> {
  const most = LIMITS.openPlaces[role];
  return most - (await invitations.openPlaces(id, clock.now(), most + 1));
}

/** What follows a change that holds already: its failure is logged and does not turn the change into an error. */
export async function afterwards({ log }: Parts, what: string, work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log.error({ err: error, what }, 'follow-up of an account change failed'));
}

/** All her logins are over: in one atomic change that was made already; here the rows go, and her sockets. */
export async function clearLogins(parts: Parts, userId: string): Promise<void> {
  parts.bus.emit('session.ended', { userId, sessionIds: 'all' });
  await afterwards(parts, 'remove logins', () => parts.sessions.removeAll(userId));
}

/** Cuts a list that was read with one item more than a page has. */
export function pageOf<T extends { id: string }, V>(items: T[], size: number, view: (item: T) => V): Page<V> {
  const shown = items.slice(0, size);
  return { items: shown.map(view), next: items.length > size ? (shown.at(-1)?.id ?? null) : null };
}
