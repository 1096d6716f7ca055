// What a page keeps of pictures, and for how long.
import { expect, test } from 'vitest';
import { createPictures, shownSize, type PictureDeps } from './pictures.ts';

function memory(more: Partial<PictureDeps> = {}) {
  const asked: string[] = [];
  const dropped: string[] = [];
  let urls = 0;
  const pictures = createPictures({
    fetch: (path) => {
      asked.push(path);
      return Promise.resolve({ ok: true, status: 200, blob: () => Promise.resolve(new Blob(['0123456789'])) });
    },
    makeUrl: () => `blob:${++urls}`,
    dropUrl: (url) => dropped.push(url),
    most: 25,
    ...more,
  });
  return { pictures, asked, dropped };
}

test('a picture is asked for once, also by two parts of the page at the same time', async () => {
  const { pictures, asked } = memory();
  expect(await Promise.all([pictures.get('a', 'thumb'), pictures.get('a', 'thumb')])).toEqual(['blob:1', 'blob:1']);
  expect(await pictures.get('a', 'thumb')).toBe('blob:1');
  expect(pictures.known('a', 'thumb')).toBe('blob:1');
  expect(pictures.known('a', 'file')).toBeNull();
  expect(asked).toEqual(['/api/attachments/a/thumb']);
});

test('above the limit the one unused for longest goes, never one that is on the screen', async () => {
  const { pictures, dropped } = memory();
  const release = pictures.hold('a', 'thumb');
  for (const id of ['a', 'b', 'c', 'd']) await pictures.get(id, 'thumb');
  expect(dropped).toEqual(['blob:2', 'blob:3']);
  release();
  expect(pictures.known('a', 'thumb')).toBe('blob:1');
  await pictures.get('e', 'thumb');
  expect(dropped).toEqual(['blob:2', 'blob:3', 'blob:4']);
});

test('a picture that nobody may see is gone; one that did not arrive can be asked for again', async () => {
  const answer = (status: number) => Promise.resolve({ ok: false, status, blob: () => Promise.reject(new Error()) });
  expect(await memory({ fetch: () => answer(404) }).pictures.get('a', 'file')).toBe('gone');
  expect(await memory({ fetch: () => answer(503) }).pictures.get('a', 'file')).toBe('lost');
  let away = true;
  const { pictures } = memory({
    fetch: () =>
      away
        ? Promise.reject(new TypeError('no network'))
        : Promise.resolve({ ok: true, status: 200, blob: () => Promise.resolve(new Blob(['x'])) }),
  });
  expect(await pictures.get('a', 'file')).toBe('lost');
  away = false;
  expect(await pictures.get('a', 'file')).toBe('blob:1');
});

test.each([
  [1600, 1200, 320, 240],
  [600, 1600, 135, 360],
  [100, 50, 100, 50],
  [4000, 10, 320, 1],
])('a picture of %i x %i takes %i x %i', (width, height, shownWidth, shownHeight) => {
  expect(shownSize(width, height)).toEqual({ width: shownWidth, height: shownHeight });
});
