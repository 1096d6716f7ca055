// What happened in the messages area; the publisher listens.
import type { RoomChanges } from '#shared/messages.ts';

export interface MessageEvents {
  /**
   * Stored, projected, and as sockets get it. One process emits a room's ranges in order and without overlap; where other
   * processes wrote much, a range may start above the end of the last one (`changesBetween` gives what lies between).
   */
  'room.changed': RoomChanges;
  /** The unread mentions of these people in this room may be others now. */
  'mentions.changed': { userIds: string[]; roomId: string };
  /** A post of hers counts against her rate: here, and where she posted through another process. */
  'posting.took': { userId: string };
  'posting.took-elsewhere': { userId: string };
}
