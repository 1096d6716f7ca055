// Notices: what she is told beside the messages that mean her. Schemas and views; the words are the interface's.
import * as v from 'valibot';

export const NOTICE_KINDS = [
  'drop-in.reminder', // params: dropInId, startsAt
  'drop-in.host-reminder',
  'drop-in.missed',
  'drop-in.cancelled',
  'drop-in.moved',
  'drop-in.still-there',
  'office-hours.ended',
  'ticket.soon', // params: ticketId
  'ticket.turn',
  'ticket.group', // a host asks her to come into a talk with others
  'ticket.not-found',
  'door.closed', // params: door (why); moderators
  'ticket.answered', // the question that she left
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
/** Days after which a notice is forgotten, read or not. */
export const NOTICE_DAYS = 60;
/** Ids and times only, never a text or a name: the words are made where they are read. */
export type NoticeParams = Record<string, string>;

/** `key`: the same one is told to the same person once, however often. */
export interface NewNotice {
  key: string;
  kind: NoticeKind;
  params: NoticeParams;
  /** Her devices are told until then; left out: for a day. */
  until?: Date;
}
export interface NoticeView {
  id: string;
  kind: NoticeKind;
  params: NoticeParams;
  /** ISO 8601 */
  at: string;
  read: boolean;
}

const noticeId = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
export const noticesPageSchema = v.object({ before: v.fallback(v.nullish(noticeId), null) });
/** The place that she looks at. */
export const seenTicketSchema = v.object({ ticketId: noticeId });
export const readNoticesSchema = v.object({ noticeIds: v.pipe(v.array(noticeId), v.maxLength(100, 'too-long')) });
