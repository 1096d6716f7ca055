// Messages and log entries as sockets and pages get them. Imported by the messages service.
import type { PersonView } from '#shared/accounts.ts';
import { PLAIN } from '#shared/messages.reduce.ts';
import type { MessageView, RoomChange, RoomChanges } from '#shared/messages.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf, type LogEntry, type Message } from './messages.entities.ts';

/** Names are looked up by the accounts area; unknown people get an empty name there. */
export type PersonViews = (ids: string[]) => Promise<Map<string, PersonView>>;

/** So long a name may be old in another process than the one where it was changed; here `forget` is called. */
const NAME_MS = 5_000;
const NAMES = 2_000;

export function createMessageViews({ personViews, clock }: { personViews: PersonViews; clock: Clock }) {
  const names = new Map<string, { view: PersonView; at: number }>();

  /** A busy room must not ask for the same name with every message. */
  async function people(ids: string[]): Promise<(id: string) => PersonView> {
    const now = clock.now().getTime();
    const wanted = [...new Set(ids)];
    const fresh = (id: string): boolean => Math.abs(now - (names.get(id)?.at ?? -Infinity)) < NAME_MS;
    const kept = new Map(wanted.filter(fresh).map((id) => [id, names.get(id)?.view]));
    const missing = wanted.filter((id) => !kept.has(id));
    const found = missing.length > 0 ? await personViews(missing) : new Map<string, PersonView>();
    if (names.size > NAMES) names.clear();
    for (const [id, view] of found) names.set(id, { view, at: now });
    return (id) => kept.get(id) ?? found.get(id) ?? { id, displayName: '', role: 'member', hue: 0 };
  }

  const viewOf = (message: Message, person: (id: string) => PersonView): MessageView => ({
    ...PLAIN,
    id: message.id,
    roomId: message.roomId,
    seq: message.seq,
    rev: message.rev,
    post: message.post,
    author: person(message.authorId),
    text: message.text,
    removedBy: message.removedBy,
    at: message.at.toISOString(),
    clientId: message.clientId,
  });

  async function changes(entries: readonly LogEntry[]): Promise<RoomChange[]> {
    const person = await people(entries.flatMap((entry) => (entry.kind === 'posted' ? [entry.by] : [])));
    return entries.map((entry) =>
      entry.kind === 'posted'
        ? { rev: entry.rev, kind: 'posted', message: viewOf(messageOf(entry), person) }
        : { rev: entry.rev, kind: 'removed', messageId: entry.messageId, removedBy: entry.removedBy, threadId: null },
    );
  }

  return {
    async messages(list: readonly Message[]): Promise<MessageView[]> {
      const person = await people(list.map((message) => message.authorId));
      return list.map((message) => viewOf(message, person));
    },

    changes,

    /** `entries` are those of the range; its last one knows the posts. */
    async envelope(roomId: string, from: number, to: number, entries: readonly LogEntry[]): Promise<RoomChanges> {
      return { roomId, from, to, posts: entries.at(-1)?.posts ?? 0, changes: await changes(entries) };
    },

    /** Her name or role changed. */
    forget: (id: string): void => void names.delete(id),
  };
}
