// A hub with something of everything in one room and in two women's own pages. For the walk through every state only.
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import type { Hub } from '../../server/hub.ts';
import { TEST_PASSWORD } from './hub.ts';

/** What was furnished, by its name. */
export const ids: Record<string, string> = {};

/** One room with a message of every kind, and something of everything in her own pages. */
export async function furnish({ accounts, rooms, messages, attachments, answers }: Hub, katrin: Actor): Promise<void> {
  const context = { address: '192.0.2.1', userAgent: 'test' };
  const actorOf = async (userName: string) =>
    (await accounts.signIn({ userName, password: TEST_PASSWORD }, context)).actor;
  const [nour, olena] = [await actorOf('nour'), await actorOf('olena')];
  const roomId = (await rooms.list(katrin)).find(({ slug }) => slug === 'jobs')?.roomId ?? '';
  ids['room'] = roomId;
  const post = async (actor: Actor, text: string, more: object = {}) =>
    (await messages.post(actor, { roomId, clientId: randomUUID(), text, ...more })).message.id;

  const picture = await sharp({ create: { width: 600, height: 400, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const clientId = randomUUID();
  const upload = await attachments.create(olena, { roomId, clientId, bytes: picture.length, name: 'brief.png' });
  await attachments.append(olena, upload.id, 0, picture);
  await post(olena, 'covered', { attachments: [upload.id], cover: 'ein Brief' });

  ids['question'] = await post(olena, 'Who knows about diplomas?', { question: true, lang: 'en' });
  ids['answer'] = await post(nour, 'You ask at the office, it is free of charge.', {
    replyTo: ids['question'],
    lang: 'en',
  });
  const one = (messageId = '') => ({ roomId, messageId });
  await messages.mark(olena, { ...one(ids['answer']), as: 'answer', answers: ids['question'] });
  await messages.verify(katrin, {
    ...one(ids['answer']),
    until: '2099-01-01T00:00:00Z',
    source: 'https://example.org/',
  });
  await messages.pin(katrin, { ...one(ids['answer']), on: true });
  await messages.react(olena, { ...one(ids['answer']), reaction: 'thanks', on: true });
  await post(olena, 'May they keep my passport?', { anonymous: true, lang: 'en' });
  ids['thread'] = await post(olena, 'A long story begins', { lang: 'en' });
  await post(nour, 'and goes on', { threadId: ids['thread'], lang: 'en' });
  const gone = await post(olena, 'soon gone', { lang: 'en' });
  await messages.remove(olena, one(gone));
  for (const text of ['Добрий день усім, хто тут сьогодні є', 'Чи є тут хтось із Харкова або з Одеси?']) {
    await post(olena, text, { lang: 'uk' });
  }
  for (const [actor, lang] of [
    [katrin, 'de'],
    [nour, 'ar'],
  ] as const) {
    const hers = await post(actor, `first words ${lang}`, { lang });
    await messages.edit(actor, { ...one(hers), text: `changed words ${lang}` });
    await post(actor, `hidden words ${lang}`, { anonymous: true, lang });
    await messages.save(actor, { ...one(ids['answer']), on: true });
    const kept = { clientId: randomUUID(), title: 'Diplom', texts: { de: 'Zum Amt.', ar: 'إلى الدائرة.' } };
    ids[`answer-${lang}`] = (await answers.create(actor, kept)).id;
    await accounts.setReads(actor, { reads: [lang, 'en'] });
  }
  await post(olena, 'Thank you both', { mentions: [katrin.id, nour.id], lang: 'en' });
}
