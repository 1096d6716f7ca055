// Where a form may send her, and what counts as a code.
import { describe, expect, it } from 'vitest';
import { codeIn, safePath } from './paths.ts';

describe('the way after a form', () => {
  it.each(['/rooms', '/rooms/jobs?at=12', '/join/7KQ2-M9XD?you', '/rooms/%D8%B9'])('may be %s', (path) => {
    expect(safePath(path, '/fallback')).toBe(path);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '/rooms\nset-cookie: a=b',
    'rooms',
    '',
    null,
    undefined,
  ])('never leads to %j', (path) => {
    expect(safePath(path, '/fallback')).toBe('/fallback');
  });
});

describe('the code of an invitation', () => {
  it.each([
    ['7KQ2-M9XD-04TA-HW3Z', '7KQ2-M9XD-04TA-HW3Z'],
    ['  7KQ2-M9XD-04TA-HW3Z ', '7KQ2-M9XD-04TA-HW3Z'],
    ['https://hub.example/join/7KQ2-M9XD-04TA-HW3Z', '7KQ2-M9XD-04TA-HW3Z'],
    ['https://hub.example/join/7KQ2-M9XD-04TA-HW3Z/?you#x', '7KQ2-M9XD-04TA-HW3Z'],
    ['', ''],
    [' / ', ''],
  ])('in %j is %j', (pasted, code) => {
    expect(codeIn(pasted)).toBe(code);
  });
});
