// Signing in and out, and the list of logins. Part of the accounts service.
import { byIdSchema, signInSchema, type SessionView } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import type { Actor, ClientContext } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import type { Attempt } from './accounts.limiter.ts';
import { afterwards, clearLogins, type Parts } from './accounts.parts.ts';
import type { User, UserWithPassword } from './accounts.repository.ts';
import { actorView, sessionView } from './accounts.views.ts';
import { deviceWords } from './device.ts';

export interface SignedIn {
  actor: Actor;
  setCookie: string;
}

/** A new login for her; beyond a page of logins the longest unused ones end. */
export async function beginLogin(parts: Parts, user: User, context: ClientContext): Promise<SignedIn> {
  const { sessionId, setCookie } = await parts.logins.begin(user, deviceWords(context.userAgent));
  await afterwards(parts, 'end surplus logins', async () => {
    const surplus = (await parts.sessions.ofUser(user.id, LIMITS.listPage, LIMITS.listPage)).map(({ id }) => id);
    if (surplus.length === 0) return;
    await parts.sessions.removeMany(user.id, surplus);
    parts.bus.emit('session.ended', { userId: user.id, sessionIds: surplus });
  });
  return { actor: actorView(user, sessionId), setCookie };
}

export function createSignIn(parts: Parts) {
  const { users, sessions, logins, passwords, limiter, bus, clock } = parts;

  async function check(attempt: Attempt, user: UserWithPassword | null, password: string): Promise<UserWithPassword> {
    let right: boolean;
    try {
      right = await passwords.verify(user?.passwordHash, password);
    } catch (error) {
      await attempt.undone();
      throw error;
    }
    if (!right || !user) throw new AppError('auth.wrong-password');
    await attempt.succeeded();
    return user;
  }

  return {
    /**
     * The ONE function by which pages and sockets know a user: null for strangers. `setCookie` is set when the login
     * was extended. Raises unavailable.
     */
    async actorFromCookie(
      cookieHeader: string | null | undefined,
    ): Promise<{ actor: Actor; setCookie: string | null } | null> {
      const login = await logins.identify(cookieHeader);
      return login && { actor: actorView(login.user, login.session.id), setCookie: login.setCookie };
    },

    /** Raises auth.wrong-password (for unknown users too, after the same work), rate.limited, input.*, unavailable. */
    async signIn(input: unknown, context: ClientContext): Promise<SignedIn> {
      const { userName, password } = parse(signInSchema, input);
      const attempt = await limiter.signIn(userName, context.address);
      const found = await users.byUserNameWithPassword(userName).catch(async (error: unknown) => {
        await attempt.undone().catch(() => undefined);
        throw error;
      });
      const user = await check(attempt, found, password);
      if (passwords.outdated(user.passwordHash)) {
        await afterwards(parts, 'rehash', async () => users.rehash(user, await passwords.hash(password)));
      }
      return beginLogin(parts, user, context);
    },

    /** Ends this login. */
    async signOut(actor: Actor): Promise<{ setCookie: string }> {
      await sessions.removeMany(actor.id, [actor.sessionId]);
      bus.emit('session.ended', { userId: actor.id, sessionIds: [actor.sessionId] });
      return { setCookie: logins.blankCookie() };
    },

    /** Ends every login, this one too. */
    async signOutEverywhere(actor: Actor): Promise<{ setCookie: string }> {
      await users.raiseEpoch(actor.id);
      await clearLogins(parts, actor.id);
      return { setCookie: logins.blankCookie() };
    },

    /** Her own logins, last used first; at most a page, since older ones end at sign-in. */
    async sessions(actor: Actor): Promise<SessionView[]> {
      const rows = await sessions.ofUser(actor.id, LIMITS.listPage);
      const epoch = (await users.epochs([actor.id])).get(actor.id) ?? 0;
      const now = clock.now();
      const alive = rows.filter((row) => row.expiresAt > now && row.epoch >= epoch);
      return alive.map((row) => sessionView(row, actor.sessionId));
    },

    /** Ends one of her own logins. Raises not-found. */
    async endSession(actor: Actor, input: unknown): Promise<void> {
      const { id } = parse(byIdSchema, input);
      if (!(await sessions.removeOne(actor.id, id))) throw new AppError('not-found');
      bus.emit('session.ended', { userId: actor.id, sessionIds: [id] });
    },

    /** Which of these logins still hold: for re-checking open sockets. */
    async isSessionAlive(sessionIds: string[]): Promise<Set<string>> {
      const rows = await sessions.byIds(sessionIds, clock.now());
      const epochs = await users.epochs([...new Set(rows.map((row) => row.userId))]);
      return new Set(rows.filter((row) => row.epoch >= (epochs.get(row.userId) ?? Infinity)).map((row) => row.id));
    },
  };
}
