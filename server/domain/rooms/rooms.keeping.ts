// How long a room keeps its messages: the coordinator decides, everybody in it may know. Part of the rooms service.
import { byRoomSchema } from '#shared/rooms.ts';
import { keepingSchema, type KeepingView } from '#shared/rooms.keeping.ts';
import type { Actor } from '../kernel/actor.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { Parts } from './rooms.parts.ts';
import { canKeepLonger, canManage } from './rooms.policy.ts';

export function createKeeping({ rooms, doors, audit }: Parts) {
  return {
    /** For who manages rooms. Raises forbidden, not-found. */
    async keeping(actor: Actor, input: unknown): Promise<KeepingView> {
      insist(canManage(actor));
      const { keepDays } = await doors.stored(parse(byRoomSchema, input).roomId);
      return { keepDays, mayChange: canKeepLonger(actor).ok };
    },

    /** Holds from the next turn of the job on. Raises forbidden, not-found, input.*. */
    async setKeeping(actor: Actor, input: unknown): Promise<void> {
      insist(canKeepLonger(actor));
      const { roomId, keepDays } = parse(keepingSchema, input);
      await doors.stored(roomId);
      await audit.record(actor, {
        action: 'room.kept',
        target: { kind: 'room', id: roomId },
        reason: String(keepDays),
      });
      await rooms.setKeepDays(roomId, keepDays);
      doors.forgetRoom(roomId);
    },
  };
}
