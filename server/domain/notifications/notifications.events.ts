// What happened to notices; the publisher and whoever sends them on to devices listen.
import type { NoticeView } from '#shared/notifications.ts';

export interface NotificationEvents {
  /** She has a new one. */
  'notice.created': { userId: string; notice: NoticeView };
  /** She read some: her other devices want to know. */
  'notices.read': { userId: string };
}
