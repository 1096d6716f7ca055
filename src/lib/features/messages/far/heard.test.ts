// What those hear who listen instead of looking.
import { expect, it } from 'vitest';
import { m } from '#lib/i18n/generated/messages.js';
import type { MessageView } from '#shared/messages.ts';
import { PLAIN } from '#shared/messages.reduce.ts';
import { heardWords } from './heard.ts';

const author = { id: 'a', displayName: 'Amal', role: 'member' as const, hue: 1 };
const said: MessageView = {
  ...PLAIN,
  ...{ id: 'm', roomId: 'r', seq: 1, rev: 1, post: 1, author, text: 'hello', removedBy: null, clientId: 'c' },
  at: '2026-11-20T10:00:00.000Z',
  lang: 'en',
};
const reader = { id: 'me', reads: ['en'] };

it('a message is said with the name of who wrote it, and in its language', () => {
  expect(heardWords(said, reader)).toEqual({ text: 'Amal: hello', lang: 'en' });
});

it('who asks anonymously is someone from the community, as in the room, and not somebody who left', () => {
  const { text } = heardWords({ ...said, author: null }, reader);
  expect(text).toBe(`${m.message_community()}: hello`);
  expect(text).not.toContain(m.message_someone());
});

it('what she does not read is not read out: its line is, which stays the same while more is folded', () => {
  const first = heardWords({ ...said, lang: 'uk', text: 'Привіт' }, reader);
  expect(first.text).toBe(m.message_folded({ count: '1', language: 'Українська' }));
  expect(heardWords({ ...said, id: 'n', lang: 'uk', text: 'Хто знає?' }, reader)).toEqual(first);
});

it('what is written to her is said whatever its language', () => {
  const toHer = { ...said, lang: 'uk', text: 'Привіт', threadId: 'hers' };
  expect(heardWords(toHer, { ...reader, hers: new Set(['hers']) }).text).toBe('Amal: Привіт');
});

it('of a removed message nothing is said', () => {
  expect(heardWords({ ...said, text: null, removedBy: 'author' }, reader).text).toBe('');
});
