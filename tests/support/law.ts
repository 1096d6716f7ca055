// What happens in a room while it is read: every command, by random steps, and what a reader must end with. For the tests of the law.
import fc from 'fast-check';
import { expect } from 'vitest';
import { AppError } from '../../server/domain/kernel/app-error.ts';
import type { HistoryPage, MessageView } from '../../src/lib/shared/messages.ts';
import { REACTIONS } from '../../src/lib/shared/reactions.ts';
import { aPost, openLive, person } from './live.ts';
import type { Reader } from './reader.ts';

export const PAGE = 4;
let live: Awaited<ReturnType<typeof openLive>>;
const writers = [person('Amal', 'moderator'), person('Olena', 'moderator')] as const;
const [amal, olena] = writers;
let elsewhere = '';
/** A hub with short pages; close it. */
export async function openLaw(): Promise<typeof live> {
  live = await openLive({ limits: { historyPage: PAGE, catchUpChanges: 8 } });
  elsewhere = await live.newRoom();
  return live;
}

const readerSteps = [
  'join',
  'receive',
  'receive-all',
  'lose',
  'ask-older',
  'load-older',
  'read-older',
  'get-older',
  'ask-newer',
  'cut-older',
  'cut-newer',
  'to-newest',
] as const;
export const acts = [
  'remove',
  'edit',
  'react',
  'pin',
  'verify',
  'question',
  'answer',
  'language',
  'move',
  'reply',
  'write-in',
  'ask',
  'hide',
  'purge',
] as const;
export type Act = (typeof acts)[number];

/** Every command of a room, by what is done here with it; null: it changes nothing that others are shown. */
export const COMMANDS: Record<string, readonly Act[] | null> = {
  'message:post': ['reply', 'write-in', 'ask'],
  'message:remove': ['remove'],
  'message:edit': ['edit'],
  'message:react': ['react'],
  'message:pin': ['pin'],
  'message:mark': ['question', 'answer'],
  'message:verify': ['verify'],
  'message:language': ['language'],
  'message:move': ['move'],
  // hers alone, or only looked at
  'message:save': null,
  'message:reveal': null,
  'message:looks': null,
  'message:review': null,
  'message:held': null,
  'message:versions': null,
  'message:locate': null,
};
export type Step =
  | { do: 'post'; writer: number }
  | { do: 'post-many'; count: number }
  | { do: 'act'; act: Act; nth: number; other: number; on: boolean }
  | { do: 'act-loading' | 'act-thread'; act: Act; reader: number; nth: number; other: number; on: boolean }
  | { do: 'open-thread' | 'go-to'; reader: number; nth: number }
  | { do: (typeof readerSteps)[number]; reader: number };

/** How often the cases that the law is about really came up. */
export const done = new Map<Act, number>();
export const compared = { threads: 0, parts: 0 };

async function everything(roomId: string): Promise<MessageView[]> {
  const all: MessageView[] = [];
  for (let before: number | null = null; ;) {
    const page: HistoryPage = await live.messages.history(person('Fetcher'), { roomId, before });
    all.unshift(...page.messages);
    if (!page.hasOlder) return all;
    before = page.messages[0]?.seq ?? null;
  }
}

/** The message is too old for its room, and its thread with it. */
async function purge(roomId: string, messageId: string): Promise<void> {
  const found = await live.models.messages.findById(messageId, { seq: 1 }).lean();
  if (!found) throw new AppError('not-found');
  const old = new Date(Date.now() + 60_000);
  await live.messages.purgeOld(roomId, { before: old, after: found.seq - 1, most: 1 });
}

/** One command on a message; `other` is another message of the room. */
export async function change(
  act: Act,
  roomId: string,
  messageId: string,
  other: string,
  on: boolean,
): Promise<string | null> {
  const one = { roomId, messageId };
  const { messages } = live;
  const post = async (more: object) =>
    (await messages.post(amal, { ...aPost(roomId, `a reply ${on}`), ...more })).message.id;
  if (act === 'remove') await messages.remove(olena, one);
  if (act === 'edit') await messages.edit(amal, { ...one, text: `edited ${Math.random()}` });
  if (act === 'react') {
    const reaction = REACTIONS[messageId.charCodeAt(23) % 2];
    await Promise.all(writers.map((writer) => messages.react(writer, { ...one, reaction, on })));
  }
  if (act === 'pin') await messages.pin(olena, { ...one, on, position: on ? 0 : undefined });
  if (act === 'verify') {
    await messages.verify(olena, { ...one, until: on ? '2099-01-01T00:00:00Z' : null, source: 'https://example.org/' });
  }
  if (act === 'question') await messages.mark(amal, { ...one, as: on ? 'question' : 'none' });
  if (act === 'answer') {
    await messages.mark(amal, { roomId, messageId: other, as: 'question' });
    await messages.mark(amal, { ...one, as: 'answer', answers: other });
  }
  if (act === 'hide') {
    await messages.hide(roomId, messageId, 'review');
    if (on) await messages.hide(roomId, messageId, null);
  }
  if (act === 'purge') await purge(roomId, messageId);
  if (act === 'language') await messages.language(amal, { ...one, lang: on ? 'uk' : 'tr' });
  if (act === 'move') await messages.move(olena, { ...one, toRoomId: elsewhere });
  if (act === 'reply') return post({ replyTo: messageId });
  if (act === 'write-in') return post({ threadId: messageId });
  if (act === 'ask') {
    return post({ replyTo: on ? messageId : null, anonymous: true, question: true, mentions: [], cover: 'a letter' });
  }
  return null;
}

export async function perform(step: Step, roomId: string, posted: string[], readers: Reader[]): Promise<void> {
  if (step.do === 'post' || step.do === 'post-many') {
    const count = step.do === 'post' ? 1 : step.count;
    const texts = Array.from({ length: count }, (_, index) => `text ${posted.length + index}`);
    const answers = await Promise.all(texts.map((text) => live.messages.post(amal, aPost(roomId, text))));
    posted.push(...answers.map(({ message }) => message.id));
    return;
  }
  if (step.do === 'act' || step.do === 'act-loading' || step.do === 'act-thread') {
    const newest = posted[Math.max(0, posted.length - 1 - step.nth)];
    const from = step.do === 'act' ? undefined : readers[step.reader];
    const there = step.do === 'act-thread' ? from?.ofThread(step.nth) : from?.onItsWay(step.nth);
    const messageId = step.do === 'act' ? newest : there;
    const other = posted[step.other % Math.max(1, posted.length)];
    if (!messageId || !other) return;
    try {
      const made = await change(step.act, roomId, messageId, other, step.on);
      done.set(step.act, (done.get(step.act) ?? 0) + 1);
      if (made) posted.push(made);
    } catch (error) {
      // a stone takes no more, an answer is not its own question
      expect(error).toMatchObject({ code: 'not-found' });
    }
    return;
  }
  const reader = readers[step.reader];
  if (step.do === 'open-thread') {
    const rootId = posted[step.nth % Math.max(1, posted.length)];
    if (rootId) await reader?.openThread(rootId).catch(() => undefined); // no root
  }
  if (step.do === 'join') await reader?.join();
  if (step.do === 'receive') await reader?.receive();
  if (step.do === 'receive-all') await reader?.receiveAll();
  if (step.do === 'lose') reader?.lose();
  if (step.do === 'ask-older' || step.do === 'load-older') reader?.askOlder();
  if (step.do === 'read-older' || step.do === 'load-older') await reader?.readOlder();
  if (step.do === 'get-older') reader?.getOlder();
  if (step.do === 'ask-newer') reader?.askNewer();
  if (step.do === 'cut-older' || step.do === 'cut-newer') reader?.cut(step.do === 'cut-older' ? 'older' : 'newer');
  if (step.do === 'to-newest') reader?.goTo(null);
  if (step.do === 'go-to') reader?.goTo(step.nth + 1);
}

const acting = { act: fc.constantFrom(...acts), nth: fc.nat(7), other: fc.nat(11), on: fc.boolean() };
const reader = fc.nat(1);
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('post' as const), writer: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('post-many' as const), count: fc.integer({ min: 2, max: 7 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('act' as const), ...acting }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('act-loading' as const), reader, ...acting }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('act-thread' as const), reader, ...acting }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open-thread' as const), reader, nth: fc.nat(11) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('go-to' as const), reader, nth: fc.nat(25) }) },
  { weight: 18, arbitrary: fc.record({ do: fc.constantFrom(...readerSteps), reader }) },
);

/** What a reader ends with is what a fresh fetch shows. */
export async function compare(one: Reader, roomId: string): Promise<void> {
  const head = await live.repository.head(roomId);
  await one.settle(head?.rev ?? 0);
  const fetched = await everything(roomId);
  const { state, thread } = one;
  const fresh = await live.messages.join(person('Fetcher'), { roomId });
  expect([state.rev, state.posts, state.pins]).toEqual([head?.rev, head?.posts, fresh.pins]);
  const first = fetched.findIndex(({ id }) => id === state.messages[0]?.id);
  const end = first + state.messages.length;
  if (state.hasNewer) compared.parts++;
  if (state.messages.length > 0) {
    expect(state.messages).toEqual(fetched.slice(first, end));
    // a page that was asked for by its place may find out only with the next one that it is the last
    if (!state.hasNewer) expect(end).toBe(fetched.length);
    if (!state.hasOlder) expect(first).toBe(0);
  } else if (!state.hasNewer && !state.hasOlder) expect(fetched).toEqual([]);
  const root = thread && (await live.models.messages.findById(thread.root.id, { _id: 1 }).lean());
  if (!thread || !root) return; // it went by its age, under her eyes
  const again = await live.messages.thread(person('Fetcher'), { roomId, rootId: thread.root.id });
  expect(thread.root).toEqual(again.root);
  expect(thread.messages.slice(-again.page.messages.length)).toEqual(again.page.messages);
  if (thread.messages.length > 0) compared.threads++;
}
