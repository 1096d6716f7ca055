// The line between the processes of one hub: hints that something changed, never the thing itself. What is lost is found in the database. Realtime and main.ts.
import * as v from 'valibot';
import { newToken } from '../domain/kernel/ids.ts';
import type { Logger } from '../domain/kernel/logger.ts';

const id = v.pipe(v.string(), v.maxLength(64));
const person = v.object({ id, named: v.boolean(), typing: v.boolean() });
const hintSchema = v.variant('kind', [
  /** The room is at this rev. */
  v.object({ kind: v.literal('room'), roomId: id, rev: v.number() }),
  /** Who may read some room changed. */
  v.object({ kind: v.literal('access') }),
  /** A queue moved. */
  v.object({ kind: v.literal('queue'), dropInId: id }),
  /** What holds against her changed: look again before this is confirmed. */
  v.object({ kind: v.literal('sanctioned'), userId: id }),
  /** Somebody blocked somebody: look before this is confirmed. */
  v.object({ kind: v.literal('blocks') }),
  /** She posted or searched there: her posts are counted together, and her searches. */
  v.object({ kind: v.literal('took'), userId: id }),
  v.object({ kind: v.literal('searched'), userId: id }),
  /** Everybody who has the room open there, by id. */
  v.object({ kind: v.literal('here'), roomId: id, people: v.array(person) }),
  /** All rooms that somebody has open there: what was said of others is over. */
  v.object({ kind: v.literal('rooms'), roomIds: v.array(id) }),
  /** A domain event that holds nothing but ids and numbers. */
  v.object({ kind: v.literal('event'), name: v.string(), event: v.record(v.string(), v.unknown()) }),
]);
export type Hint = v.InferOutput<typeof hintSchema>;

const messageSchema = v.object({
  from: id,
  hints: v.optional(v.array(hintSchema), []),
  /** To be answered when the hints are followed. */
  ask: v.optional(id),
  answer: v.optional(id),
  bye: v.optional(v.boolean(), false),
});
type Message = v.InferInput<typeof messageSchema>;

/** Carries texts to every process, this one too, or loses them; never raises. */
export interface Transport {
  start(channel: string, hear: (text: string) => void): void;
  publish(text: string): void;
  /** What is sent is not heard any more: connect anew. */
  renew(): void;
  close(): Promise<void>;
}

interface LineListener {
  /** Resolves when it is followed. */
  hint(from: string, hint: Hint): Promise<void> | void;
  came(peer: string): void;
  gone(peer: string): void;
  /** The line works again after it did not: hints were lost. */
  back(): void;
}

export interface HintLine {
  /** `channel`: the same in all processes of one hub. */
  open(channel: string): void;
  send(hint: Hint): void;
  /** True when every other process has followed the hint; false when one may not have. Never raises. */
  ask(hint: Hint): Promise<boolean>;
  listen(listener: LineListener): () => void;
  close(): Promise<void>;
}

/** For the only process of a hub. */
export const noLine: HintLine = {
  open: () => undefined,
  send: () => undefined,
  ask: () => Promise.resolve(true),
  listen: () => () => undefined,
  close: () => Promise.resolve(),
};

/** Hints of so many milliseconds go together. */
const GATHER_MS = 5;
const BEAT_MS = 2_000;
/** Beats without a sign: our own means that the line is broken, another process's that it is gone. */
const SILENT_BEATS = 3;
/** By then a process that heard nothing has looked by itself. */
const ANSWER_MS = 5_000;

export function createHintLine(parts: {
  transport: Transport;
  log: Logger;
  beatMs?: number;
  answerMs?: number;
}): HintLine {
  const { transport, log, beatMs = BEAT_MS, answerMs = ANSWER_MS } = parts;
  const self = newToken(12);
  const peers = new Map<string, number>();
  const asked = new Map<string, { open: Set<string>; settle: (all: boolean) => void }>();
  const listeners = new Set<LineListener>();
  let gathered: Hint[] = [];
  let gathering: NodeJS.Timeout | null = null;
  let beating: NodeJS.Timeout | undefined;
  let works = false;
  let heardAt = performance.now();

  const post = (message: Omit<Message, 'from'>): void => transport.publish(JSON.stringify({ from: self, ...message }));

  function sendGathered(): void {
    gathering = null;
    const hints = gathered;
    gathered = [];
    if (works) post({ hints });
  }
  function send(hint: Hint): void {
    if (!works) return;
    if (hint.kind === 'room') {
      gathered = gathered.filter((other) => other.kind !== 'room' || other.roomId !== hint.roomId);
    }
    gathered.push(hint);
    gathering ??= setTimeout(sendGathered, GATHER_MS);
  }

  function answered(askId: string, peer: string): void {
    const ask = asked.get(askId);
    if (!ask?.open.delete(peer) || ask.open.size > 0) return;
    ask.settle(true);
  }
  function gone(peer: string): void {
    if (!peers.delete(peer)) return;
    for (const askId of asked.keys()) answered(askId, peer);
    for (const listener of listeners) listener.gone(peer);
  }

  async function follow(from: string, hints: readonly Hint[]): Promise<void> {
    await Promise.all(hints.flatMap((hint) => [...listeners].map((listener) => listener.hint(from, hint))));
  }

  function heardSelf(): void {
    heardAt = performance.now();
    if (works) return;
    works = true;
    log.info({}, 'processes hear each other');
    for (const listener of listeners) listener.back();
  }

  function hear(text: string): void {
    let found: ReturnType<typeof v.safeParse<typeof messageSchema>>;
    try {
      found = v.safeParse(messageSchema, JSON.parse(text));
    } catch {
      return;
    }
    if (!found.success) return void log.warn({}, 'a hint of another version was not understood');
    const { from, hints, ask, answer, bye } = found.output;
    if (from === self) return void heardSelf();
    if (bye) return void gone(from);
    const known = peers.has(from);
    peers.set(from, performance.now());
    if (!known) {
      post({}); // so that it knows of us before its next beat
      for (const listener of listeners) listener.came(from);
    }
    if (answer !== undefined) answered(answer, from);
    follow(from, hints).then(
      () => ask !== undefined && post({ answer: ask }),
      (error: unknown) => log.warn({ err: error }, 'a hint could not be followed'),
    );
  }

  function beat(): void {
    post({});
    const now = performance.now();
    for (const [peer, at] of peers) if (now - at > (SILENT_BEATS + 1) * beatMs) gone(peer);
    if (now - heardAt <= SILENT_BEATS * beatMs) return;
    if (works) log.warn({}, 'processes do not hear each other; what others do is found by looking every few seconds');
    works = false;
    heardAt = now;
    transport.renew();
  }

  return {
    open(channel) {
      heardAt = performance.now();
      transport.start(`strong-together:${channel}`, hear);
      beating = setInterval(beat, beatMs).unref();
      post({});
    },
    send,
    async ask(hint) {
      if (!works) return false;
      if (peers.size === 0) return true;
      const askId = newToken(12);
      const all = new Promise<boolean>((settle) => asked.set(askId, { open: new Set(peers.keys()), settle }));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), answerMs)));
      post({ ask: askId, hints: [hint] });
      try {
        return await Promise.race([all, late]);
      } finally {
        clearTimeout(timer);
        asked.delete(askId);
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      clearInterval(beating);
      if (gathering) clearTimeout(gathering);
      post({ bye: true });
      works = false;
      await transport.close();
    },
  };
}
