// Lost and changed passwords. Part of the accounts service.
import { byIdSchema, changePasswordSchema, resetPasswordSchema } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import type { Actor, ClientContext } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { afterwards, clearLogins, hoursFrom, insistStrong, record, type Parts } from './accounts.parts.ts';
import { mayReset } from './accounts.policy.ts';
import { hashCode, hashOf, makeCode } from './codes.ts';

export interface ResetCode {
  code: string;
  expiresAt: string;
}

export function createPasswordVerbs(parts: Parts) {
  const { users, sessions, passwords, limiter, audit, bus, clock } = parts;

  /** Recorded before it exists: there is no code that nobody is known to have made. */
  async function makeResetCode(by: Actor | 'command', userId: string): Promise<ResetCode> {
    await audit.record(by, { action: 'reset-code.created', target: { kind: 'user', id: userId } });
    const code = makeCode();
    const expiresAt = hoursFrom(clock.now(), LIMITS.resetCodeHours);
    await users.setReset(userId, { codeHash: hashOf(code), expiresAt });
    return { code, expiresAt: expiresAt.toISOString() };
  }

  async function endOthers(actor: Actor): Promise<void> {
    const own = await sessions.ofUser(actor.id, 2 * LIMITS.listPage);
    const others = own.map((session) => session.id).filter((id) => id !== actor.sessionId);
    bus.emit('session.ended', { userId: actor.id, sessionIds: others });
    await sessions.removeMany(actor.id, others);
  }

  /** Raises auth.wrong-password, rate.limited. */
  const proven = (actor: Actor, password: string) =>
    limiter.guess('current', actor.id, ['auth.wrong-password'], async () => {
      const found = await users.byIdWithPassword(actor.id);
      if (!(await passwords.verify(found?.passwordHash, password)) || !found) throw new AppError('auth.wrong-password');
      return found;
    });

  return {
    /** It is she: for what only she herself may do, whoever holds her phone. Raises auth.wrong-password, rate.limited. */
    async confirm(actor: Actor, password: string): Promise<void> {
      await proven(actor, password);
    },
    /** Raises rate.limited when she saved her data a moment ago. */
    countSaving: (actor: Actor): Promise<void> => limiter.saving(actor.id),

    /** A one-time code for someone of a strictly lower role. Raises not-found, forbidden, rate.limited, input.*. */
    async createResetCode(actor: Actor, input: unknown): Promise<ResetCode> {
      const { id } = parse(byIdSchema, input);
      const person = await users.byId(id);
      // who deletes her account has no user name any more
      if (!person || person.userName === `~${id}`) throw new AppError('not-found');
      insist(mayReset(actor, person));
      await limiter.making(actor.id);
      return makeResetCode(actor, id);
    },

    /** The same for anyone, by command on the server's machine. Raises not-found. */
    async resetByCommand(userName: string): Promise<ResetCode> {
      const person = await users.byUserName(userName.trim().toLowerCase());
      if (!person) throw new AppError('not-found');
      return makeResetCode('command', person.id);
    },

    /**
     * A new password by a one-time code; ends all her logins and is recorded. Raises auth.reset-invalid (for unknown
     * users too), auth.weak-password, rate.limited, input.*, unavailable.
     */
    async resetPassword(input: unknown, context: ClientContext): Promise<void> {
      const { userName, code, password } = parse(resetPasswordSchema, input);
      const user = await limiter.guess('code', context.address, ['auth.reset-invalid'], async () => {
        const codeHash = hashCode(code);
        const found = codeHash && (await users.byResetCode(userName, codeHash, clock.now()));
        if (!found) throw new AppError('auth.reset-invalid');
        insistStrong(parts, password, found);
        const passwordHash = await passwords.hash(password);
        await audit.record('code', { action: 'password.reset', target: { kind: 'user', id: found.id } });
        const done = await users.resetPassword(found.id, codeHash, clock.now(), passwordHash);
        if (!done) throw new AppError('auth.reset-invalid');
        return found;
      });
      await clearLogins(parts, user.id);
      await afterwards(parts, 'trust', () => limiter.trust(userName, context.address));
    },

    /**
     * Ends her other logins; this one goes on. Raises auth.wrong-password (the current one), auth.weak-password,
     * conflict (changed elsewhere at the same moment), rate.limited, input.*, unavailable.
     */
    async changePassword(actor: Actor, input: unknown): Promise<{ setCookie: string | null }> {
      const { current, password } = parse(changePasswordSchema, input);
      const user = await proven(actor, current);
      insistStrong(parts, password, user);
      const passwordHash = await passwords.hash(password);
      await sessions.raiseEpoch(actor.sessionId, user.epoch + 1);
      if (!(await users.changePassword(user, passwordHash))) throw new AppError('conflict');
      await afterwards(parts, 'remove other logins', () => endOthers(actor));
      await afterwards(parts, 'password.changed', () => record(parts, 'password.changed', actor.id, actor.id));
      return { setCookie: null };
    },
  };
}
