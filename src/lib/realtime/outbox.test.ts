// The outbox: nothing typed is lost, sent twice, or sent for somebody else.
import { describe, expect, it, vi } from 'vitest';
import { createOutbox, type OutboxEntry, type OutboxStore, type PendingView } from './outbox.ts';
import type { PostedView } from '#shared/messages.ts';
import type { Result } from '#shared/realtime.ts';

type Answer = Result<PostedView> | null;

function memory(): OutboxStore & { entries: Map<string, OutboxEntry> } {
  const entries = new Map<string, OutboxEntry>();
  return {
    entries,
    all: async (accountId) => [...entries.values()].filter((entry) => entry.accountId === accountId).reverse(),
    put: async (entry) => void entries.set(entry.clientId, entry),
    remove: async (clientId) => void entries.delete(clientId),
  };
}
const stored = (entry: OutboxEntry): Answer => ({
  ok: true,
  data: { message: { clientId: entry.clientId } as PostedView['message'] },
});
const refused = (code: 'forbidden' | 'unavailable' | 'rate.limited', params = {}): Answer => ({
  ok: false,
  error: { code, params },
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

let ids = 0;
function setUp({
  accountId = 'amal',
  store = memory() as OutboxStore,
  answer = stored as (e: OutboxEntry) => Answer,
} = {}) {
  const sent: string[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  let shown: PendingView[] = [];
  const world = { answer };
  const outbox = createOutbox({
    accountId,
    store,
    post: async (entry) => {
      sent.push(entry.text);
      await Promise.resolve();
      return world.answer(entry);
    },
    changed: (entries) => (shown = entries),
    posted: () => undefined,
    later: (run, ms) => void timers.push({ run, ms }),
    now: () => 1_000,
    newId: () => `id-${ids++}`,
  });
  return { outbox, sent, timers, world, store, shown: () => shown.map(({ text, state }) => `${text}: ${state}`) };
}

describe('without connection', () => {
  it('keeps what was written on the device and shows it as waiting', async () => {
    const { outbox, sent, store, shown } = setUp();
    expect(await outbox.add('jobs', 'one')).toBe(true);
    expect(sent).toEqual([]);
    expect(shown()).toEqual(['one: waiting']);
    expect(await store.all('amal')).toHaveLength(1);
  });
  it('sends it in the order of writing once the line is up, also after a reload', async () => {
    const store = memory();
    const before = setUp({ store });
    for (const text of ['one', 'two', 'three']) await before.outbox.add('jobs', text);
    const after = setUp({ store });
    await after.outbox.load();
    expect(after.shown()).toEqual(['one: waiting', 'two: waiting', 'three: waiting']);
    after.outbox.connected();
    await settled();
    expect(after.sent).toEqual(['one', 'two', 'three']);
    expect(after.shown()).toEqual([]);
    expect(store.entries.size).toBe(0);
  });
  it('stops at the first one that gets no answer and repeats it with its own id', async () => {
    const seen: string[] = [];
    const { outbox, sent, timers, world } = setUp({
      answer: (entry) => {
        seen.push(entry.clientId);
        return null;
      },
    });
    await outbox.add('jobs', 'one');
    await outbox.add('jobs', 'two');
    outbox.connected();
    await settled();
    expect(sent).toEqual(['one']);
    world.answer = (entry) => {
      seen.push(entry.clientId);
      return stored(entry);
    };
    timers[0]?.run();
    await settled();
    expect(sent).toEqual(['one', 'one', 'two']);
    expect(seen[0]).toBe(seen[1]);
  });
});

describe('a hub that says no', () => {
  it.each(['unavailable', 'rate.limited'] as const)('waits and tries again when it says %s', async (code) => {
    const { outbox, sent, timers, world, shown } = setUp({ answer: () => refused(code, { seconds: 7 }) });
    outbox.connected();
    await outbox.add('jobs', 'one');
    await settled();
    expect(shown()).toEqual(['one: waiting']);
    expect(timers[0]?.ms).toBeGreaterThanOrEqual(7_000);
    world.answer = stored;
    timers[0]?.run();
    await settled();
    expect(sent).toEqual(['one', 'one']);
    expect(shown()).toEqual([]);
  });
  it('keeps a refused one with its reason, goes on with the next, and tries again when asked', async () => {
    const { outbox, world, store, shown } = setUp({
      answer: (entry) => (entry.text === 'one' ? refused('forbidden') : stored(entry)),
    });
    outbox.connected();
    await outbox.add('jobs', 'one');
    await outbox.add('jobs', 'two');
    await settled();
    expect(shown()).toEqual(['one: failed']);
    const [kept] = await store.all('amal');
    expect(kept?.failed).toBe('forbidden');
    world.answer = stored;
    await outbox.tryAgain(kept?.clientId ?? '');
    await settled();
    expect(shown()).toEqual([]);
  });
  it('forgets a refused one when she deletes it', async () => {
    const { outbox, store, shown } = setUp({ answer: () => refused('forbidden') });
    outbox.connected();
    await outbox.add('jobs', 'one');
    await settled();
    await outbox.remove((await store.all('amal'))[0]?.clientId ?? '');
    expect(shown()).toEqual([]);
    expect(await store.all('amal')).toEqual([]);
  });
});

describe('two women, one phone', () => {
  it('never shows or sends what another account wrote', async () => {
    const store = memory();
    await setUp({ store }).outbox.add('jobs', 'private');
    const other = setUp({ accountId: 'olena', store });
    await other.outbox.load();
    other.outbox.connected();
    await settled();
    expect(other.shown()).toEqual([]);
    expect(other.sent).toEqual([]);
    expect(store.entries.size).toBe(1);
  });
  it('stays silent even when the store hands out too much', async () => {
    const store = memory();
    await setUp({ store }).outbox.add('jobs', 'private');
    const careless: OutboxStore = { ...store, all: async () => [...store.entries.values()] };
    const other = setUp({ accountId: 'olena', store: careless });
    await other.outbox.load();
    other.outbox.connected();
    await settled();
    expect(other.sent).toEqual([]);
  });
});

describe('a device that keeps nothing', () => {
  const broken = (): OutboxStore => ({ ...memory(), put: () => Promise.reject(new Error('quota')) });
  it('says so while there is no connection, so the text stays in the field', async () => {
    const { outbox } = setUp({ store: broken() });
    expect(await outbox.add('jobs', 'one')).toBe(false);
  });
  it('says the text is safe only when the hub has it', async () => {
    const { outbox, world } = setUp({ store: broken() });
    outbox.connected();
    expect(await outbox.add('jobs', 'one')).toBe(true);
    world.answer = () => null;
    expect(await outbox.add('jobs', 'two')).toBe(false);
  });
});

it('forgets an entry that was seen in the room, so it is not sent again', async () => {
  const { outbox, sent, store } = setUp();
  await outbox.add('jobs', 'one');
  outbox.seen((await store.all('amal'))[0]?.clientId ?? '');
  outbox.connected();
  await vi.waitFor(async () => expect(await store.all('amal')).toEqual([]));
  expect(sent).toEqual([]);
});
