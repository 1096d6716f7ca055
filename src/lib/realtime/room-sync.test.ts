// A room's list stays whole: gaps, lost answers, reconnects, pages that load while changes pass.
import { expect, it } from 'vitest';
import { createRoomSync } from './room-sync.ts';
import type { HistoryPage, MessageView, RoomChange, RoomChanges, RoomJoinView } from '#shared/messages.ts';
import { emptyRoom, PLAIN, type RoomState } from '#shared/messages.reduce.ts';
import type { Result } from '#shared/realtime.ts';

const author = { id: 'a', displayName: 'A.', role: 'member' as const, hue: 0 };
const message = (seq: number): MessageView => ({
  ...PLAIN,
  ...{ id: `m${seq}`, roomId: 'r', seq, rev: seq, post: seq, author, text: `t${seq}`, removedBy: null },
  ...{ at: '2026-11-21T12:00:00Z', clientId: `c${seq}` },
});
const posted = (seq: number): RoomChange => ({ rev: seq, kind: 'posted', message: message(seq) });
const envelope = (from: number, to = from): RoomChanges => ({
  ...{ roomId: 'r', from, to, posts: to },
  changes: Array.from({ length: to - from + 1 }, (_, index) => posted(from + index)),
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
const rest = {
  roomId: 'r',
  viewerId: 'v',
  readPosts: 0,
  purgedBelow: 0,
  editMinutes: 60,
  pins: [],
  mine,
  abilities,
};
const snapshot = (from: number, to: number): Result<RoomJoinView> => ({
  ok: true,
  data: {
    ...{ ...rest, kind: 'snapshot', rev: to, posts: to },
    page: {
      messages: envelope(from, to).changes.map((_, index) => message(from + index)),
      hasOlder: from > 1,
      hasNewer: false,
      mine,
    },
  },
});
const since = (have: number, to: number): Result<RoomJoinView> => ({
  ok: true,
  data: { ...rest, kind: 'changes', rev: to, posts: to, changes: have < to ? envelope(have + 1, to).changes : [] },
});
const settled = () => new Promise((resolve) => setTimeout(resolve));

function setUp(start: RoomState = emptyRoom()) {
  const joins: { since: number | null; answer: (answer: Result<RoomJoinView> | null) => void }[] = [];
  const pages: ((answer: Result<HistoryPage> | null) => void)[] = [];
  const timers: (() => void)[] = [];
  const refusals: string[] = [];
  let state = start;
  const sync = createRoomSync(start, {
    join: (have) => new Promise((answer) => joins.push({ since: have, answer })),
    history: () => new Promise((answer) => pages.push(answer)),
    changed: (next) => (state = next),
    joined: () => undefined,
    mine: () => undefined,
    refused: (code) => refusals.push(code),
    later: (run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  });
  const answer = async (index: number, given: Result<RoomJoinView> | null) => {
    joins[index]?.answer(given);
    await settled();
  };
  return {
    sync,
    joins,
    pages,
    timers,
    refusals,
    answer,
    state: () => state,
    seqs: () => state.messages.map((m) => m.seq),
  };
}

it('applies what arrived before the answer to the join after it', async () => {
  const { sync, answer, seqs } = setUp();
  sync.connected();
  sync.envelope(envelope(3));
  sync.envelope(envelope(4));
  await answer(0, snapshot(1, 3));
  expect(seqs()).toEqual([1, 2, 3, 4]);
});
it('joins again at a gap and loses nothing', async () => {
  const { sync, joins, answer, seqs } = setUp();
  sync.connected();
  await answer(0, snapshot(1, 2));
  sync.envelope(envelope(5));
  expect(joins).toHaveLength(2);
  expect(joins[1]?.since).toBe(2);
  sync.envelope(envelope(6));
  await answer(1, since(2, 5));
  expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
});
it('joins again at every connect, with what it has', async () => {
  const { sync, joins, answer, seqs } = setUp();
  sync.connected();
  await answer(0, snapshot(1, 2));
  sync.disconnected();
  sync.connected();
  expect(joins[1]?.since).toBe(2);
  await answer(1, since(2, 4));
  expect(seqs()).toEqual([1, 2, 3, 4]);
});
it('ignores the answer to a join of an earlier connection', async () => {
  const { sync, joins, answer, seqs } = setUp();
  sync.connected();
  sync.disconnected();
  sync.connected();
  await answer(0, snapshot(1, 1));
  expect(joins).toHaveLength(2);
  await answer(1, snapshot(1, 3));
  expect(seqs()).toEqual([1, 2, 3]);
});
it('asks again after a while when no answer came or the database is away', async () => {
  const { sync, joins, timers, answer, seqs } = setUp();
  sync.connected();
  await answer(0, null);
  timers.shift()?.();
  await answer(1, { ok: false, error: { code: 'unavailable' } });
  timers.shift()?.();
  await answer(2, snapshot(1, 1));
  expect(joins).toHaveLength(3);
  expect(seqs()).toEqual([1]);
});
it('says when the room is closed to her and does not insist', async () => {
  const { sync, refusals, timers, answer } = setUp();
  sync.connected();
  await answer(0, { ok: false, error: { code: 'not-found' } });
  expect(refusals).toEqual(['not-found']);
  expect(timers).toHaveLength(0);
});
it('notices a lost last envelope, but not one that is merely late', async () => {
  const { sync, joins, timers, answer } = setUp();
  sync.connected();
  await answer(0, snapshot(1, 1));
  sync.at(2);
  sync.envelope(envelope(2));
  timers.shift()?.();
  expect(joins).toHaveLength(1);
  sync.at(3);
  timers.shift()?.();
  expect(joins).toHaveLength(2);
});
it('drops what it has already', async () => {
  const { sync, joins, answer, seqs } = setUp();
  sync.connected();
  await answer(0, snapshot(1, 3));
  sync.envelope(envelope(1, 3));
  expect(joins).toHaveLength(1);
  expect(seqs()).toEqual([1, 2, 3]);
});
it('applies a removal that passed while its page was loading', async () => {
  const { sync, pages, answer, state } = setUp();
  sync.connected();
  await answer(0, snapshot(3, 4));
  const loading = sync.loadOlder();
  sync.envelope({
    ...envelope(5),
    changes: [{ rev: 5, kind: 'removed', messageId: 'm1', removedBy: 'author', threadId: null }],
  });
  pages[0]?.({ ok: true, data: { messages: [message(1), message(2)], hasOlder: false, hasNewer: true, mine } });
  expect(await loading).toBe('loaded');
  expect(state().messages.map((one) => one.text)).toEqual([null, 't2', 't3', 't4']);
});
it('drops a page that was loading when the whole list was replaced', async () => {
  const { sync, pages, answer, seqs } = setUp();
  sync.connected();
  await answer(0, snapshot(3, 4));
  const loading = sync.loadOlder();
  sync.resync();
  await answer(1, snapshot(900, 902));
  pages[0]?.({ ok: true, data: { messages: [message(1), message(2)], hasOlder: false, hasNewer: true, mine } });
  expect(await loading).toBe('dropped');
  expect(seqs()).toEqual([900, 901, 902]);
});
