// What the messages area refuses, with which code, and that nothing is stored then.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../src/lib/shared/limits.ts';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let roomId: string;
const amal = person('Amal');
const nowhere = 'f'.repeat(24);
beforeAll(async () => {
  live = await openLive();
  roomId = await live.newRoom();
});
afterAll(() => live.close());

const texts: [name: string, text: unknown, error: object][] = [
  ['nothing', '', { code: 'input.empty', params: { field: 'text' } }],
  ['spaces and line breaks only', ' \n\t\u00a0\u3000 ', { code: 'input.empty' }],
  ['zero-width characters only', '\u200b\u200d\ufeff\u2060', { code: 'input.empty' }],
  ['direction marks only', '\u202e\u200f\u2067', { code: 'input.empty' }],
  ['combining marks and fillers only', '\u0301\u3164\uffa0\u2800', { code: 'input.empty' }],
  ['control characters only', '\u0000\u0007', { code: 'input.empty' }],
  ['one character too much', 'x'.repeat(LIMITS.messageLength + 1), { code: 'input.too-long' }],
  ['a lone surrogate', 'half \ud83d', { code: 'input.invalid' }],
  ['a number', 5, { code: 'input.invalid' }],
  ['a query', { $gt: '' }, { code: 'input.invalid' }],
  ['a missing text', undefined, { code: 'input.invalid' }],
];
test.each(texts)('a text of %s is refused', async (_name, text, error) => {
  await expect(live.messages.post(amal, { roomId, clientId: randomUUID(), text })).rejects.toMatchObject(error);
  expect(await live.models.roomLog.countDocuments({ roomId })).toBe(0);
});

test('the longest text, an emoji of several parts, right-to-left marks and a dollar sign arrive as they are', async () => {
  const room = await live.newRoom();
  const kept = [
    'x'.repeat(LIMITS.messageLength),
    '👩‍👩‍👧',
    'שלום\u200f!',
    '{"$gt": ""}',
    'مرحبا\nпривіт',
    '__proto__',
    '.',
  ];
  for (const text of kept) expect((await live.messages.post(amal, aPost(room, text))).message.text).toBe(text);
  const page = await live.messages.history(amal, { roomId: room });
  expect(page.messages.map((message) => message.text)).toEqual(kept);
});

const calls: [name: string, call: () => Promise<unknown>, error: object][] = [
  ['posting into an unknown room', () => live.messages.post(amal, aPost(nowhere, 'x')), { code: 'not-found' }],
  ['posting with an id of no room', () => live.messages.post(amal, aPost('jobs', 'x')), { code: 'input.invalid' }],
  [
    'a room that is a query',
    () => live.messages.post(amal, { ...aPost('', 'x'), roomId: { $ne: '' } }),
    { code: 'input.invalid' },
  ],
  [
    'a client id that is no UUID',
    () => live.messages.post(amal, aPost(roomId, 'x', 'first')),
    { code: 'input.invalid' },
  ],
  ['no input at all', () => live.messages.post(amal, undefined), { code: 'input.invalid' }],
  ['an array as input', () => live.messages.post(amal, []), { code: 'input.invalid' }],
  [
    'removing an unknown message',
    () => live.messages.remove(amal, { roomId, messageId: nowhere }),
    { code: 'not-found' },
  ],
  ['removing without saying what', () => live.messages.remove(amal, { roomId }), { code: 'input.invalid' }],
  ['joining an unknown room', () => live.messages.join(amal, { roomId: nowhere }), { code: 'not-found' }],
  ['joining since a negative rev', () => live.messages.join(amal, { roomId, since: -1 }), { code: 'input.invalid' }],
  ['joining since half a rev', () => live.messages.join(amal, { roomId, since: 1.5 }), { code: 'input.invalid' }],
  ['joining since a text', () => live.messages.join(amal, { roomId, since: '1' }), { code: 'input.invalid' }],
  ['history of an unknown room', () => live.messages.history(amal, { roomId: nowhere }), { code: 'not-found' }],
  ['history before zero', () => live.messages.history(amal, { roomId, before: 0 }), { code: 'input.invalid' }],
  ['history around a text', () => live.messages.history(amal, { roomId, around: '1' }), { code: 'input.invalid' }],
  [
    'history at two places',
    () => live.messages.history(amal, { roomId, before: 2, after: 1 }),
    { code: 'input.invalid' },
  ],
  [
    'history before a query',
    () => live.messages.history(amal, { roomId, before: { $gt: 0 } }),
    { code: 'input.invalid' },
  ],
];
test.each(calls)('%s is refused', async (_name, call, error) => {
  await expect(call()).rejects.toMatchObject(error);
});

test('a refused input costs nothing of what she may post', async () => {
  const limited = await live.another({ limits: { posting: { burst: 1, perSecond: 0.01 } } });
  await expect(limited.messages.post(amal, aPost(roomId, ''))).rejects.toMatchObject({ code: 'input.empty' });
  await expect(limited.messages.post(amal, aPost(nowhere, 'x'))).rejects.toMatchObject({ code: 'not-found' });
  expect((await limited.messages.post(amal, aPost(roomId, 'goes'))).message.text).toBe('goes');
});

const extras: [name: string, more: object, code: string][] = [
  ['a reply to what is no id', { replyTo: 'the last one' }, 'input.invalid'],
  ['a thread of a query', { threadId: { $ne: null } }, 'input.invalid'],
  ['a reply to an unknown message', { replyTo: nowhere }, 'not-found'],
  ['an unknown thread', { threadId: nowhere }, 'not-found'],
  ['"anonymous" as a word', { anonymous: 'yes' }, 'input.invalid'],
  ['a cover of one character too much', { cover: 'x'.repeat(LIMITS.coverLength + 1) }, 'input.too-long'],
  ['a cover that nobody can see', { cover: '\u200b \u202e' }, 'input.empty'],
  ['a cover with a lone surrogate', { cover: 'a\ud83d' }, 'input.invalid'],
  ['a language that nobody speaks here', { lang: 'xx' }, 'input.invalid'],
  ['too many attachments', { attachments: Array.from({ length: 50 }, () => nowhere) }, 'input.too-long'],
  ['mentions that are no list', { mentions: nowhere }, 'input.invalid'],
];
test.each(extras)('a post with %s is refused', async (_name, more, code) => {
  const room = await live.newRoom();
  await expect(live.messages.post(amal, { ...aPost(room, 'x'), ...more })).rejects.toMatchObject({ code });
  expect(await live.models.roomLog.countDocuments({ roomId: room })).toBe(0);
});
