// How much waits for a person in the notification centre, of all areas together. The hub makes one; frame and sockets ask it.
import type { NotesView } from '#shared/notes.ts';
import { counts } from '#shared/rooms.attention.ts';
import type { Actor } from '../kernel/actor.ts';
import type { MessagesService } from '../messages/messages.service.ts';
import type { ModerationService } from '../moderation/moderation.service.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';

interface NotificationsParts {
  rooms: Pick<RoomsService, 'attention'>;
  messages: Pick<MessagesService, 'mentionCounts'>;
  moderation: Pick<ModerationService, 'news'>;
}
export type NotificationsService = ReturnType<typeof createNotificationsService>;

export function createNotificationsService({ rooms, messages, moderation }: NotificationsParts) {
  return {
    /**
     * Unread mentions and replies where she wants to be told of them, what others made of her in a room, and who waits for
     * her answer, what was decided about her or about what she reported. Rooms without any are left out.
     */
    async notes(actor: Actor): Promise<NotesView> {
      const [mentions, attention, decided] = await Promise.all([
        messages.mentionCounts(actor),
        rooms.attention(actor),
        moderation.news(actor),
      ]);
      const ids = new Set([...Object.keys(mentions), ...attention.keys()]);
      const all = decided.notices + decided.outcomes;
      const ofDecisions = all > 0 ? [{ count: all, quietFrom: '', quietTo: '' }] : [];
      const ofRooms = [...ids].flatMap((id) => {
        const { level = 'all', quietFrom = '', quietTo = '', news = 0 } = attention.get(id) ?? {};
        const count = news + (counts({ level }, 'mention') ? (mentions[id] ?? 0) : 0);
        return count > 0 ? [{ count, quietFrom, quietTo }] : [];
      });
      return [...ofRooms, ...ofDecisions];
    },
  };
}
