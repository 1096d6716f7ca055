// How a room's list stays whole: join, buffer, apply, join again at a gap. Pure of sockets and Svelte; channel.svelte.ts drives it.
import type { HistoryPage, MineView, RoomChange, RoomChanges, RoomJoinView } from '#shared/messages.ts';
import { applyHistory, applyPage, cutRoom } from '#shared/messages.pages.ts';
import { applyChanges, applyJoin, type RoomState } from '#shared/messages.reduce.ts';
import type { HistoryPlace, Result } from '#shared/realtime.ts';

export interface RoomSyncDeps {
  /** null: no answer came. */
  join(since: number | null): Promise<Result<RoomJoinView> | null>;
  history(place: HistoryPlace): Promise<Result<HistoryPage> | null>;
  /** The seq that she reads at, away from the newest: it stays under her eyes when changes are missing. */
  reading?(): number | null;
  /** After every change of the state, with what was new in it. */
  changed(state: RoomState, news: RoomChange[]): void;
  joined(view: RoomJoinView): void;
  /** A page of the history came, with what is hers on it. */
  mine(view: MineView): void;
  /** The room was refused; nothing follows until the next connect. */
  refused(code: string): void;
  /** Runs it once after `ms`; the returned function calls it off. */
  later(run: () => void, ms: number): () => void;
}

export interface RoomSync {
  connected(): void;
  disconnected(): void;
  envelope(changes: RoomChanges): void;
  /** The hub says the room is at `rev`: join again if that does not arrive by itself. */
  at(rev: number): void;
  resync(): void;
  loadOlder(): Promise<Loaded>;
  loadNewer(): Promise<Loaded>;
  /** Shows the part of the room around this seq instead; null: the newest. What is loading is dropped. */
  goTo(seq: number | null): Promise<Loaded>;
  cut(side: 'older' | 'newer', seq: number): void;
  stop(): void;
}
/** 'dropped': something else was loaded meanwhile. */
export type Loaded = 'loaded' | 'failed' | 'dropped';
type Take = (state: RoomState, page: HistoryPage, passed: RoomChange[]) => RoomState;

const MAY_STILL_COME = 1_500;
const JOIN_AGAIN = 2_000;

/** `start` is what the server rendered. */
export function createRoomSync(start: RoomState, deps: RoomSyncDeps): RoomSync {
  let state = start;
  let link = false;
  let joined = false;
  let joining = false;
  let again = false;
  let buffer: RoomChanges[] = [];
  /** Changes that pass while a history page is loading; a fresh snapshot drops the page instead. */
  let loading: { passed: RoomChange[] } | null = null;
  /** Changes are missing in what she reads, until it was loaded anew. */
  let stale = false;
  let stopped = false;
  const timers = new Set<() => void>();

  function wait(run: () => void, ms: number) {
    const off = deps.later(() => {
      timers.delete(off);
      if (!stopped) run();
    }, ms);
    timers.add(off);
  }

  function apply(envelope: RoomChanges): boolean {
    const before = state.rev;
    const { state: next, outcome } = applyChanges(state, envelope);
    if (outcome === 'gap') return false;
    if (outcome === 'applied') {
      const news = envelope.changes.filter((change) => change.rev > before);
      state = next;
      loading?.passed.push(...news);
      deps.changed(state, news);
    }
    return true;
  }

  function take(view: RoomJoinView) {
    const before = state;
    const seq = view.kind === 'snapshot' ? (deps.reading?.() ?? null) : null;
    state = applyJoin(state, view);
    if (view.kind === 'snapshot') loading = null;
    else loading?.passed.push(...view.changes);
    stale &&= view.kind === 'changes';
    if (seq !== null) {
      const { messages, hasOlder } = before;
      state = { ...state, messages, hasOlder, hasNewer: true };
      stale = true;
    }
    const arrived = view.kind === 'changes' ? view.changes : view.page.messages.map(asPosted);
    deps.joined(view);
    deps.changed(
      state,
      arrived.filter((change) => change.rev > before.rev),
    );
  }

  async function join(): Promise<void> {
    joined = false;
    if (joining) {
      again = true;
      return;
    }
    joining = true;
    again = false;
    const answer = await deps.join(state.rev > 0 ? state.rev : null);
    joining = false;
    if (stopped || !link) return;
    if (again) return join();
    if (answer === null) return wait(() => void (link && !joined && join()), JOIN_AGAIN);
    if (!answer.ok) {
      const { code } = answer.error;
      if (code === 'unavailable' || code === 'rate.limited' || code === 'unknown') {
        return wait(() => void (link && !joined && join()), JOIN_AGAIN);
      }
      return deps.refused(code);
    }
    take(answer.data);
    joined = true;
    const waiting = buffer;
    buffer = [];
    if (!waiting.every(apply)) return join();
    const seq = deps.reading?.() ?? state.messages.at(-1)?.seq;
    if (stale && seq !== undefined) void load({ around: seq }, instead);
  }

  async function load(place: HistoryPlace, take: Take): Promise<Loaded> {
    const mine = { passed: [] };
    loading = mine;
    const answer = await deps.history(place);
    if (stopped || loading !== mine) return 'dropped';
    loading = null;
    if (!answer?.ok) return 'failed';
    state = take(state, answer.data, mine.passed);
    deps.mine(answer.data.mine);
    deps.changed(state, []);
    return 'loaded';
  }
  const instead: Take = (now, page, passed) => {
    stale = false;
    return applyPage(now, page, passed, true);
  };

  return {
    connected() {
      link = true;
      void join();
    },
    disconnected() {
      link = false;
      joined = false;
      again = false;
      buffer = [];
    },
    envelope(changes) {
      if (!joined) buffer.push(changes);
      else if (!apply(changes)) {
        buffer.push(changes);
        void join();
      }
    },
    at(rev) {
      if (rev > state.rev) wait(() => void (link && joined && rev > state.rev && join()), MAY_STILL_COME);
    },
    resync() {
      if (link) void join();
    },
    async loadOlder() {
      return loading ? 'dropped' : load({ before: state.messages[0]?.seq ?? null }, applyHistory);
    },
    async loadNewer() {
      return loading ? 'dropped' : load({ after: state.messages.at(-1)?.seq ?? null }, applyPage);
    },
    goTo: (seq) => load(seq === null ? {} : { around: seq }, instead),
    cut(side, seq) {
      loading = null;
      state = cutRoom(state, side, seq);
      deps.changed(state, []);
    },
    stop() {
      stopped = true;
      for (const off of timers) off();
    },
  };
}

const asPosted = (message: RoomState['messages'][number]): RoomChange => ({
  rev: message.seq,
  kind: 'posted',
  message,
});
