// What happened in the rooms area; the publisher, the presence layer and notices listen.
import type { RoomNotice } from '#shared/rooms.news.ts';
import type { Standing } from '#shared/rooms.ts';

export interface RoomEvents {
  /** Her read position moved forward (`back`: she marked the rest as unread): her other devices want to know. */
  'room.read': { userId: string; roomId: string; readPosts: number; back?: boolean };
  /** Made, named, ordered, archived, reopened: lists and open pages look again. */
  'room.updated': { roomId: string };
  /**
   * She is something else to the room than before. `lost`: she may not read it any more, her sockets leave its channels at
   * once. `notice`: what she is told, when somebody else did it.
   */
  'room.member-changed': {
    roomId: string;
    userId: string;
    standing: Standing;
    host: boolean;
    lost: boolean;
    notice: RoomNotice | null;
  };
  /** Somebody asks to be let in, was answered, or asks no more: those who answer are told. */
  'room.requests-changed': { roomId: string };
  /** She has seen what was told about rooms: her other devices want to know. */
  'notes.seen': { userId: string };
  /** The room is for others than before: everybody in its channels has to come in anew. */
  'room.access-changed': { roomId: string };
  /** This process has done what a change of access asks for; other processes see it by the room's mark. */
  'room.access-raised': { roomId: string; rev: number };
}
