// Logins: tokens, cookies, sliding expiry. The only file that knows lucia; only this area's services import it.
import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { Clock } from '../kernel/clock.ts';
import { hashToken, newId } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import type { AccountsRepository, User } from './accounts.repository.ts';
import type { Session, SessionsRepository } from './sessions.repository.ts';

/** A login ends this long after its last extension; it is extended once half of it has passed. */
const LIFETIME = new TimeSpan(30, 'd');
/** Last use is written at most this often. */
const TOUCH_MS = 60_000;
/** How lucia's tokens look: 25 random bytes in base32. Anything else does not reach the database. */
const TOKEN = /^[a-z2-7]{40}$/;

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    DatabaseSessionAttributes: { row: Session };
    DatabaseUserAttributes: { row: User };
  }
}

interface Stores {
  users: AccountsRepository;
  sessions: SessionsRepository;
}

/** Lucia hands over tokens; what is stored and looked up is their hash. */
function createAdapter({ users, sessions }: Stores): Adapter {
  return {
    async getSessionAndUser(token) {
      const row = await sessions.byTokenHash(hashToken(token));
      const user = row && (await users.byId(row.userId));
      // a lower epoch: ended by "sign out everywhere" or a new password, the row just was not removed yet
      if (!row || !user || row.epoch < user.epoch) return [null, null];
      return [
        { id: token, userId: row.userId, expiresAt: row.expiresAt, attributes: { row } },
        { id: user.id, attributes: { row: user } },
      ];
    },
    async setSession({ id: token, userId, expiresAt, attributes }) {
      const { id, epoch, device, createdAt, lastUsedAt } = attributes.row;
      const tokenHash = hashToken(token);
      await sessions.insert({ _id: id, tokenHash, userId, epoch, device, createdAt, lastUsedAt, expiresAt });
    },
    async updateSessionExpiration(token, expiresAt) {
      await sessions.extend(hashToken(token), expiresAt);
    },
    async deleteSession(token) {
      await sessions.removeByTokenHash(hashToken(token));
    },
    async deleteUserSessions(userId) {
      await sessions.removeAll(userId);
    },
    async deleteExpiredSessions() {
      await sessions.removeExpired(new Date());
    },
    // the list in her settings is read through the repository: only lucia's callers would need tokens here
    getUserSessions: () => Promise.resolve([]),
  };
}

function createLucia(stores: Stores, secure: boolean) {
  return new Lucia(createAdapter(stores), {
    sessionExpiresIn: LIFETIME,
    sessionCookie: {
      name: secure ? '__Host-session' : 'session',
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: ({ row }) => ({ row }),
    getUserAttributes: ({ row }) => ({ row }),
  });
}

export interface Login {
  user: User;
  session: Session;
  /** Set when the login was extended. */
  setCookie: string | null;
}

export type Logins = ReturnType<typeof createLogins>;

/** `secure`: the hub is reached by https. Without it the cookie has no `__Host-` and is for this machine only. */
export function createLogins(options: Stores & { clock: Clock; log: Logger; secure: boolean }) {
  const { users, sessions, clock, log, secure } = options;
  const lucia = createLucia({ users, sessions }, secure);

  /** By hand: another cookie that cannot be decoded must not keep her out. */
  function tokenIn(cookieHeader: string): string | null {
    for (const part of cookieHeader.split(';')) {
      const [name, value] = part.trim().split('=', 2);
      if (name === lucia.sessionCookieName && value && TOKEN.test(value)) return value;
    }
    return null;
  }

  async function touch(session: Session): Promise<void> {
    const now = clock.now();
    if (now.getTime() - session.lastUsedAt.getTime() < TOUCH_MS) return;
    await sessions
      .touch(session.id, now)
      .catch((error: unknown) => log.warn({ err: error }, 'last use of a login not written'));
  }

  return {
    /** A new login of this user; valid only while her epoch is the one given. */
    async begin(user: Pick<User, 'id' | 'epoch'>, device: string): Promise<{ sessionId: string; setCookie: string }> {
      const now = clock.now();
      const row: Session = {
        id: newId(),
        userId: user.id,
        epoch: user.epoch,
        device,
        createdAt: now,
        lastUsedAt: now,
        expiresAt: now,
      };
      const { id: token } = await lucia.createSession(user.id, { row });
      return { sessionId: row.id, setCookie: lucia.createSessionCookie(token).serialize() };
    },

    async identify(cookieHeader: string | null | undefined): Promise<Login | null> {
      const token = cookieHeader ? tokenIn(cookieHeader) : null;
      if (token === null) return null;
      const { user, session } = await lucia.validateSession(token);
      if (!session) return null;
      await touch(session.row);
      const setCookie = session.fresh ? lucia.createSessionCookie(token).serialize() : null;
      return { user: user.row, session: session.row, setCookie };
    },

    blankCookie: (): string => lucia.createBlankSessionCookie().serialize(),
  };
}
