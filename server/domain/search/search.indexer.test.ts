// How often the index looks at a room: soon when it was quiet, not with every message when it is busy, and never too seldom.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLogger } from '../kernel/logger.ts';
import { createSearchIndexer } from './search.indexer.ts';

let looks: string[] = [];
const indexer = () =>
  createSearchIndexer({
    source: {
      rev: async (roomId: string) => {
        looks.push(roomId);
        return 0;
      },
    } as never,
    repository: { indexedUpTo: async () => 0 } as never,
    log: silentLogger,
  });

beforeEach(() => {
  looks = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test('what is written in a quiet room can be found at once', async () => {
  const { notice } = indexer();
  notice('quiet');
  await vi.advanceTimersByTimeAsync(60);
  expect(looks).toEqual(['quiet']);
  await vi.advanceTimersByTimeAsync(2_000);
  notice('quiet');
  await vi.advanceTimersByTimeAsync(60);
  expect(looks).toEqual(['quiet', 'quiet']);
});

test('a room with twenty messages a second is looked at once a second, another one meanwhile at once', async () => {
  const { notice } = indexer();
  for (let sent = 0; sent < 100; sent++) {
    notice('busy');
    if (sent === 50) notice('other');
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  const busy = looks.filter((roomId) => roomId === 'busy').length;
  expect([busy >= 5, busy <= 7, looks.filter((roomId) => roomId === 'other').length]).toEqual([true, true, 1]);
});
