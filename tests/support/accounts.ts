// An accounts service on a test database and people made through it; missing parents are built on the way. Tests only.
import { randomBytes } from 'node:crypto';
import type mongoose from 'mongoose';
import type { Role } from '../../src/lib/shared/accounts.ts';
import type { AccountEvents } from '../../server/domain/accounts/accounts.events.ts';
import { createAccountModels, type AccountModels } from '../../server/domain/accounts/accounts.model.ts';
import { createAccountsService, type AccountsService } from '../../server/domain/accounts/accounts.service.ts';
import { createAuditModels } from '../../server/domain/audit/audit.model.ts';
import { createAuditRepository } from '../../server/domain/audit/audit.repository.ts';
import { createAuditService, type AuditService } from '../../server/domain/audit/audit.service.ts';
import type { Actor, ClientContext } from '../../server/domain/kernel/actor.ts';
import { createEventBus, type EventBus } from '../../server/domain/kernel/event-bus.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';

export const TEST_PASSWORD_COST = { memory: 8, passes: 1 };
export const HOME: ClientContext = {
  address: '198.51.100.7',
  userAgent: 'Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0',
};

type RecordedEvent = {
  [Name in keyof AccountEvents]: { name: Name } & AccountEvents[Name];
}[keyof AccountEvents];

export interface TestAccounts {
  accounts: AccountsService;
  models: AccountModels;
  audit: AuditService;
  bus: EventBus<AccountEvents>;
  /** Everything that was emitted, oldest first. */
  events: RecordedEvent[];
  /** The services' time; `move` sets it forward. Logins expire by the real clock (lucia's). */
  clock: { now(): Date; move(milliseconds: number): void };
}

/** A service with indexes, a movable clock and cheap passwords. Once per connection. */
export async function createTestAccounts(connection: mongoose.Connection): Promise<TestAccounts> {
  const models = createAccountModels(connection);
  await Promise.all(Object.values(models).map((model) => model.createIndexes()));
  const bus = createEventBus<AccountEvents>(silentLogger);
  const events: RecordedEvent[] = [];
  for (const name of ['session.ended', 'user.changed', 'user.joined'] as const) {
    bus.on(name, (event) => events.push({ name, ...event } as RecordedEvent));
  }
  let moved = 0;
  const clock = {
    now: () => new Date(Date.now() + moved),
    move: (milliseconds: number) => {
      moved += milliseconds;
    },
  };
  const auditModels = createAuditModels(connection);
  await Promise.all(Object.values(auditModels).map((model) => model.createIndexes()));
  const audit = createAuditService({
    repository: createAuditRepository(auditModels),
    personViews: (ids) => accounts.personViews(ids),
    idOf: (userName) => accounts.idOf(userName),
    casesAbout: () => Promise.resolve(new Map()),
    clock,
    log: silentLogger,
  });
  const accounts = createAccountsService({
    models,
    audit,
    bus,
    clock,
    log: silentLogger,
    secureCookies: false,
    passwordCost: TEST_PASSWORD_COST,
  });
  return { accounts, models, audit, bus, events, clock };
}

export interface TestUser {
  actor: Actor;
  /** Goes into a Cookie header. */
  cookie: string;
  userName: string;
  password: string;
}

/** What a browser would send back. */
export const cookieOf = (setCookie: string): string => setCookie.split(';', 1)[0] ?? '';

export const strongPassword = (): string => `Quitte-${randomBytes(8).toString('base64url')}`;

const coordinators = new WeakMap<AccountsService, Promise<TestUser>>();
let made = 0;

/** Registers someone with this code. */
export async function registerWith(accounts: AccountsService, code: string, name = 'Noor'): Promise<TestUser> {
  const userName = `${name.toLowerCase().replace(/[^a-z0-9]/g, '') || 'user'}-${++made}-${randomBytes(2).toString('hex')}`;
  const password = strongPassword();
  const input = { code, locale: 'en', displayName: name, userName, password };
  const { actor, setCookie } = await accounts.register(input, HOME);
  return { actor, cookie: cookieOf(setCookie), userName, password };
}

/** The coordinator of this hub; the first call makes her by the one-time link of an empty hub. */
function coordinatorOf(accounts: AccountsService): Promise<TestUser> {
  const known = coordinators.get(accounts);
  if (known) return known;
  const coming = accounts.firstInvitation().then((link) => {
    if (!link) throw new Error('this hub has a coordinator already that makeUser did not make');
    return registerWith(accounts, link.code, 'Judit');
  });
  coordinators.set(accounts, coming);
  return coming;
}

const USES = 100;
const invitations = new WeakMap<AccountsService, Map<Role, { code: Promise<string>; left: number }>>();

/** One code serves many, so that large tests do not meet the limit on making invitations. */
function codeFor(accounts: AccountsService, role: Role): Promise<string> {
  const own = invitations.get(accounts) ?? new Map<Role, { code: Promise<string>; left: number }>();
  invitations.set(accounts, own);
  let open = own.get(role);
  if (!open || open.left === 0) {
    const code = coordinatorOf(accounts)
      .then(({ actor }) => accounts.createInvitation(actor, { role, uses: USES, days: 90 }))
      .then((made) => made.code);
    open = { code, left: USES };
    own.set(role, open);
  }
  open.left--;
  return open.code;
}

/** A new person of this role, registered by an invitation and signed in. */
export async function makeUser(accounts: AccountsService, role: Role, name?: string): Promise<TestUser> {
  return registerWith(accounts, await codeFor(accounts, role), name);
}
