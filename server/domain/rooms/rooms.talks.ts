// Rooms of talks: made, closed and filled by the talks area alone; nobody comes in or hosts here by role. Part of the rooms service.
import { retryIdempotent } from '../../database/errors.ts';
import { OUTSIDE } from './rooms.members.ts';
import type { Parts } from './rooms.parts.ts';

export function createTalkRoom({ rooms, doors, bus, clock }: Parts) {
  return {
    talk: {
      /** The room is there and these people (account or alias) are in it. May run twice. */
      async make(roomId: string, people: readonly string[]): Promise<void> {
        await rooms.makeTalk(roomId);
        for (const userId of people) {
          const set = { ...OUTSIDE, standing: 'in' as const, since: clock.now(), shown: false };
          await retryIdempotent(() => rooms.step(roomId, userId, ['visitor'], set, 0));
          doors.forgetPlace(roomId, userId);
        }
        doors.forgetRoom(roomId);
      },
      /** She is out at once. */
      async putOut(roomId: string, userId: string): Promise<void> {
        const member = await rooms.step(roomId, userId, ['in'], { ...OUTSIDE, since: clock.now() });
        doors.forgetPlace(roomId, userId);
        if (!member) return;
        bus.emit('room.member-changed', { roomId, userId, standing: 'visitor', host: false, lost: true, notice: null });
        await doors.raiseAccess(roomId);
      },
      /** Nobody writes any more; those in it still read. */
      async close(roomId: string): Promise<void> {
        await rooms.closeTalk(roomId);
        doors.forgetRoom(roomId);
        bus.emit('room.access-changed', { roomId });
        await doors.raiseAccess(roomId);
      },
    },
  };
}
