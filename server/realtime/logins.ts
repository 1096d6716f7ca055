// Keeps open sockets in step with their logins: what is ended is closed at once, what changed is looked up again. Realtime only.
import { shutOutOf } from '../domain/kernel/sanctions.ts';
import type { Hub } from '../hub.ts';
import { roomsAmong, sessionChannel, userChannel } from './channels.ts';
import type { LiveServer, LiveSocket } from './types.ts';

export interface Logins {
  /** False when the login ended, or she was shut out, while the socket was being opened. */
  stillOpen(socket: LiveSocket): boolean;
  /** Closes sockets whose login is gone, for whatever reason; every 30 s. */
  recheck(): Promise<void>;
  /** Follows what other processes decided about people who are connected here; every 5 s. */
  followSanctions(): Promise<void>;
  stop(): void;
}

const RECHECK_MS = 30_000;
const REMEMBER_MS = 60_000;
const FOLLOW_MS = 5_000;
/** The clocks of two processes may differ by so much. */
const SKEW_MS = 5_000;

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

  /** In the breath in which it is told: from then on no socket acts, or is spoken to, as before. */
  const offSanctioned = hub.bus.on('user.sanctioned', ({ userId, sanctions }) => {
    const out = shutOutOf({ sanctions }, hub.clock.now()) !== null;
    const said = JSON.stringify(sanctions);
    for (const socket of [...io.sockets.sockets.values()]) {
      if (socket.data.actor.id !== userId) continue;
      const same = JSON.stringify(socket.data.actor.sanctions ?? []) === said;
      socket.data.actor = { ...socket.data.actor, sanctions };
      if (out) {
        socket.emit('session:ended', {});
        socket.disconnect(true);
      } else if (!same) {
        for (const roomId of roomsAmong(socket.rooms)) {
          hub.presence.typed(roomId, userId);
          socket.emit('room:resync', { roomId });
        }
        socket.emit('notes:changed', {});
      }
    }
  });

  let followedAt = hub.clock.now().getTime();
  async function followSanctions(): Promise<void> {
    const since = new Date(followedAt - SKEW_MS);
    followedAt = hub.clock.now().getTime();
    const userIds = [...new Set([...io.sockets.sockets.values()].map((socket) => socket.data.actor.id))];
    if (userIds.length > 0) await hub.accounts.followSanctions(userIds, since);
  }
  const following = setInterval(() => {
    followSanctions().catch((error: unknown) => hub.log.warn({ err: error }, 'sanctions not followed'));
  }, FOLLOW_MS).unref();

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
      const sanctions = hub.accounts.sanctionedJustNow(socket.data.actor.id);
      if (sanctions) socket.data.actor = { ...socket.data.actor, sanctions };
      const { actor } = socket.data;
      if (shutOutOf(actor, hub.clock.now())) return false;
      const ended = [sessionChannel(actor.sessionId), userChannel(actor.id)].map((channel) =>
        endedJustNow.get(channel),
      );
      // a login that was opened after "everywhere" was ended is not meant
      return ended.every((at) => at === undefined || at < socket.handshake.issued);
    },
    recheck,
    followSanctions,
    stop() {
      clearInterval(timer);
      clearInterval(following);
      offEnded();
      offChanged();
      offSanctioned();
    },
  };
}
