// What happened in the rooms area; the publisher and the presence layer listen.
export interface RoomEvents {
  /** Her read position moved forward: her other devices want to know. */
  'room.read': { userId: string; roomId: string; readPosts: number };
}
