// Messages on their way: kept on the device, sent in order, tried again until the hub has them. Pure of Svelte; one per signed-in page.
import { fullJitter } from './backoff.ts';
import { outboxOf, writeDevice, type OutboxEntry, type PostExtras } from './device.ts';
import type { PostedView } from '#shared/messages.ts';
import type { Result } from '#shared/realtime.ts';

export type { OutboxEntry, PostExtras };
type OutboxState = 'waiting' | 'sending' | 'failed';
/** An entry as the room shows it. */
export interface PendingView extends OutboxEntry {
  state: OutboxState;
}

/** Where entries lie: IndexedDB in the browser, a map in tests. */
export interface OutboxStore {
  all(accountId: string): Promise<OutboxEntry[]>;
  /** Resolves when it is on the disk. */
  put(entry: OutboxEntry): Promise<void>;
  remove(clientId: string): Promise<void>;
}

export const deviceOutbox: OutboxStore = {
  all: outboxOf,
  put: (entry) => writeDevice(['outbox'], (store) => store('outbox').put(entry)),
  remove: (clientId) => writeDevice(['outbox'], (store) => store('outbox').delete(clientId)),
};

interface OutboxDeps {
  accountId: string;
  store: OutboxStore;
  /** null: no answer came, so it is not known whether the hub has it. */
  post(entry: OutboxEntry): Promise<Result<PostedView> | null>;
  /** After every change, in the order of sending. */
  changed(entries: PendingView[]): void;
  /** The hub stored it. Called before the entry is gone from the list. */
  posted(view: PostedView): void;
  later(run: () => void, ms: number): void;
  now(): number;
  newId(): string;
}

export interface Outbox {
  /** Reads what is left of earlier pages. Entries of other accounts stay untouched and unseen. */
  load(): Promise<void>;
  /**
   * Resolves when the text is safe: on the disk, or, where the device keeps nothing, with the hub. False: it is
   * neither, keep it in the field.
   */
  add(roomId: string, text: string, extras?: PostExtras): Promise<boolean>;
  /** The link is up: send what waits. */
  connected(): void;
  disconnected(): void;
  tryAgain(clientId: string): Promise<void>;
  remove(clientId: string): Promise<void>;
  /** It was seen in the room, so the hub has it. */
  seen(clientId: string): void;
}

const RETRY = { base: 2_000, cap: 30_000 };

export function createOutbox(deps: OutboxDeps): Outbox {
  let entries: OutboxEntry[] = [];
  let sending: string | null = null;
  let link = false;
  let sendingOn = false;
  let attempt = 0;
  let resting = false;
  let newest = 0;

  const show = () => {
    deps.changed(
      entries.map((entry) => ({
        ...entry,
        state: entry.failed !== null ? 'failed' : entry.clientId === sending ? 'sending' : 'waiting',
      })),
    );
  };
  const known = (clientId: string) => entries.find((entry) => entry.clientId === clientId);

  function forget(clientId: string) {
    entries = entries.filter((entry) => entry.clientId !== clientId);
    show();
    return deps.store.remove(clientId).catch(() => undefined);
  }

  function rest(ms: number) {
    resting = true;
    deps.later(() => {
      resting = false;
      void send();
    }, ms);
  }

  /** What the answer means for the queue: 'next' goes on, 'stop' waits for a timer or the link. */
  async function settle(entry: OutboxEntry, answer: Result<PostedView> | null): Promise<'next' | 'stop'> {
    if (answer === null) {
      if (link) rest(fullJitter(attempt++, RETRY));
      return 'stop';
    }
    attempt = answer.ok ? 0 : attempt;
    if (answer.ok) {
      deps.posted(answer.data);
      await forget(entry.clientId);
      return 'next';
    }
    const { code, params } = answer.error;
    if (code === 'rate.limited' || code === 'unavailable' || code === 'auth.required') {
      const seconds = Number(params?.['seconds'] ?? 0);
      rest(seconds * 1000 + fullJitter(attempt++, RETRY));
      return 'stop';
    }
    if (known(entry.clientId)) await replace({ ...entry, failed: code });
    return 'next';
  }

  async function replace(entry: OutboxEntry) {
    entries = entries.map((one) => (one.clientId === entry.clientId ? entry : one));
    show();
    await deps.store.put(entry).catch(() => undefined);
  }

  /** One at a time, in order: what she wrote first arrives first. */
  async function send(): Promise<void> {
    if (sendingOn) return;
    sendingOn = true;
    for (;;) {
      const entry = link && !resting ? entries.find((one) => one.failed === null) : undefined;
      if (!entry) break;
      sending = entry.clientId;
      show();
      const next = await settle(entry, await deps.post(entry));
      sending = null;
      show();
      if (next === 'stop') break;
    }
    sendingOn = false;
    if (link && !resting && entries.some((one) => one.failed === null)) return send();
  }

  return {
    async load() {
      const kept = await deps.store.all(deps.accountId).catch(() => []);
      const own = kept.filter((entry) => entry.accountId === deps.accountId && !known(entry.clientId));
      entries = [...own, ...entries].sort((a, b) => a.at - b.at);
      show();
      void send();
    },
    async add(roomId, text, extras) {
      const at = (newest = Math.max(deps.now(), newest + 1, (entries.at(-1)?.at ?? 0) + 1));
      const own = { clientId: deps.newId(), accountId: deps.accountId, roomId, text, at, failed: null };
      const entry: OutboxEntry = extras ? { ...own, extras } : own;
      try {
        await deps.store.put(entry);
      } catch {
        const answer = link ? await deps.post(entry) : null;
        if (answer?.ok) deps.posted(answer.data);
        return answer?.ok ?? false;
      }
      entries = [...entries, entry].sort((a, b) => a.at - b.at);
      show();
      void send();
      return true;
    },
    connected() {
      link = true;
      attempt = 0;
      resting = false;
      void send();
    },
    disconnected() {
      link = false;
    },
    async tryAgain(clientId) {
      const entry = known(clientId);
      if (entry?.failed == null) return;
      await replace({ ...entry, failed: null });
      void send();
    },
    async remove(clientId) {
      await forget(clientId);
    },
    seen(clientId) {
      if (known(clientId)) void forget(clientId);
    },
  };
}
