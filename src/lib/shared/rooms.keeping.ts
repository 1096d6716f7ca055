// How long a room keeps what is written in it, as both sides know it. Browser code imports the list only.
import * as v from 'valibot';
import { roomIdSchema } from './rooms.ts';

/** Days. None is shorter than the room's log remembers. */
export const KEEP_DAYS = [30, 90, 365, 730, 1825] as const;
/** Until the coordinator decides otherwise. */
export const KEPT_DAYS = 730;

export const keepingSchema = v.object({
  roomId: roomIdSchema,
  keepDays: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.minLength(1, 'empty'), v.toNumber())]),
    v.picklist(KEEP_DAYS),
  ),
});
export interface KeepingView {
  keepDays: number;
  /** She may choose. */
  mayChange: boolean;
}
