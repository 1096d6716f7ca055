// The line between processes, on a carrier in memory: what arrives, what is confirmed, who is gone, what a broken line does.
import { afterEach, expect, test } from 'vitest';
import { silentLogger } from '../domain/kernel/logger.ts';
import { createHintLine, noLine, type Hint, type HintLine, type Transport } from './hint-line.ts';

/** Where silence matters. */
const QUICK = 20;
/** A Redis in memory that can be cut off. */
const exchange = { ears: new Set<(text: string) => void>(), cut: false, renewed: 0 };
const open: HintLine[] = [];
afterEach(async () => {
  for (const line of open.splice(0)) await line.close();
  Object.assign(exchange, { cut: false, renewed: 0 });
  exchange.ears.clear();
});

function transport(): Transport {
  let own: (text: string) => void = () => undefined;
  return {
    start(_channel, hear) {
      own = hear;
      exchange.ears.add(own);
    },
    publish(text) {
      if (!exchange.cut) for (const hear of exchange.ears) queueMicrotask(() => hear(text));
    },
    renew: () => void (exchange.renewed += 1),
    close: () => Promise.resolve(void exchange.ears.delete(own)),
  };
}

function process(follow: (hint: Hint) => Promise<void> | void = () => undefined, beatMs = 10_000) {
  const line = createHintLine({ transport: transport(), log: silentLogger, beatMs, answerMs: 500 });
  open.push(line);
  const seen = { hints: [] as Hint[], came: [] as string[], gone: [] as string[], back: 0 };
  line.listen({
    hint(_from, hint) {
      seen.hints.push(hint);
      return follow(hint);
    },
    came: (peer) => void seen.came.push(peer),
    gone: (peer) => void seen.gone.push(peer),
    back: () => void (seen.back += 1),
  });
  line.open('test');
  return { line, seen };
}
const both = async (...all: { seen: { came: string[] } }[]): Promise<void> => {
  await expect.poll(() => all.every(({ seen }) => seen.came.length === all.length - 1)).toBe(true);
};

test('processes find each other, and a hint reaches the others and not the one that gave it', async () => {
  const [a, b] = [process(), process()];
  await both(a, b);
  a.line.send({ kind: 'access' });
  await expect.poll(() => b.seen.hints).toEqual([{ kind: 'access' }]);
  expect(a.seen.hints).toEqual([]);
});

test('of many hints about one room the last goes', async () => {
  const [a, b] = [process(), process()];
  await both(a, b);
  for (const rev of [1, 2, 3]) a.line.send({ kind: 'room', roomId: 'r', rev });
  a.line.send({ kind: 'room', roomId: 'other', rev: 9 });
  await expect
    .poll(() => b.seen.hints)
    .toEqual([
      { kind: 'room', roomId: 'r', rev: 3 },
      { kind: 'room', roomId: 'other', rev: 9 },
    ]);
});

test('what is asked is confirmed when everybody has followed it', async () => {
  let done = 0;
  const slow = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    done += 1;
  };
  const all = [process(), process(slow), process(slow)];
  await both(...all);
  expect(await all[0]?.line.ask({ kind: 'sanctioned', userId: 'u' })).toBe(true);
  expect(done).toBe(2);
});

test('a process that cannot follow does not confirm; one that died is not waited for', async () => {
  const failing = [process(), process(() => Promise.reject(new Error('no database')))] as const;
  await both(...failing);
  expect(await failing[0].line.ask({ kind: 'access' })).toBe(false);

  const dying = process(() => new Promise<void>(() => undefined));
  await expect.poll(() => failing[0].seen.came.length).toBe(2);
  await failing[1].line.close();
  const asked = failing[0].line.ask({ kind: 'access' });
  await expect.poll(() => dying.seen.hints.length).toBe(1);
  await dying.line.close();
  expect(await asked).toBe(true);
  expect(failing[0].seen.gone).toHaveLength(2);
});

test('a line that breaks is connected anew; nothing is confirmed meanwhile; when it works again everybody looks', async () => {
  const [a, b] = [process(undefined, QUICK), process(undefined, QUICK)];
  await both(a, b);
  expect(a.seen.back).toBeGreaterThan(0);
  exchange.cut = true;
  await expect.poll(() => exchange.renewed).toBeGreaterThan(1);
  await expect.poll(() => a.seen.gone.length).toBeGreaterThan(0);
  const before = { back: [a, b].map(({ seen }) => seen.back), came: a.seen.came.length };
  expect(await a.line.ask({ kind: 'access' })).toBe(false);
  a.line.send({ kind: 'access' });
  exchange.cut = false;
  for (const [i, { seen }] of [a, b].entries()) {
    await expect.poll(() => seen.back).toBeGreaterThan(before.back[i] ?? 0);
  }
  await expect.poll(() => a.seen.came.length).toBeGreaterThan(before.came);
  expect(b.seen.hints).toEqual([]);
});

test('what is no hint is passed over', async () => {
  const [a, b] = [process(), process()];
  await both(a, b);
  for (const text of ['', '{', 'null', '[]', '{"from":1}', '{"from":"x","hints":[{"kind":"drop-tables"}]}'])
    for (const hear of exchange.ears) hear(text);
  a.line.send({ kind: 'queue', dropInId: 'd' });
  await expect.poll(() => b.seen.hints).toEqual([{ kind: 'queue', dropInId: 'd' }]);
});

test('without other processes everything is confirmed at once', async () => {
  expect(await noLine.ask({ kind: 'access' })).toBe(true);
  const alone = process();
  await expect.poll(() => alone.seen.back).toBe(1);
  expect(await alone.line.ask({ kind: 'access' })).toBe(true);
});
