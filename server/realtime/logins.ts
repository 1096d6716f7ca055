// Keeps open sockets in step with their logins: what is ended is closed at once, what changed is looked up again. Realtime only.
import type { Hub } from '../hub.ts';
import { sessionChannel, userChannel } from './channels.ts';
import type { LiveServer, LiveSocket } from './types.ts';

export interface Logins {
  /** False when the login ended while the socket was being opened. */
  stillOpen(socket: LiveSocket): boolean;
  /** Closes sockets whose login is gone, for whatever reason; every 30 s. */
  recheck(): Promise<void>;
  stop(): void;
}

const RECHECK_MS = 30_000;
const REMEMBER_MS = 60_000;

export function createLogins(io: LiveServer, hub: Hub): Logins {
  const endedJustNow = new Map<string, number>();

  function end(channel: string): void {
    io.in(channel).emit('session:ended', {});
    io.in(channel).disconnectSockets(true);
  }

  const offEnded = hub.bus.on('session.ended', ({ userId, sessionIds }) => {
    const channels = sessionIds === 'all' ? [userChannel(userId)] : sessionIds.map(sessionChannel);
    const now = Date.now();
    for (const [channel, at] of endedJustNow) if (now - at > REMEMBER_MS) endedJustNow.delete(channel);
    for (const channel of channels) {
      endedJustNow.set(channel, now);
      end(channel);
    }
  });

  async function lookAgain(userId: string): Promise<void> {
    let named = false;
    for (const socket of io.sockets.sockets.values()) {
      if (socket.data.actor.id !== userId) continue;
      const found = await hub.accounts.actorFromCookie(socket.handshake.headers.cookie);
      if (found) {
        socket.data.actor = found.actor;
        named = found.actor.showsPresence ?? false;
      } else socket.disconnect(true);
    }
    const person = (await hub.accounts.personViews([userId])).get(userId);
    if (person) hub.presence.rename(person, named);
  }
  const offChanged = hub.bus.on('user.changed', ({ userId }) => {
    lookAgain(userId).catch((error: unknown) => hub.log.warn({ err: error }, 'changed account not looked up'));
  });

  async function recheck(): Promise<void> {
    const open = new Set([...io.sockets.sockets.values()].map((socket) => socket.data.actor.sessionId));
    if (open.size === 0) return;
    const alive = await hub.accounts.isSessionAlive([...open]);
    for (const sessionId of open) if (!alive.has(sessionId)) end(sessionChannel(sessionId));
  }
  const timer = setInterval(() => {
    recheck().catch((error: unknown) => hub.log.warn({ err: error }, 'open logins not checked'));
  }, RECHECK_MS).unref();

  return {
    stillOpen(socket) {
      const { actor } = socket.data;
      const ended = [sessionChannel(actor.sessionId), userChannel(actor.id)].map((channel) =>
        endedJustNow.get(channel),
      );
      // a login that was opened after "everywhere" was ended is not meant
      return ended.every((at) => at === undefined || at < socket.handshake.issued);
    },
    recheck,
    stop() {
      clearInterval(timer);
      offEnded();
      offChanged();
    },
  };
}
