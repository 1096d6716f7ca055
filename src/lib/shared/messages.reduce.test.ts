// How a room's state follows from envelopes, joins and history pages.
import { describe, expect, test } from 'vitest';
import { applyChange, applyChanges, applyJoin, emptyRoom, PLAIN, type RoomState } from './messages.reduce.ts';
import { applyHistory, applyPage, cutRoom } from './messages.pages.ts';
import type { MessageView, RoomChange, RoomChanges, RoomJoinView } from './messages.ts';

const roomId = 'a'.repeat(24);
const author = { id: 'b'.repeat(24), displayName: 'Amal', role: 'member', hue: 3 } as const;

const message = (seq: number, more: Partial<MessageView> = {}): MessageView => ({
  ...PLAIN,
  id: String(seq).padStart(24, '0'),
  roomId,
  seq,
  rev: seq,
  post: seq,
  author,
  text: `text ${seq}`,
  removedBy: null,
  at: '2026-11-22T12:00:00.000Z',
  clientId: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
  ...more,
});
const posted = (seq: number): RoomChange => ({ rev: seq, kind: 'posted', message: message(seq) });
const removed = (rev: number, seq: number): RoomChange => ({
  rev,
  kind: 'removed',
  messageId: message(seq).id,
  removedBy: 'author',
  threadId: null,
});
const stone = (rev: number, seq: number) => message(seq, { rev, text: null, removedBy: 'author' });
const envelope = (from: number, to: number, changes: RoomChange[], posts = to): RoomChanges => ({
  roomId,
  from,
  to,
  posts,
  changes,
});
const room = (seqs: number[], more: Partial<RoomState> = {}): RoomState => ({
  rev: seqs.at(-1) ?? 0,
  posts: seqs.at(-1) ?? 0,
  pins: [],
  messages: seqs.map((seq) => message(seq)),
  hasOlder: false,
  hasNewer: false,
  ...more,
});
const abilities = {
  read: true,
  post: true,
  removeOthers: false,
  join: false,
  ask: false,
  leave: true,
  host: false,
  manage: false,
};
const mine = { reactions: {}, anonymous: [], saved: [] };
const joined = { roomId, viewerId: 'v', readPosts: 0, purgedBelow: 0, editMinutes: 60, pins: [], mine, abilities };
const snapshot = (rev: number, messages: MessageView[], hasOlder = false): RoomJoinView => ({
  ...joined,
  kind: 'snapshot',
  rev,
  posts: rev,
  page: { messages, hasOlder, hasNewer: false, mine },
});
const caughtUp = (rev: number, changes: RoomChange[], posts = rev): RoomJoinView => ({
  ...joined,
  kind: 'changes',
  rev,
  posts,
  changes,
});

describe('envelopes', () => {
  test('the next one is applied', () => {
    const { state, outcome } = applyChanges(room([1]), envelope(2, 3, [posted(2), removed(3, 1)], 2));
    expect(outcome).toBe('applied');
    expect(state).toEqual({
      rev: 3,
      posts: 2,
      pins: [],
      messages: [stone(3, 1), message(2)],
      hasOlder: false,
      hasNewer: false,
    });
  });

  test('one that is known in whole is old and changes nothing', () => {
    const state = room([1, 2]);
    expect(applyChanges(state, envelope(1, 2, [posted(1), posted(2)]))).toEqual({ state, outcome: 'old' });
  });

  test('one after a missing rev is a gap and changes nothing', () => {
    const state = room([1]);
    expect(applyChanges(state, envelope(3, 3, [posted(3)]))).toEqual({ state, outcome: 'gap' });
  });

  test('of one that overlaps only the new part counts', () => {
    const { state, outcome } = applyChanges(room([1, 2]), envelope(2, 3, [posted(2), posted(3)]));
    expect(outcome).toBe('applied');
    expect(state.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('what the viewer may not see is left out inside the range, and that is no gap', () => {
    const { state, outcome } = applyChanges(room([1]), envelope(2, 5, [posted(4)]));
    expect([outcome, state.rev, state.messages.map(({ seq }) => seq)]).toEqual(['applied', 5, [1, 4]]);
  });

  test('a message that a snapshot already has, in a newer state, stays as it is', () => {
    const state = { ...room([1]), messages: [message(1), stone(3, 2)] };
    const applied = applyChanges(state, envelope(2, 2, [posted(2)]));
    expect(applied.state.messages).toEqual([message(1), stone(3, 2)]);
    expect(applyChanges(applied.state, envelope(3, 3, [removed(3, 2)])).state.messages).toEqual([
      message(1),
      stone(3, 2),
    ]);
  });

  test('messages that a snapshot holds ahead of its rev take the earlier ones between them in order', () => {
    const state = { ...room([]), rev: 1, messages: [message(3), message(4)] };
    expect(applyChanges(state, envelope(2, 2, [posted(2)])).state.messages.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });
});

describe('single changes', () => {
  test('removing what is not loaded changes nothing', () => {
    const messages = [message(5)];
    expect(applyChange(messages, removed(6, 1))).toBe(messages);
  });

  test('every change may come twice', () => {
    const once = [posted(2), removed(3, 2)].reduce(applyChange, [message(1)]);
    expect([posted(2), removed(3, 2)].reduce(applyChange, once)).toEqual(once);
  });
});

describe('joining', () => {
  test('a snapshot replaces everything', () => {
    expect(applyJoin(room([1, 2]), snapshot(9, [message(8), message(9)], true))).toEqual({
      rev: 9,
      posts: 9,
      pins: [],
      messages: [message(8), message(9)],
      hasOlder: true,
      hasNewer: false,
    });
    expect(applyJoin(emptyRoom(), snapshot(0, []))).toEqual(emptyRoom());
  });

  test('changes go on from what is there', () => {
    const state = applyJoin(room([1, 2], { hasOlder: true }), caughtUp(4, [posted(3), removed(4, 1)], 3));
    expect(state).toEqual({
      rev: 4,
      posts: 3,
      pins: [],
      messages: [stone(4, 1), message(2), message(3)],
      hasOlder: true,
      hasNewer: false,
    });
  });

  test('an answer that envelopes have overtaken takes nothing back', () => {
    const ahead = room([1, 2, 3]);
    expect(applyJoin(ahead, caughtUp(2, [posted(2)]))).toEqual(ahead);
  });
});

describe('history', () => {
  test('a page goes in front', () => {
    const state = applyHistory(room([4, 5]), { messages: [message(2), message(3)], hasOlder: true }, []);
    expect(state.messages.map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
    expect(state.hasOlder).toBe(true);
  });

  test('what passed while it was loading is applied after it', () => {
    const state = applyHistory(room([4]), { messages: [message(2), message(3)], hasOlder: false }, [
      posted(5),
      removed(6, 3),
      removed(7, 4),
    ]);
    expect(state.messages).toEqual([message(2), stone(6, 3), stone(7, 4)]);
  });

  test('a page that already knows what passed stays as it is', () => {
    const state = applyHistory(room([4]), { messages: [stone(6, 3)], hasOlder: false }, [removed(6, 3)]);
    expect(state.messages).toEqual([stone(6, 3), message(4)]);
  });

  test('a page that came twice doubles nothing', () => {
    const page = { messages: [message(2), message(3)], hasOlder: false };
    const once = applyHistory(room([4]), page, []);
    expect(applyHistory(once, page, [])).toEqual(once);
  });
});

describe('reading further up', () => {
  const up = room([2, 3], { rev: 9, posts: 9, hasOlder: true, hasNewer: true });
  const seqs = ({ messages }: RoomState) => messages.map(({ seq }) => seq);

  test('what is posted has no place until the newest are loaded, everything else happens', () => {
    const { state } = applyChanges(up, envelope(10, 11, [posted(10), removed(11, 3)]));
    expect([state.rev, state.posts, seqs(state)]).toEqual([11, 11, [2, 3]]);
    expect(state.messages[1]).toEqual(stone(11, 3));
    expect(seqs(applyJoin(up, caughtUp(10, [posted(10)])))).toEqual([2, 3]);
  });

  test('newer pages go behind; with the last one what was posted meanwhile has its place', () => {
    const next = applyPage(up, { messages: [message(4)], hasOlder: true, hasNewer: true }, [
      posted(10),
      removed(11, 2),
    ]);
    expect([seqs(next), next.hasNewer, next.messages[0]?.text]).toEqual([[2, 3, 4], true, null]);
    const last = { messages: [message(5), message(9)], hasOlder: true, hasNewer: false };
    const whole = applyPage(next, last, [posted(10)]);
    expect([seqs(whole), whole.hasNewer, whole.hasOlder]).toEqual([[2, 3, 4, 5, 9, 10], false, true]);
    expect(seqs(applyPage(whole, last, [posted(10)]))).toEqual(seqs(whole));
  });

  test('another part takes the place of what was loaded', () => {
    const state = applyPage(up, { messages: [message(6)], hasOlder: false, hasNewer: true }, [removed(12, 6)], true);
    expect([seqs(state), state.hasOlder, state.hasNewer, state.messages[0]?.text]).toEqual([[6], false, true, null]);
  });

  test('what is far away can be let go of at both ends, and is there to be loaded again', () => {
    const all = room([1, 2, 3, 4]);
    expect(cutRoom(all, 'newer', 2)).toMatchObject({ hasOlder: false, hasNewer: true });
    expect(seqs(cutRoom(all, 'newer', 2))).toEqual([1, 2]);
    expect(cutRoom(all, 'older', 3)).toMatchObject({ hasOlder: true, hasNewer: false });
    expect(seqs(cutRoom(all, 'older', 3))).toEqual([3, 4]);
    expect(cutRoom(all, 'older', 1)).toBe(all);
  });
});
