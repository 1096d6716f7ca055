// An account that its owner deletes: nobody signs in to it any more, and its names are gone at once. Part of the accounts service.
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { newToken } from '../kernel/ids.ts';
import { clearLogins, type Parts } from './accounts.parts.ts';

export function createLeaving(parts: Parts) {
  const { users, passwords, logins, bus, clock } = parts;
  return {
    /** Before anything is taken away. Raises auth.last-coordinator: a hub is never left without one. */
    async beginLeaving(actor: Actor): Promise<void> {
      // first her mark, then the look: of two who leave at once none is taken for the one who stays
      await users.setLeaving(actor.id, clock.now());
      if (actor.role !== 'coordinator' || (await users.otherCoordinator(actor.id))) return;
      await users.setLeaving(actor.id, null);
      throw new AppError('auth.last-coordinator');
    },

    /** One atomic change; her sockets close, and what shows her name is read anew. May run twice. Answers the blank cookie. */
    async closeAccount(userId: string): Promise<{ setCookie: string }> {
      await users.close(userId, await passwords.hash(newToken(32)));
      await clearLogins(parts, userId);
      bus.emit('user.changed', { userId });
      return { setCookie: logins.blankCookie() };
    },
  };
}
