// How much waits for a person in the notification centre, of all areas together. The hub makes one; frame and sockets ask it.
import type { NotesView } from '#shared/notes.ts';
import { counts } from '#shared/rooms.attention.ts';
import type { Actor } from '../kernel/actor.ts';
import type { MessagesService } from '../messages/messages.service.ts';
import type { ModerationService } from '../moderation/moderation.service.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import type { NoticesService } from './notices.service.ts';

interface NotificationsParts {
  rooms: Pick<RoomsService, 'attention'>;
  messages: Pick<MessagesService, 'mentionCounts'>;
  notices: Pick<NoticesService, 'unread'>;
  moderation: Pick<ModerationService, 'news'>;
}
export type NotificationsService = ReturnType<typeof createNotificationsService>;

export function createNotificationsService({ rooms, messages, notices, moderation }: NotificationsParts) {
  return {
    /**
     * Unread mentions and replies where she wants to be told of them, what others made of her in a room, and who waits for
     * her answer; then her notices, and what was decided about her or about what she reported. What has none is left out.
     */
    async notes(actor: Actor): Promise<NotesView> {
      const [mentions, attention, unread, decided] = await Promise.all([
        messages.mentionCounts(actor),
        rooms.attention(actor),
        notices.unread(actor),
        moderation.news(actor),
      ]);
      const ids = new Set([...Object.keys(mentions), ...attention.keys()]);
      const fresh = unread + decided.notices + decided.outcomes;
      const told = fresh > 0 ? [{ count: fresh, quietFrom: '', quietTo: '' }] : [];
      const ofRooms = [...ids].flatMap((id) => {
        const { level = 'all', quietFrom = '', quietTo = '', news = 0 } = attention.get(id) ?? {};
        const count = news + (counts({ level }, 'mention') ? (mentions[id] ?? 0) : 0);
        return count > 0 ? [{ count, quietFrom, quietTo }] : [];
      });
      return [...ofRooms, ...told];
    },
  };
}
