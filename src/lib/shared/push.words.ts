// What a locked phone is told: neutral words in every language, and which notice says which. Pure, without schemas; both sides load it.
import type { LocalizedText } from './locales.ts';
import type { NoticeKind } from './notifications.ts';

/** What the service worker gets. Nobody who reads it over her shoulder learns anything. */
export interface PushPayload {
  /** Of the notice: the same one again does not ring again. */
  id: string;
  /** One notification on the screen for each thing; the newer takes the place of the older. */
  tag: string;
  title: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  /** Path of the page that a tap opens. */
  url: string;
}

/** Names no person, topic, room or place. */
export const PUSH_WORDS: Record<'now' | 'soon' | 'news', LocalizedText> = {
  now: { de: 'Es ist so weit', en: 'It is time', ar: 'حان الوقت', uk: 'Уже час' },
  soon: { de: 'Bald ist es so weit', en: 'It is almost time', ar: 'اقترب الوقت', uk: 'Скоро час' },
  news: { de: 'Es gibt etwas Neues', en: 'There is something new', ar: 'هناك شيء جديد', uk: 'Є щось нове' },
};
/** Which words, and whether she waits for it: then it comes through in quiet hours too. */
export const PUSH_KINDS: Record<NoticeKind, { words: keyof typeof PUSH_WORDS; waiting: boolean }> = {
  'drop-in.reminder': { words: 'soon', waiting: false },
  'drop-in.host-reminder': { words: 'soon', waiting: false },
  'drop-in.missed': { words: 'news', waiting: false },
  'drop-in.cancelled': { words: 'news', waiting: false },
  'drop-in.moved': { words: 'news', waiting: false },
  'drop-in.still-there': { words: 'now', waiting: true },
  'office-hours.ended': { words: 'news', waiting: false },
  'ticket.soon': { words: 'soon', waiting: true },
  'ticket.turn': { words: 'now', waiting: true },
  'ticket.group': { words: 'now', waiting: true },
  'ticket.not-found': { words: 'news', waiting: true },
  'door.closed': { words: 'news', waiting: false },
  'ticket.answered': { words: 'news', waiting: false },
};
/** The page that a notice is about. */
export const noticePath = ({ ticketId, dropInId, door }: Record<string, string>): string =>
  door ? '/decisions' : ticketId ? `/tickets/${ticketId}` : dropInId ? `/drop-in/${dropInId}` : '/notes';
