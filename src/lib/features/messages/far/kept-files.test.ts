// What is read of files that an earlier page had.
import { expect, it } from 'vitest';
import { readFiles } from './kept-files.ts';

it('words that waited come back, and that they were asked anonymously', () => {
  const kept = { words: ['look'], hidden: true };
  expect(readFiles(JSON.stringify(kept))).toEqual(kept);
});

it('what cannot be read counts as no files, and of anything else only words are taken', () => {
  expect(['', '{', 'null'].map(readFiles)).toEqual([null, null, null]);
  expect(readFiles('{"words":[1,"look",null],"hidden":"yes"}')).toEqual({ words: ['look'], hidden: false });
  expect(readFiles('7')).toEqual({ words: [], hidden: false });
});
