// Two who want nothing of each other, in everything that the product has: what they leave there before, and what no answer to either may hold. Tests only.
import { randomUUID } from 'node:crypto';
import type { MessageView } from '#shared/messages.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import type { Hub } from '../../server/hub.ts';
import { aPlace, makeSitting } from './queue.ts';
import { until, type TestRoom } from './sockets.ts';

/** What a view by events and a fresh look may differ in: the rev of a stone, which nobody sees. */
export const withoutDetail = ({ rev: _rev, replyTo, ...message }: MessageView) => ({
  ...message,
  replyTo: replyTo && { ...replyTo, rev: 0 },
});

export interface Four {
  blocker: Actor;
  blocked: Actor;
  /** A mentor. */
  third: Actor;
  coordinator: Actor;
}
/** Each of the two writes one of these into everything. */
export const HERS = 'peonies';
export const THEIRS = 'quartzite';

/** Something of both in every list there is, while nothing stands between them; both wait in a queue that shows who waits. */
export async function furnishPair(hub: Hub, { blocker, blocked, third, coordinator }: Four) {
  const { messages, rooms, tickets } = hub;
  const roomId = (await rooms.list(coordinator)).find(({ slug }) => slug === 'jobs')?.roomId ?? '';
  const post = async (actor: Actor, text: string, more: object = {}) =>
    (await messages.post(actor, { roomId, text, clientId: randomUUID(), ...more })).message.id;
  const one = (messageId: string) => ({ roomId, messageId });

  const root = await post(third, 'a question of a third person', { question: true, lang: 'en' });
  const ids: Record<string, { question: string; answer: string; saved: string }> = {};
  for (const [actor, other, word] of [
    [blocker, blocked, HERS],
    [blocked, blocker, THEIRS],
  ] as const) {
    await rooms.join(actor, { roomId, shown: true });
    const question = await post(actor, `Who knows about ${word}?`, { question: true, lang: 'en' });
    const answer = await post(actor, `Answers about ${word}`, { replyTo: root, mentions: [other.id] });
    const saved = await post(actor, `More about ${word}`, { threadId: root });
    await messages.pin(third, { ...one(question), on: true });
    await messages.mark(third, { ...one(answer), as: 'answer', answers: root });
    await messages.verify(third, { ...one(answer), until: '2099-01-01T00:00:00Z', source: 'https://example.org/' });
    await messages.react(actor, { ...one(root), reaction: 'heart', on: true });
    ids[word] = { question, answer, saved };
  }
  await messages.save(blocker, { ...one(ids[THEIRS]?.answer ?? ''), on: true });
  await messages.save(blocked, { ...one(ids[HERS]?.answer ?? ''), on: true });
  await messages.react(blocker, { ...one(ids[THEIRS]?.question ?? ''), reaction: 'thanks', on: true });
  await messages.react(blocked, { ...one(ids[HERS]?.question ?? ''), reaction: 'thanks', on: true });
  await messages.flush();
  await hub.search.flush();

  const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
  const sitting = { hosts: [{ actor: third, languages: ['en' as const] }], topics: ['jobs'], queue: { open: true } };
  const dropInId = await makeSitting(dropIns, new Date(Date.now() - 60_000), sitting);
  for (const [actor, word] of [
    [blocker, HERS],
    [blocked, THEIRS],
  ] as const) {
    const place = { topic: 'jobs', languages: ['en' as const], firstName: word, words: `About ${word}` };
    await tickets.join(actor, aPlace(dropInId, place));
  }
  return { roomId, root, dropInId, hers: ids[HERS], theirs: ids[THEIRS] };
}
export type Furnished = Awaited<ReturnType<typeof furnishPair>>;

/** Each of the two blocks the other, by a hub that has no socket of theirs; from the answer on neither hears a word. */
export async function neitherHears(
  hub: Hub | undefined,
  pair: readonly [Actor | undefined, Actor | undefined],
  rooms: readonly [TestRoom, TestRoom],
  reader: TestRoom,
): Promise<void> {
  const frames: [string[], string[]] = [[], []];
  for (const at of [0, 1] as const) {
    rooms[at].socket.onAny((...packet: unknown[]) => frames[at].push(JSON.stringify(packet)));
  }
  // the first block that there ever was, and then one the other way round
  for (const at of [0, 1] as const) {
    const [blocker, other] = [pair[at], pair[1 - at]];
    if (!hub || !blocker || !other) throw new Error('somebody is missing');
    await hub.blocks.block(blocker, { userId: other.id });
    const words = [randomUUID(), randomUUID()] as const;
    await Promise.all([rooms[0].post(words[0]), rooms[1].post(words[1])]);
    const { id } = await reader.post('who hears this has heard all before it');
    await until('both have all', () => rooms.every(({ state }) => state.messages.some((one) => one.id === id)));
    for (const mine of [0, 1] as const) {
      const heard = frames[mine].filter((frame) => frame.includes(words[mine === 0 ? 1 : 0]));
      if (heard.length > 0) throw new Error(`she heard the other: ${heard.join()}`);
    }
    await hub.blocks.unblock(blocker, { userId: other.id });
    await until('it is back', () => rooms[1].state.messages.some(({ text }) => text === words[0]));
  }
}
