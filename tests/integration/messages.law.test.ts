// The law of live data: fetch, act, apply the envelopes = act, fetch. For random interleavings of two readers and two writers.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HistoryPage, RoomChange, RoomChanges } from '../../src/lib/shared/messages.ts';
import {
  applyChanges,
  applyHistory,
  applyJoin,
  emptyRoom,
  type RoomState,
} from '../../src/lib/shared/messages.reduce.ts';
import { aPost, openLive, person } from '../support/live.ts';

const PAGE = 4;
let live: Awaited<ReturnType<typeof openLive>>;
const writers = [person('Amal'), person('Olena', 'moderator')];
beforeAll(async () => {
  live = await openLive({ limits: { historyPage: PAGE, catchUpChanges: 5 } });
});
afterAll(() => live.close());

const readerSteps = [
  'join',
  'receive',
  'receive-all',
  'lose',
  'ask-older',
  'load-older',
  'read-older',
  'get-older',
] as const;
type Step =
  | { do: 'post'; writer: number }
  | { do: 'post-many'; count: number }
  | { do: 'remove'; nth: number }
  | { do: 'remove-loading'; reader: number; nth: number }
  | { do: (typeof readerSteps)[number]; reader: number };

/** How often the case that the law is about really came up. */
let removedWhileLoading = 0;

/** One client: its state, the envelopes on their way to it, and the history page it is loading. */
class Reader {
  state: RoomState = emptyRoom();
  private queue: RoomChanges[] = [];
  private loading: { before: number; page: HistoryPage | null; passed: RoomChange[] } | null = null;
  private readonly roomId: string;
  private readonly name = person('Reader');

  constructor(roomId: string) {
    this.roomId = roomId;
  }

  send(envelope: RoomChanges): void {
    this.queue.push(envelope);
  }

  /** The answer is applied before the envelopes that are already on their way. */
  async join(): Promise<void> {
    const since = this.state.rev > 0 ? this.state.rev : null;
    const answer = await live.messages.join(this.name, { roomId: this.roomId, since });
    if (answer.kind === 'snapshot') this.loading = null;
    else this.loading?.passed.push(...answer.changes);
    this.state = applyJoin(this.state, answer);
  }

  async receive(): Promise<void> {
    const envelope = this.queue.shift();
    if (!envelope) return;
    const { state, outcome } = applyChanges(this.state, envelope);
    this.state = state;
    if (outcome === 'gap') await this.join();
    if (outcome === 'applied') this.loading?.passed.push(...envelope.changes);
  }

  async receiveAll(): Promise<void> {
    while (this.queue.length > 0) await this.receive();
  }

  lose(): void {
    this.queue.shift();
  }

  askOlder(): void {
    const before = this.state.messages[0]?.seq;
    if (this.state.hasOlder && before !== undefined) this.loading ??= { before, page: null, passed: [] };
  }

  async readOlder(): Promise<void> {
    if (!this.loading || this.loading.page) return;
    const { before } = this.loading;
    this.loading.page = await live.messages.history(this.name, { roomId: this.roomId, before });
  }

  /** A message of the page that was read and has not arrived. */
  onItsWay(nth: number): string | undefined {
    return this.loading?.page?.messages[nth % PAGE]?.id;
  }

  getOlder(): void {
    if (!this.loading?.page) return;
    const { page, passed } = this.loading;
    const ids = new Set(page.messages.filter((message) => message.text !== null).map((message) => message.id));
    if (passed.some((change) => change.kind === 'removed' && ids.has(change.messageId))) removedWhileLoading++;
    this.state = applyHistory(this.state, page, passed);
    this.loading = null;
  }

  /** Everything that is on its way arrives; a beacon reveals what was lost. */
  async settle(rev: number): Promise<void> {
    await this.readOlder();
    await this.receiveAll();
    this.getOlder();
    if (this.state.rev < rev) await this.join();
  }
}

async function everything(roomId: string): Promise<RoomState['messages']> {
  const all: RoomState['messages'] = [];
  for (let before: number | null = null; ;) {
    const page: HistoryPage = await live.messages.history(person('Fetcher'), { roomId, before });
    all.unshift(...page.messages);
    if (!page.hasOlder) return all;
    before = page.messages[0]?.seq ?? null;
  }
}

async function act(step: Step, roomId: string, posted: string[], readers: Reader[]): Promise<void> {
  if (step.do === 'post' || step.do === 'post-many') {
    const count = step.do === 'post' ? 1 : step.count;
    const author = writers[step.do === 'post' ? step.writer : 0] ?? person('x');
    const texts = Array.from({ length: count }, (_, index) => `text ${posted.length + index}`);
    const answers = await Promise.all(texts.map((text) => live.messages.post(author, aPost(roomId, text))));
    posted.push(...answers.map(({ message }) => message.id));
  } else if (step.do === 'remove') {
    const messageId = posted[step.nth % Math.max(1, posted.length)];
    if (messageId) await live.messages.remove(writers[1] ?? person('x'), { roomId, messageId });
  } else if (step.do === 'remove-loading') {
    const messageId = readers[step.reader]?.onItsWay(step.nth);
    if (messageId) await live.messages.remove(writers[1] ?? person('x'), { roomId, messageId });
  } else {
    const reader = readers[step.reader];
    if (step.do === 'join') await reader?.join();
    if (step.do === 'receive') await reader?.receive();
    if (step.do === 'receive-all') await reader?.receiveAll();
    if (step.do === 'lose') reader?.lose();
    if (step.do === 'ask-older' || step.do === 'load-older') reader?.askOlder();
    if (step.do === 'read-older' || step.do === 'load-older') await reader?.readOlder();
    if (step.do === 'get-older') reader?.getOlder();
  }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('post' as const), writer: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('post-many' as const), count: fc.integer({ min: 2, max: 7 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), nth: fc.nat(11) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('remove-loading' as const), reader: fc.nat(1), nth: fc.nat(3) }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constantFrom(...readerSteps), reader: fc.nat(1) }) },
);

test('whatever two readers receive, lose and load meanwhile, they end with what a fresh fetch shows', async () => {
  let loadedOlder = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 5, max: 12 }),
      fc.array(step, { minLength: 10, maxLength: 40 }),
      async (before, steps) => {
        const roomId = await live.newRoom();
        const readers = [new Reader(roomId), new Reader(roomId)];
        const stop = live.bus.on('room.changed', (envelope) => {
          if (envelope.roomId === roomId) for (const reader of readers) reader.send(envelope);
        });
        const posted: string[] = [];
        try {
          await act({ do: 'post-many', count: before }, roomId, posted, readers);
          for (const reader of readers) await reader.join();
          for (const one of steps) await act(one, roomId, posted, readers);
          const head = await live.repository.head(roomId);
          const fetched = await everything(roomId);
          for (const reader of readers) {
            await reader.settle(head?.rev ?? 0);
            const { state } = reader;
            expect([state.rev, state.posts]).toEqual([head?.rev, head?.posts]);
            expect(state.messages).toEqual(fetched.slice(fetched.length - state.messages.length));
            expect(state.hasOlder).toBe(state.messages.length < fetched.length);
            if (state.messages.length > PAGE) loadedOlder++;
          }
        } finally {
          stop();
        }
      },
    ),
    { numRuns: 100 },
  );
  expect(loadedOlder).toBeGreaterThan(20);
  expect(removedWhileLoading).toBeGreaterThan(5);
});
