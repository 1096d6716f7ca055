// How a room's state follows from envelopes: used by the browser and by the tests of the law "fetch, act, apply = act, fetch".
import { LIMITS } from './limits.ts';
import type { MarkView, MessageView, RoomChange, RoomChanges, RoomJoinView } from './messages.ts';

export interface RoomState {
  rev: number;
  posts: number;
  /** Ids of the pinned messages in their order. */
  pins: string[];
  /** Ascending seq, without holes between the first and the last; without what is written in threads. */
  messages: MessageView[];
  hasOlder: boolean;
  /** She reads further up: what is posted has no place here until the newest are loaded again. */
  hasNewer: boolean;
}
export const emptyRoom = (): RoomState => ({
  ...{ rev: 0, posts: 0, pins: [], messages: [], hasOlder: false, hasNewer: false },
});

/** What a message is like to which nothing has happened; a stone is like that too. */
const plain = {
  editedAt: null,
  lang: null,
  replyTo: null,
  reactions: {},
  pinned: null,
  answerTo: null,
  question: null,
  verified: null,
  cover: null,
  attachments: [] as never[],
  mentions: [] as never[],
} satisfies Partial<MessageView>;
export const PLAIN = { ...plain, threadId: null, thread: null, moved: null } satisfies Partial<MessageView>;

/** 'gap': something before this envelope is missing, join again. 'old': already had all of it. */
export type Applied = { state: RoomState; outcome: 'applied' | 'old' | 'gap' };

type ChangeOf<Kind extends RoomChange['kind']> = Extract<RoomChange, { kind: Kind }>;

export const isStone = (message: Pick<MessageView, 'removedBy' | 'moved'>): boolean =>
  message.removedBy !== null || message.moved !== null;

/** Words and everything about them are gone; what stays is who, when, and the thread below it. */
export const asStone = (message: MessageView): MessageView =>
  isStone(message) ? { ...message, ...plain, text: null } : message;

export function insertInOrder(messages: MessageView[], message: MessageView): MessageView[] {
  let at = messages.length;
  while (at > 0 && (messages[at - 1]?.seq ?? 0) > message.seq) at--;
  const known = messages[at - 1];
  if (known?.seq === message.seq) return known.rev >= message.rev ? messages : messages.with(at - 1, message);
  return messages.toSpliced(at, 0, message);
}

/** Replaces the message with this id, unless it has the change already. */
function change(
  messages: MessageView[],
  id: string | null,
  rev: number,
  make: (message: MessageView) => MessageView | null,
): MessageView[] {
  const at = id === null ? -1 : messages.findIndex((message) => message.id === id);
  const message = messages[at];
  if (!message || message.rev >= rev) return messages;
  const next = make(message);
  // a message sent whole may know of later changes: these are in it already
  return next ? messages.with(at, { ...next, rev: Math.max(rev, next.rev) }) : messages;
}

/** For changes of a message that still has its words: a stone changes no more. */
const alter = (messages: MessageView[], id: string, rev: number, more: Partial<MessageView>): MessageView[] =>
  change(messages, id, rev, (message) => (isStone(message) ? null : { ...message, ...more }));

/** Quotes of a message whose words changed at `rev`. */
function requote(messages: MessageView[], id: string, rev: number, excerpt: string | null): MessageView[] {
  if (!messages.some(({ replyTo }) => replyTo?.id === id && replyTo.rev < rev)) return messages;
  return messages.map((message) =>
    message.replyTo?.id === id && message.replyTo.rev < rev
      ? { ...message, replyTo: { ...message.replyTo, rev, excerpt } }
      : message,
  );
}

const replied =
  (at: string) =>
  (root: MessageView): MessageView => ({
    ...root,
    thread: { replies: (root.thread?.replies ?? 0) + 1, lastAt: at },
  });
function unreplied(root: MessageView): MessageView {
  const replies = (root.thread?.replies ?? 0) - 1;
  return { ...root, thread: root.thread && replies > 0 ? { ...root.thread, replies } : null };
}

function gone(messages: MessageView[], { rev, ...what }: ChangeOf<'removed' | 'moved'>): MessageView[] {
  const { messageId, threadId } = what;
  const end = what.kind === 'removed' ? { removedBy: what.removedBy } : { moved: what.moved };
  const stones = change(messages, messageId, rev, (message) =>
    isStone(message) ? null : asStone({ ...message, ...end }),
  );
  return requote(change(stones, threadId, rev, unreplied), messageId, rev, null);
}

function edited(messages: MessageView[], next: ChangeOf<'edited'>): MessageView[] {
  const { messageId, rev, text, lang, mentions, editedAt } = next;
  if (text === null) return messages;
  const changed = alter(messages, messageId, rev, { text, lang, mentions, editedAt });
  return requote(changed, messageId, rev, excerptOf(text));
}

const marked = (messages: MessageView[], { messageId, ...mark }: MarkView, rev: number): MessageView[] =>
  alter(messages, messageId, rev, mark);

/** The start of a text, cut between characters as people see them. Both sides make excerpts with it. */
export function excerptOf(text: string, length = LIMITS.excerptLength): string {
  const line = text.replaceAll(/\s+/gu, ' ');
  if (line.length <= length) return line;
  let excerpt = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(
    line.slice(0, length * 2),
  )) {
    if (excerpt.length + segment.length > length) break;
    excerpt += segment;
  }
  return `${excerpt}…`;
}

/** One change on a list of messages; a change whose rev is not above its message's is ignored. */
export function applyChange(messages: MessageView[], next: RoomChange): MessageView[] {
  const { rev } = next;
  switch (next.kind) {
    case 'posted': {
      const { message } = next;
      if (message.threadId === null) return insertInOrder(messages, message);
      return change(messages, message.threadId, rev, replied(message.at));
    }
    case 'removed':
    case 'moved':
      return gone(messages, next);
    case 'edited':
      return edited(messages, next);
    case 'hidden':
      return requote(
        change(messages, next.messageId, rev, () => next.message),
        next.messageId,
        rev,
        next.message?.text ? excerptOf(next.message.text) : null,
      );
    case 'reacted':
      return alter(messages, next.messageId, rev, { reactions: next.reactions });
    case 'pinned':
      return alter(messages, next.messageId, rev, { pinned: next.pinned });
    case 'language':
      return alter(messages, next.messageId, rev, { lang: next.lang });
    case 'purged': {
      const { ids } = next;
      return messages
        .filter(({ id }) => !ids.includes(id))
        .map((message) =>
          message.replyTo && ids.includes(message.replyTo.id) ? { ...message, replyTo: null } : message,
        );
    }
    case 'marked':
      return next.marks.reduce((list, mark) => marked(list, mark, rev), messages);
  }
}

function applyPins(pins: string[], next: RoomChange): string[] {
  if ('pins' in next) return next.pins;
  if (next.kind !== 'removed' && next.kind !== 'moved') return pins;
  return pins.includes(next.messageId) ? pins.filter((id) => id !== next.messageId) : pins;
}

/** Posts come to the end of the newest page; of those in threads the root wants to know, wherever it stands. */
export const concernsOlder = (change: RoomChange): boolean =>
  change.kind !== 'posted' || change.message.threadId !== null;
export const placed = (changes: RoomChange[], hasNewer: boolean): RoomChange[] =>
  hasNewer ? changes.filter(concernsOlder) : changes;

/** An envelope from the live channel. */
export function applyChanges(state: RoomState, envelope: RoomChanges): Applied {
  if (envelope.to <= state.rev) return { state, outcome: 'old' };
  if (envelope.from > state.rev + 1) return { state, outcome: 'gap' };
  const fresh = envelope.changes.filter((change) => change.rev > state.rev);
  const messages = placed(fresh, state.hasNewer).reduce(applyChange, state.messages);
  const pins = fresh.reduce(applyPins, state.pins);
  return { state: { ...state, rev: envelope.to, posts: envelope.posts, pins, messages }, outcome: 'applied' };
}

/** The answer to a join: a snapshot replaces everything, changes go on from what is there. */
export function applyJoin(state: RoomState, join: RoomJoinView): RoomState {
  const { rev, posts, pins } = join;
  if (join.kind === 'snapshot') {
    return { rev, posts, pins, messages: join.page.messages, hasOlder: join.page.hasOlder, hasNewer: false };
  }
  const fresh = join.changes.filter((change) => change.rev > state.rev);
  const messages = placed(fresh, state.hasNewer).reduce(applyChange, state.messages);
  if (state.rev > rev) return { ...state, messages }; // envelopes were faster than the answer
  return { ...state, rev, posts, pins, messages };
}
