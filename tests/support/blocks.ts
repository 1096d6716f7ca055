// What a view by events and a fresh look may differ in: the rev of a stone, which nobody sees. Tests only.
import type { MessageView } from '#shared/messages.ts';

export const withoutDetail = ({ rev: _rev, replyTo, ...message }: MessageView) => ({
  ...message,
  replyTo: replyTo && { ...replyTo, rev: 0 },
});
