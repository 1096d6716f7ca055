// What waits for her about rooms: what others made of her there, and who asks to be let in. Schemas and views of both sides.
import * as v from 'valibot';
import { LIMITS } from './limits.ts';
import type { LocalizedText } from './locales.ts';
import { roomIdSchema } from './rooms.ts';

/** What others may make of her in a room: it is told until she has seen it. */
export type RoomNotice = 'accepted' | 'declined' | 'invited' | 'removed' | 'host';

export interface RoomNoticeView {
  roomId: string;
  /** null: the room is not there for her any more. */
  slug: string | null;
  name: LocalizedText;
  notice: RoomNotice;
}
/** A room in which she answers, and people wait. */
interface RoomWaitingView {
  roomId: string;
  slug: string;
  name: LocalizedText;
  count: number;
}
export interface RoomNewsView {
  /** The newest first; at most LIMITS.listPage. */
  notices: RoomNoticeView[];
  waiting: RoomWaitingView[];
}

export const seenNoticesSchema = v.object({
  roomIds: v.pipe(v.array(roomIdSchema), v.minLength(1, 'empty'), v.maxLength(LIMITS.listPage, 'too-long')),
});
