// One client of a room inside a test's process: its state, what is on its way to it, the page it is loading, a thread. Tests only.
import type { HistoryPage, RoomChange, RoomChanges, ThreadView } from '#shared/messages.ts';
import { applyChanges, applyJoin, emptyRoom, type RoomState } from '#shared/messages.reduce.ts';
import { applyHistory, applyPage, cutRoom } from '#shared/messages.pages.ts';
import { applyToThread, type ThreadState } from '#shared/messages.threads.ts';
import { person, type Live } from './live.ts';

interface Loading {
  kind: 'older' | 'newer' | 'instead';
  place: { before?: number; after?: number; around?: number };
  page: HistoryPage | null;
  passed: RoomChange[];
}

export class Reader {
  state: RoomState = emptyRoom();
  thread: ThreadState | null = null;
  /** Kinds of changes that a message saw while the page it is on was loading. */
  readonly passedOver = new Set<RoomChange['kind']>();
  private queue: RoomChanges[] = [];
  private loading: Loading | null = null;
  private readonly messages: Live['messages'];
  private readonly roomId: string;
  readonly actor = person('Reader');

  constructor(live: Pick<Live, 'messages'>, roomId: string) {
    this.messages = live.messages;
    this.roomId = roomId;
  }

  send(envelope: RoomChanges): void {
    this.queue.push(envelope);
  }

  private took(changes: RoomChange[], rev: number): void {
    this.loading?.passed.push(...changes);
    if (this.thread) this.thread = { ...changes.reduce(applyToThread, this.thread), rev };
  }

  /** The answer is applied before the envelopes that are already on their way. */
  async join(): Promise<void> {
    const since = this.state.rev > 0 ? this.state.rev : null;
    const answer = await this.messages.join(this.actor, { roomId: this.roomId, since });
    if (answer.kind === 'snapshot') {
      this.loading = null;
      this.thread = null;
    } else this.took(answer.changes, answer.rev);
    this.state = applyJoin(this.state, answer);
  }

  async receive(): Promise<void> {
    const envelope = this.queue.shift();
    if (!envelope) return;
    const { state, outcome } = applyChanges(this.state, envelope);
    this.state = state;
    if (outcome === 'gap') await this.join();
    if (outcome === 'applied') this.took(envelope.changes, envelope.to);
  }

  async receiveAll(): Promise<void> {
    while (this.queue.length > 0) await this.receive();
  }

  lose(): void {
    this.queue.shift();
  }

  askOlder(): void {
    const before = this.state.messages[0]?.seq;
    if (!this.state.hasOlder || before === undefined) return;
    this.loading ??= { kind: 'older', place: { before }, page: null, passed: [] };
  }

  async readOlder(): Promise<void> {
    if (!this.loading || this.loading.page) return;
    const { place } = this.loading;
    this.loading.page = await this.messages.history(this.actor, { roomId: this.roomId, ...place });
  }

  askNewer(): void {
    const after = this.state.messages.at(-1)?.seq;
    if (!this.state.hasNewer || after === undefined) return;
    this.loading ??= { kind: 'newer', place: { after }, page: null, passed: [] };
  }

  /** Another part of the room, around this seq or (null) the newest; what was loading is dropped. */
  goTo(around: number | null): void {
    this.loading = { kind: 'instead', place: around === null ? {} : { around }, page: null, passed: [] };
  }

  cut(side: 'older' | 'newer'): void {
    const middle = this.state.messages[Math.floor(this.state.messages.length / 2)];
    if (!middle) return;
    this.loading = null;
    this.state = cutRoom(this.state, side, middle.seq);
  }

  /** A message of the page that was read and has not arrived. */
  onItsWay(nth: number): string | undefined {
    const list = this.loading?.page?.messages ?? [];
    return list[nth % Math.max(1, list.length)]?.id;
  }

  /** The root of the thread that is open, or a message in it. */
  ofThread(nth: number): string | undefined {
    if (!this.thread) return undefined;
    const { root, messages } = this.thread;
    return (nth % 2 === 0 ? root : (messages[nth % Math.max(1, messages.length)] ?? root)).id;
  }

  getOlder(): void {
    if (!this.loading?.page) return;
    const { kind, page, passed } = this.loading;
    this.loading = null;
    if (kind !== 'older') {
      this.state = applyPage(this.state, page, passed, kind === 'instead');
      return;
    }
    const before = { ...this.state, messages: [...page.messages, ...this.state.messages] };
    this.state = applyHistory(this.state, page, passed);
    for (const change of passed) {
      if (
        applyHistory(before, { messages: [], hasOlder: false }, [change]).messages.some(
          (one, at) => one !== before.messages[at],
        )
      ) {
        this.passedOver.add(change.kind);
      }
    }
  }

  /** Opens a thread while envelopes are on their way: what it knows already changes nothing. */
  async openThread(rootId: string): Promise<void> {
    const view: ThreadView = await this.messages.thread(this.actor, { roomId: this.roomId, rootId });
    const { rev, root, page } = view;
    this.thread = { rev, root, messages: page.messages, hasOlder: page.hasOlder };
  }

  /** Everything that is on its way arrives; a beacon reveals what was lost. */
  async settle(rev: number): Promise<void> {
    await this.readOlder();
    await this.receiveAll();
    this.getOlder();
    if (this.state.rev < rev) await this.join();
  }
}
