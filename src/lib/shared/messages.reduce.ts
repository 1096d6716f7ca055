// How a room's state follows from envelopes: used by the browser and by the tests of the law "fetch, act, apply = act, fetch".
import type { HistoryPage, MessageView, RoomChange, RoomChanges, RoomJoinView } from './messages.ts';

export interface RoomState {
  rev: number;
  posts: number;
  /** Ascending seq, without holes between the oldest loaded and the newest. */
  messages: MessageView[];
  hasOlder: boolean;
}

export const emptyRoom = (): RoomState => ({ rev: 0, posts: 0, messages: [], hasOlder: false });

/** 'gap': something before this envelope is missing, join again. 'old': already had all of it. */
export type Applied = { state: RoomState; outcome: 'applied' | 'old' | 'gap' };

function insertInOrder(messages: MessageView[], message: MessageView): MessageView[] {
  let at = messages.length;
  while (at > 0 && (messages[at - 1]?.seq ?? 0) > message.seq) at--;
  const known = messages[at - 1];
  if (known?.seq === message.seq) return known.rev >= message.rev ? messages : messages.with(at - 1, message);
  return messages.toSpliced(at, 0, message);
}

function removed(message: MessageView, change: Extract<RoomChange, { kind: 'removed' }>): MessageView {
  return { ...message, rev: change.rev, text: null, removedBy: change.removedBy };
}

/** One change on a list of messages; a change whose rev is not above its message's is ignored. */
export function applyChange(messages: MessageView[], change: RoomChange): MessageView[] {
  if (change.kind === 'posted') return insertInOrder(messages, change.message);
  const at = messages.findIndex((message) => message.id === change.messageId);
  const message = messages[at];
  return message && message.rev < change.rev ? messages.with(at, removed(message, change)) : messages;
}

/** An envelope from the live channel. */
export function applyChanges(state: RoomState, envelope: RoomChanges): Applied {
  if (envelope.to <= state.rev) return { state, outcome: 'old' };
  if (envelope.from > state.rev + 1) return { state, outcome: 'gap' };
  const fresh = envelope.changes.filter((change) => change.rev > state.rev);
  const messages = fresh.reduce(applyChange, state.messages);
  return { state: { ...state, rev: envelope.to, posts: envelope.posts, messages }, outcome: 'applied' };
}

/** The answer to a join: a snapshot replaces everything, changes go on from what is there. */
export function applyJoin(state: RoomState, join: RoomJoinView): RoomState {
  if (join.kind === 'snapshot') {
    return { rev: join.rev, posts: join.posts, messages: join.page.messages, hasOlder: join.page.hasOlder };
  }
  const messages = join.changes.filter((change) => change.rev > state.rev).reduce(applyChange, state.messages);
  const ahead = state.rev > join.rev; // envelopes were faster than the answer
  return { ...state, rev: ahead ? state.rev : join.rev, posts: ahead ? state.posts : join.posts, messages };
}

/**
 * A page of older messages. `passed` are the changes that arrived while it was loading: they are applied after it,
 * since the page may have been read before them. A page that was asked for before a reset (a join's snapshot) must be
 * thrown away by the caller: between it and the new newest page something may be missing.
 */
export function applyHistory(state: RoomState, page: HistoryPage, passed: RoomChange[]): RoomState {
  const older = page.messages.filter((message) => message.seq < (state.messages[0]?.seq ?? Infinity));
  const changedOnly = passed.filter((change) => change.kind !== 'posted');
  return {
    ...state,
    messages: changedOnly.reduce(applyChange, [...older, ...state.messages]),
    hasOlder: page.hasOlder,
  };
}
