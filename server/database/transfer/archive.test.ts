// The file of a backup: what goes in comes out, and whatever is not whole is known as damaged.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { BSON } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DamagedError, readArchive, sumOfFile, writeArchive, type Frame } from './archive.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'st-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
let files = 0;
const fresh = (): string => join(folder, `${++files}.gz`);

async function* stream(frames: Frame[]): AsyncGenerator<Frame> {
  await Promise.resolve();
  yield* frames;
}
async function readAll(file: string): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of readArchive(file)) {
    frames.push(frame.kind === 'document' ? { ...frame, raw: Uint8Array.from(frame.raw) } : frame);
  }
  return frames;
}
const document = (value: unknown): Frame => ({ kind: 'document', raw: Uint8Array.from(BSON.serialize({ value })) });
const framesOf = (values: unknown[]): Frame[] => [
  { kind: 'collection', plan: { name: 'letters', indexes: [{ name: 'a_1' }] } },
  ...values.map(document),
  { kind: 'end-of-collection', total: { documents: values.length, sum: 'ab'.repeat(32) } },
  { kind: 'end' },
];

test('any documents come out as they went in, small ones, many ones and one of nine megabytes', async () => {
  const values = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant(null)), {
    maxLength: 300,
  });
  await fc.assert(
    fc.asyncProperty(values, async (some) => {
      const file = fresh();
      const written = await writeArchive(file, stream(framesOf(some)));
      expect(await sumOfFile(file)).toEqual(written);
      expect(await readAll(file)).toEqual(framesOf(some));
    }),
    { numRuns: 25 },
  );
  const large = framesOf(['ü'.repeat(4_500_000)]);
  const file = fresh();
  await writeArchive(file, stream(large));
  expect(await readAll(file)).toEqual(large);
});

test('cut off at any place, or with a foreign byte between two documents, it is damaged', async () => {
  const file = fresh();
  await writeArchive(file, stream(framesOf(['one', 'two', 'three'])));
  const plain = gunzipSync(await readFile(file));
  for (let length = 0; length < plain.length; length++) {
    const cut = fresh();
    await writeFile(cut, gzipSync(plain.subarray(0, length)));
    await expect(readAll(cut)).rejects.toThrow(DamagedError);
  }
  const packed = await readFile(file);
  const torn = fresh();
  await writeFile(torn, packed.subarray(0, packed.length - 10));
  await expect(readAll(torn)).rejects.toThrow(DamagedError);
  for (const bytes of [Buffer.from('no archive at all'), gzipSync(Buffer.concat([plain, Buffer.from([9])]))]) {
    const other = fresh();
    await writeFile(other, bytes);
    await expect(readAll(other)).rejects.toThrow(DamagedError);
  }
});
