// How a room's list stays whole: join, buffer, apply, join again at a gap. Pure of sockets and Svelte; channel.svelte.ts drives it.
import type { HistoryPage, MineView, RoomChange, RoomChanges, RoomJoinView } from '#shared/messages.ts';
import { applyChanges, applyHistory, applyJoin, type RoomState } from '#shared/messages.reduce.ts';
import type { Result } from '#shared/realtime.ts';

export interface RoomSyncDeps {
  /** null: no answer came. */
  join(since: number | null): Promise<Result<RoomJoinView> | null>;
  history(before: number | null): Promise<Result<HistoryPage> | null>;
  /** After every change of the state, with what was new in it. */
  changed(state: RoomState, news: RoomChange[]): void;
  joined(view: RoomJoinView): void;
  /** An older page came, with what is hers on it. */
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
  loadOlder(): Promise<'loaded' | 'failed' | 'dropped'>;
  stop(): void;
}

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
  let passing: RoomChange[] | null = null;
  let snapshots = 0;
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
      passing?.push(...news);
      deps.changed(state, news);
    }
    return true;
  }

  function take(view: RoomJoinView) {
    const before = state;
    state = applyJoin(state, view);
    if (view.kind === 'snapshot') snapshots++;
    else passing?.push(...view.changes);
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
  }

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
      if (passing !== null) return 'dropped';
      passing = [];
      const era = snapshots;
      const answer = await deps.history(state.messages[0]?.seq ?? null);
      const passed: RoomChange[] = passing ?? [];
      passing = null;
      if (stopped || era !== snapshots) return 'dropped';
      if (!answer?.ok) return 'failed';
      state = applyHistory(state, answer.data, passed);
      deps.mine(answer.data.mine);
      deps.changed(state, []);
      return 'loaded';
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
