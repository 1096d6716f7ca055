// Pictures and documents in rooms as both sides know them: limits, schemas, views.
import * as v from 'valibot';
import { ATTACHMENT_LIMITS } from './attachments.limits.ts';
import { clientIdSchema } from './messages.ts';
import { roomIdSchema } from './rooms.ts';

export type AttachmentKind = 'image' | 'pdf';

export const attachmentIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
/** For the commands that post: what she uploaded, in the order it is to be shown. */
export const attachmentIdsSchema = v.pipe(
  v.array(attachmentIdSchema),
  v.maxLength(ATTACHMENT_LIMITS.perMessage, 'too-long'),
  v.check((ids) => new Set(ids).size === ids.length, 'invalid'),
);
export const createUploadSchema = v.object({
  roomId: roomIdSchema,
  clientId: clientIdSchema,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1, 'empty')),
  name: v.pipe(v.string(), v.maxLength(1000, 'too-long')),
});

/** A picture or document of a message. `width`, `height` and `thumb` are of pictures; small ones have no thumb. */
export interface AttachmentView {
  id: string;
  kind: AttachmentKind;
  /** For the download; never the name that a picture had on her device. */
  name: string;
  bytes: number;
  width: number | null;
  height: number | null;
  thumb: { width: number; height: number; bytes: number } | null;
}

/** Why a file was not taken: no picture or PDF inside; one that is broken; more pixels than we decode; another cause. */
export type UploadFailure = 'type' | 'broken' | 'pixels' | 'unknown';

/** An upload as its owner sees it. */
export interface UploadView {
  id: string;
  clientId: string;
  bytes: number;
  /** The offset of the next piece. */
  received: number;
  /** `working`: everything is here, the picture is being scaled. Ask again. */
  state: 'uploading' | 'working' | 'ready' | 'failed';
  failure: UploadFailure | null;
  attachment: AttachmentView | null;
}
