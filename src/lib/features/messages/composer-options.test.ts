// What a half-written message keeps of her choices.
import { expect, it } from 'vitest';
import { readOptions, writeOptions } from './composer-options.ts';

const none = { anonymous: false, question: false, people: [] };

it('choices come back as they were', () => {
  const chosen = { anonymous: true, question: false, people: [{ id: '1', displayName: 'نور' }] };
  expect(readOptions(writeOptions(chosen))).toEqual(chosen);
});

it('nothing chosen keeps nothing', () => {
  expect(writeOptions(none)).toBe('');
  expect(readOptions('')).toEqual(none);
});

it('what cannot be read counts as nothing chosen', () => {
  for (const kept of ['{', 'null', '7', '{"anonymous":"yes","people":[1,null,{"id":1}]}']) {
    expect(readOptions(kept)).toEqual(none);
  }
});
