// How a room is kept calm, as both sides know it: who writes, how often, from when on. Browser code imports lists and types only.
import * as v from 'valibot';
import { roomIdSchema } from './rooms.ts';

/** Who writes: everyone in it; mentors and above (members read); moderators and the room's hosts (it is locked). */
export const ROOM_WRITING = ['everyone', 'staff', 'moderators'] as const;
export type RoomWriting = (typeof ROOM_WRITING)[number];
/** Seconds between two messages of one member; never so long that what she writes elsewhere would wait with it. */
export const SLOW_SECONDS = [0, 10, 30, 60] as const;
/** Hours after joining the community in which a newcomer reads and does not write. */
export const NEWCOMER_HOURS = [0, 1, 24, 72] as const;

const oneOf = <const T extends readonly number[]>(values: T) =>
  v.pipe(v.union([v.number(), v.pipe(v.string(), v.minLength(1, 'empty'), v.toNumber())]), v.picklist(values));

export const roomToolsSchema = v.object({
  roomId: roomIdSchema,
  writing: v.picklist(ROOM_WRITING),
  slowSeconds: oneOf(SLOW_SECONDS),
  newcomerHours: oneOf(NEWCOMER_HOURS),
});

export interface RoomToolsView {
  writing: RoomWriting;
  slowSeconds: number;
  newcomerHours: number;
}
export const NO_TOOLS: RoomToolsView = { writing: 'everyone', slowSeconds: 0, newcomerHours: 0 };
