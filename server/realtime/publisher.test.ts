// Contiguous ranges, whatever came from where.
import { describe, expect, test } from 'vitest';
import type { RoomChanges } from '#shared/messages.ts';
import { AppError } from '../domain/kernel/app-error.ts';
import { silentLogger } from '../domain/kernel/logger.ts';
import { createPublisher, mergeChanges } from './publisher.ts';

const range = (from: number, to: number): RoomChanges => ({
  roomId: 'jobs',
  from,
  to,
  posts: to,
  changes: Array.from({ length: to - from + 1 }, (_, i) => ({
    rev: from + i,
    kind: 'removed' as const,
    messageId: `m${from + i}`,
    removedBy: 'author' as const,
    threadId: null,
  })),
});

function setup() {
  const delivered: [number, number][] = [];
  const resyncs: string[] = [];
  const state = { head: 0, read: (_from: number, _to: number): void => undefined };
  const publisher = createPublisher({
    changesBetween: async (_roomId, from, to) => {
      state.read(from, to);
      return range(from, to);
    },
    heads: async () => new Map([['jobs', state.head]]),
    deliver: ({ from, to }) => delivered.push([from, to]),
    resync: (roomId) => resyncs.push(roomId),
    activeRooms: () => ['jobs'],
    log: silentLogger,
  });
  return { publisher, delivered, resyncs, state };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('what the publisher hands to the sockets', () => {
  test('events of this process go out as they come', () => {
    const { publisher, delivered } = setup();
    publisher.changed(range(1, 1));
    publisher.changed(range(2, 4));
    expect(delivered).toEqual([
      [1, 1],
      [2, 4],
    ]);
    expect(publisher.published('jobs')).toBe(4);
  });

  test('what another process wrote in between is read and sent in its place', async () => {
    const { publisher, delivered } = setup();
    publisher.joined('jobs', 3);
    publisher.changed(range(7, 8));
    await settled();
    expect(delivered).toEqual([[4, 8]]);
  });

  test('events that come while it reads wait for their turn', async () => {
    const { publisher, delivered } = setup();
    publisher.joined('jobs', 1);
    publisher.changed(range(4, 4));
    publisher.changed(range(5, 5));
    await settled();
    publisher.changed(range(6, 6));
    expect(delivered).toEqual([
      [2, 4],
      [5, 5],
      [6, 6],
    ]);
  });

  test('the poll finds what only other processes wrote', async () => {
    const { publisher, delivered, state } = setup();
    publisher.joined('jobs', 5);
    state.head = 9;
    await publisher.poll();
    await settled();
    expect(delivered).toEqual([[6, 9]]);
  });

  test('an event it has sent already is not sent twice', () => {
    const { publisher, delivered } = setup();
    publisher.changed(range(1, 3));
    publisher.changed(range(2, 3));
    expect(delivered).toHaveLength(1);
  });

  test('too much is missing: everybody joins again', async () => {
    const { publisher, delivered, resyncs } = setup();
    publisher.joined('jobs', 1);
    publisher.changed(range(1000, 1000));
    await settled();
    expect(resyncs).toEqual(['jobs']);
    publisher.changed(range(1001, 1001));
    expect(delivered).toEqual([[1001, 1001]]);
  });

  test('the database is away: nothing is skipped, the next poll sends it', async () => {
    const { publisher, delivered, resyncs, state } = setup();
    publisher.joined('jobs', 1);
    state.read = () => {
      throw new AppError('unavailable');
    };
    publisher.changed(range(3, 3));
    await settled();
    expect([delivered, resyncs]).toEqual([[], []]);
    state.read = () => undefined;
    state.head = 3;
    await publisher.poll();
    await settled();
    expect(delivered).toEqual([[2, 3]]);
  });
});

describe('merging envelopes', () => {
  test('contiguous ranges become one, overlaps are counted once, a gap stays a gap', () => {
    const merged = mergeChanges([range(1, 2), range(3, 5), range(5, 6), range(9, 9)]);
    expect(merged.map(({ from, to }) => [from, to])).toEqual([
      [1, 6],
      [9, 9],
    ]);
    expect(merged[0]?.changes.map(({ rev }) => rev)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(merged[0]?.posts).toBe(6);
  });
});
