// How a room's state takes the pages of its history: older, newer, another place; and what it lets go of. For browsers and tests.
import type { HistoryPage, MessageView, RoomChange } from './messages.ts';
import { applyChange, concernsOlder, placed, type RoomState } from './messages.reduce.ts';

/**
 * A page of older messages. `passed` are the changes that arrived while it was loading: they are applied after it,
 * since the page may have been read before them. A page that was asked for before a reset (a join's snapshot) must be
 * thrown away by the caller: between it and the new newest page something may be missing.
 */
export function applyHistory<State extends { messages: MessageView[]; hasOlder: boolean }>(
  state: State,
  page: Pick<HistoryPage, 'messages' | 'hasOlder'>,
  passed: RoomChange[],
): State {
  const older = page.messages.filter((message) => message.seq < (state.messages[0]?.seq ?? Infinity));
  const messages = passed.filter(concernsOlder).reduce(applyChange, [...older, ...state.messages]);
  return { ...state, messages, hasOlder: page.hasOlder };
}

/** A page of newer messages, or with `instead` another part of the room. `passed` as for older ones. */
export function applyPage(
  state: RoomState,
  page: Pick<HistoryPage, 'messages' | 'hasOlder' | 'hasNewer'>,
  passed: RoomChange[],
  instead = false,
): RoomState {
  const { hasNewer } = page;
  const known = instead ? [] : state.messages;
  const newer = page.messages.filter((message) => message.seq > (known.at(-1)?.seq ?? 0));
  const messages = placed(passed, hasNewer).reduce(applyChange, [...known, ...newer]);
  return { ...state, messages, hasNewer, hasOlder: instead ? page.hasOlder : state.hasOlder };
}

/** Lets go of what is older, or newer, than the message with this seq: a long list costs a weak phone its memory. */
export function cutRoom(state: RoomState, side: 'older' | 'newer', seq: number): RoomState {
  const messages = state.messages.filter((message) => (side === 'older' ? message.seq >= seq : message.seq <= seq));
  if (messages.length === state.messages.length) return state;
  return side === 'older' ? { ...state, messages, hasOlder: true } : { ...state, messages, hasNewer: true };
}
