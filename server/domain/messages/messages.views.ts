// Messages and log entries as sockets and pages get them. Imported by the messages service.
import type { PersonView } from '#shared/accounts.ts';
import { asStone, excerptOf } from '#shared/messages.reduce.ts';
import type { MarkView, MessageView, QuoteView, ReactionCounts, RoomChange, RoomChanges } from '#shared/messages.ts';
import { withBehind } from '../kernel/behind.ts';
import type { Clock } from '../kernel/clock.ts';
import {
  messageOf,
  purgedBy,
  type LogEntry,
  type Mark,
  type Message,
  type Quote,
  type Verified,
} from './messages.entities.ts';
import type { MessagesRepository } from './messages.repository.ts';
import { reactionOf } from './messages.reactors.ts';

/** Names are looked up by the accounts area; unknown people get an empty name there. */
export type PersonViews = (ids: string[]) => Promise<Map<string, PersonView>>;

interface ViewParts {
  personViews: PersonViews;
  messages: Pick<MessagesRepository, 'byIds' | 'pinned'>;
  clock: Clock;
}

/** So long a name may be old in another process than the one where it was changed; here `forget` is called. */
const NAME_MS = 5_000;
const NAMES = 2_000;

type Person = (id: string) => PersonView;
/** What a page needs besides its messages: who people are, and the messages that are quoted. */
interface Around {
  person: Person;
  quoted: Map<string, Message>;
}

function countsOf(reactors: readonly string[]): ReactionCounts {
  const counts: ReactionCounts = {};
  for (const reactor of reactors) {
    const reaction = reactionOf(reactor);
    counts[reaction] = (counts[reaction] ?? 0) + 1;
  }
  return withBehind(counts, { reactors });
}

const authorOf = (message: Message, person: Person): PersonView | null =>
  message.anonymous ? null : person(message.authorId);

const gone = ({ removedBy, moved, hidden }: Message): boolean =>
  removedBy !== null || moved !== null || hidden !== null;

function quoteOf({ id, seq }: Quote, { person, quoted }: Around): QuoteView {
  const parent = quoted.get(id);
  if (!parent) return { id, seq, rev: seq, author: null, excerpt: null };
  const excerpt = gone(parent) || parent.text === null ? null : excerptOf(parent.text);
  return { id, seq, rev: parent.textRev, author: authorOf(parent, person), excerpt };
}

const verifiedView = ({ by, at, until, source }: Verified, person: Person): MessageView['verified'] => ({
  by: person(by),
  at: at.toISOString(),
  until: until.toISOString(),
  source,
});

function viewOf(message: Message, around: Around): MessageView {
  const { person } = around;
  const { pinned, verified, moved, replyTo, threadLastAt: lastAt, threadReplies: replies } = message;
  return asStone({
    id: message.id,
    roomId: message.roomId,
    seq: message.seq,
    rev: message.rev,
    post: message.post,
    author: authorOf(message, person),
    text: message.text,
    removedBy: message.removedBy ?? (message.hidden === 'decided' ? 'moderator' : message.hidden),
    at: message.at.toISOString(),
    clientId: message.clientId,
    editedAt: message.editedAt?.toISOString() ?? null,
    lang: message.lang,
    replyTo: replyTo && quoteOf(replyTo, around),
    threadId: message.threadId,
    thread: replies > 0 && lastAt ? { replies, lastAt: lastAt.toISOString() } : null,
    reactions: countsOf(message.reactors),
    pinned: pinned && { at: pinned.at.toISOString(), by: person(pinned.by) },
    answerTo: message.answerTo,
    question: message.question,
    verified: verified && verifiedView(verified, person),
    cover: message.cover,
    attachments: message.attachments,
    mentions: message.mentions,
    moved: moved && { roomId: moved.roomId },
  });
}

function peopleIn(message: Message): string[] {
  const { authorId, anonymous, pinned, verified } = message;
  return [...(anonymous ? [] : [authorId]), ...(pinned ? [pinned.by] : []), ...(verified ? [verified.by] : [])];
}

function markView({ messageId, question, answerTo, verified }: Mark, person: Person): MarkView {
  return {
    messageId,
    ...(question === undefined ? {} : { question }),
    ...(answerTo === undefined ? {} : { answerTo }),
    ...(verified === undefined ? {} : { verified: verified && verifiedView(verified, person) }),
  };
}

export function createMessageViews({ personViews, messages, clock }: ViewParts) {
  const names = new Map<string, { view: PersonView; at: number }>();

  /** A busy room must not ask for the same name with every message. */
  async function people(ids: string[]): Promise<Person> {
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

  async function around(list: readonly Message[], more: string[] = []): Promise<Around> {
    const wanted = [...new Set(list.flatMap(({ replyTo }) => (replyTo ? [replyTo.id] : [])))];
    const quoted = new Map(wanted.length > 0 ? (await messages.byIds(wanted)).map((one) => [one.id, one]) : []);
    const person = await people([...list, ...quoted.values()].flatMap(peopleIn).concat(more));
    return { person, quoted };
  }

  const concerned = (entry: LogEntry): string[] => {
    if (entry.kind === 'pinned') return [entry.since?.by ?? entry.by];
    if (entry.kind !== 'marked') return [];
    return entry.marks.flatMap(({ verified }) => (verified ? [verified.by] : []));
  };

  /** Counts and the order of pins are those of now: later changes say the same again. */
  async function changes(entries: readonly LogEntry[]): Promise<RoomChange[]> {
    const posted = new Map(entries.flatMap((entry) => (entry.kind === 'posted' ? [[entry.id, messageOf(entry)]] : [])));
    const asNow = entries.flatMap(({ kind, messageId }) =>
      kind === 'reacted' || kind === 'hidden' ? [messageId] : [],
    );
    const pinnedIn = entries.find(({ kind }) => kind === 'pinned' || kind === 'hidden')?.roomId;
    const now = new Map(asNow.length > 0 ? (await messages.byIds(asNow)).map((one) => [one.id, one]) : []);
    const hidden = entries.flatMap(({ kind, messageId }) => (kind === 'hidden' ? (now.get(messageId) ?? []) : []));
    const context = await around([...posted.values(), ...hidden], entries.flatMap(concerned));
    const pins = pinnedIn === undefined ? [] : (await messages.pinned(pinnedIn)).map((one) => one.id);

    return entries.map((entry): RoomChange => {
      const { rev, messageId } = entry;
      switch (entry.kind) {
        case 'posted':
          return { rev, kind: 'posted', message: viewOf(posted.get(entry.id) ?? messageOf(entry), context) };
        case 'removed':
          return { rev, kind: 'removed', messageId, removedBy: entry.removedBy, threadId: entry.threadId ?? null };
        case 'moved':
          return { rev, kind: 'moved', messageId, moved: { roomId: entry.moved.roomId }, threadId: entry.threadId };
        case 'edited': {
          const { lang, mentions, at } = entry;
          const text = entry.hidden ? null : entry.text;
          return { rev, kind: 'edited', messageId, text, lang, mentions, editedAt: at.toISOString() };
        }
        case 'reacted':
          return { rev, kind: 'reacted', messageId, reactions: countsOf(now.get(messageId)?.reactors ?? []) };
        case 'pinned': {
          const { by, at } = entry.since ?? entry;
          const pinned = entry.order === null ? null : { at: at.toISOString(), by: context.person(by) };
          return { rev, kind: 'pinned', messageId, pinned, pins };
        }
        case 'hidden': {
          const message = now.get(messageId);
          return { rev, kind: 'hidden', messageId, message: message ? viewOf(message, context) : null, pins };
        }
        case 'purged': {
          const gone = purgedBy(entry);
          const authors = new Map(gone.flatMap(({ id, author }) => (author ? [[id, author]] : [])));
          return withBehind({ rev, kind: 'purged', ids: gone.map(({ id }) => id) }, { authors });
        }
        case 'language':
          return { rev, kind: 'language', messageId, lang: entry.lang };
        case 'marked':
          return { rev, kind: 'marked', marks: entry.marks.map((mark) => markView(mark, context.person)) };
      }
    });
  }

  return {
    async messages(list: readonly Message[]): Promise<MessageView[]> {
      const context = await around(list);
      return list.map((message) => viewOf(message, context));
    },

    changes,

    /** `entries` are those of the range; its last one knows the posts. */
    async envelope(roomId: string, from: number, to: number, entries: readonly LogEntry[]): Promise<RoomChanges> {
      return { roomId, from, to, posts: entries.at(-1)?.posts ?? 0, changes: await changes(entries) };
    },

    /** Somebody by her id, for moderators. */
    async person(id: string): Promise<PersonView> {
      return (await people([id]))(id);
    },

    /** Her name or role changed. */
    forget: (id: string): void => void names.delete(id),
  };
}
