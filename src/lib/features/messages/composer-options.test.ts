// What a half-written message keeps of her choices.
import { expect, it } from 'vitest';
import { readOptions, writeOptions } from './composer-options.ts';

const none = { anonymous: false, question: false, people: [], reply: null };

it('choices come back as they were', () => {
  const chosen = {
    anonymous: true,
    question: false,
    people: [{ id: '1', displayName: 'نور' }],
    reply: { id: 'a1', seq: 7 },
  };
  expect(readOptions(writeOptions(chosen))).toEqual(chosen);
});

it('a reply alone is kept, and its place in the room', () => {
  const chosen = { ...none, reply: { id: 'a1', seq: 7 } };
  expect(readOptions(writeOptions(chosen))).toEqual(chosen);
});

it('nothing chosen keeps nothing', () => {
  expect(writeOptions(none)).toBe('');
  expect(readOptions('')).toEqual(none);
});

it('what cannot be read counts as nothing chosen', () => {
  for (const kept of ['{', 'null', '7', '{"anonymous":"yes","people":[1,null,{"id":1}],"reply":{"id":7}}']) {
    expect(readOptions(kept)).toEqual(none);
  }
});
