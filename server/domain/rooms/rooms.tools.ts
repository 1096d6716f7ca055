// Keeping a room calm: who writes there, how often, from when on. Part of the rooms service; the policy decides, this file counts.
import { byRoomSchema, type RoomView } from '#shared/rooms.ts';
import { roomToolsSchema, type RoomToolsView } from '#shared/rooms.tools.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { newcomerReadPosts } from './newcomer.ts';
import type { Parts } from './rooms.parts.ts';
import { canManage } from './rooms.policy.ts';

const toolsOf = ({ writing, slowSeconds, newcomerHours }: RoomToolsView): RoomToolsView => ({
  ...{ writing, slowSeconds, newcomerHours },
});

export function createTools({ rooms, doors, bus, clock, audit }: Parts) {
  return {
    /** For moderators. Raises forbidden, not-found. */
    async tools(actor: Actor, input: unknown): Promise<RoomToolsView> {
      insist(canManage(actor));
      return toolsOf(await doors.stored(parse(byRoomSchema, input).roomId));
    },

    /** Holds at once: who has the room open is told what she may do now. Raises forbidden, not-found, input.*. */
    async setTools(actor: Actor, input: unknown): Promise<RoomToolsView> {
      insist(canManage(actor));
      const { roomId, ...tools } = parse(roomToolsSchema, input);
      await doors.stored(roomId);
      const reason = `${tools.writing}, slow ${tools.slowSeconds} s, newcomers ${tools.newcomerHours} h`;
      await audit.record(actor, { action: 'room.paced', target: { kind: 'room', id: roomId }, reason });
      await rooms.setTools(roomId, tools);
      doors.forgetRoom(roomId);
      bus.emit('room.access-changed', { roomId });
      await doors.raiseAccess(roomId);
      return tools;
    },

    /**
     * Slow mode, for who posts: takes her turn, or raises 'rate.limited' with the seconds she waits. The same `clientId`
     * again has its turn already. Mentors and above do not wait.
     */
    async takeTurn(actor: Actor, room: RoomView, clientId: string): Promise<void> {
      const { slow } = room.abilities;
      if (slow === undefined) return;
      const now = clock.now();
      const next = new Date(now.getTime() + slow * 1000);
      const head = await rooms.head(room.id);
      const readPosts = newcomerReadPosts(head?.posts ?? 0);
      const until = await rooms.takeTurn(room.id, actor.id, { clientId, now, next, readPosts });
      if (until) throw new AppError('rate.limited', { seconds: Math.ceil((until.getTime() - now.getTime()) / 1000) });
    },
  };
}
