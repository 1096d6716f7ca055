// Names of the channels that sockets subscribe to, and who is in one. Realtime only.
import type { LiveServer, LiveSocket } from './types.ts';

/** Everyone who has the room open. */
export const roomChannel = (roomId: string): string => `room:${roomId}`;
/** Everyone whose room list shows the room. */
export const lobbyChannel = (roomId: string): string => `lobby:${roomId}`;
/** All devices of one person. */
export const userChannel = (userId: string): string => `user:${userId}`;
/** The pages of one login. */
export const sessionChannel = (sessionId: string): string => `session:${sessionId}`;
/** Everyone who looks at the week or at a drop-in. */
export const DROP_INS_CHANNEL = 'drop-ins';
/** Moderators who have the list of what needs a decision, or one case, open. */
export const CASES_CHANNEL = 'cases';
/** Those who look at a queue and read these languages; no other split of its counts reaches them. */
export const queueChannel = (dropInId: string, reads: readonly string[]): string =>
  `queue:${dropInId}:reads:${[...reads].sort().join(',')}`;
/** The hosts of a drop-in. */
export const queueHostsChannel = (dropInId: string): string => `queue:${dropInId}:hosts`;
/** Which queue and audience a channel is for; null for any other channel. */
export function queueOf(channel: string): { dropInId: string; reads: string[] | null } | null {
  const [, dropInId, audience, reads = ''] = /^queue:([^:]+):(hosts|reads)(?::(.*))?$/.exec(channel) ?? [];
  if (dropInId === undefined) return null;
  return { dropInId, reads: audience === 'hosts' ? null : reads.split(',').filter(Boolean) };
}
/** Sockets of people from whom somebody is kept: they get frames of their own. */
export const APART_CHANNEL = 'apart';
/** Sockets that do not read fast enough: bodies are left out for them until they have caught up. */
export const SLOW_CHANNEL = 'slow';

const ROOM = 'room:';
/** The room ids among the channels a socket is in. */
export const roomsAmong = (channels: Iterable<string>): string[] =>
  [...channels].filter((name) => name.startsWith(ROOM)).map((name) => name.slice(ROOM.length));
/** The sockets of this process that are in a channel now. */
export const socketsIn = (io: LiveServer, channel: string): LiveSocket[] =>
  [...(io.sockets.adapter.rooms.get(channel) ?? [])].flatMap((id) => io.sockets.sockets.get(id) ?? []);
