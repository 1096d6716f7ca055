// The accounts service: composes its verbs. The hub makes one; every door comes here.
import type { AuditPort } from '../audit/audit.service.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import type { AccountEvents } from './accounts.events.ts';
import { createAskingPort } from './accounts.asking.ts';
import { createInvitations } from './accounts.invitations.ts';
import { createAccountsLimiter } from './accounts.limiter.ts';
import { createLeaving } from './accounts.leaving.ts';
import type { AccountModels } from './accounts.model.ts';
import type { Parts } from './accounts.parts.ts';
import { createPasswordVerbs } from './accounts.passwords.ts';
import { createPeople } from './accounts.people.ts';
import { createAccountsRepository } from './accounts.repository.ts';
import { createSanctions } from './accounts.sanctions.ts';
import { createSanctionsRepository } from './sanctions.repository.ts';
import { createSignIn } from './accounts.sign-in.ts';
import { createInvitationsRepository } from './invitations.repository.ts';
import { createLimitsRepository } from './limits.repository.ts';
import { createPasswords, type PasswordCost } from './passwords.ts';
import { createLogins } from './sessions.lucia.ts';
import { createSessionsRepository } from './sessions.repository.ts';

export interface AccountsOptions {
  models: AccountModels;
  audit: AuditPort;
  bus: Pick<EventBus<AccountEvents>, 'emit'>;
  clock: Clock;
  log: Logger;
  /** True when people reach the hub by https: the cookie is then `__Host-session`, else `session` for this machine only. */
  secureCookies: boolean;
  hubName?: string;
  insistDoorOpen?: Parts['insistDoorOpen'];
  /** Resolves with true when every other process holds to what was decided about her. */
  everywhere?: (userId: string) => Promise<boolean>;
  /** For tests only: cheaper than a real hub may be. */
  passwordCost?: PasswordCost;
}

export type AccountsService = ReturnType<typeof createAccountsService>;

export function createAccountsService(options: AccountsOptions) {
  const { models, audit, bus, clock, log } = options;
  const users = createAccountsRepository(models);
  const sessions = createSessionsRepository(models);
  const parts: Parts = {
    users,
    sessions,
    invitations: createInvitationsRepository(models),
    logins: createLogins({ users, sessions, clock, log, secure: options.secureCookies }),
    passwords: createPasswords(options.passwordCost),
    limiter: createAccountsLimiter({ limits: createLimitsRepository(models), clock }),
    audit,
    bus,
    clock,
    log,
    hubName: options.hubName ?? 'Strong Together',
    insistDoorOpen: options.insistDoorOpen ?? (() => Promise.resolve()),
  };
  return {
    ...createSignIn(parts),
    ...createInvitations(parts),
    ...createAskingPort(parts),
    ...createPasswordVerbs(parts),
    ...createPeople(parts),
    ...createLeaving(parts),
    ...createSanctions({
      ...{ sanctions: createSanctionsRepository(models), bus, clock, log },
      everywhere: options.everywhere ?? (() => Promise.resolve(true)),
    }),
  };
}
