// Files in GridFS through the driver's own bucket: the engine has to know nothing special for them.
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GridFSBucket, ObjectId, type GridFSBucketOptions } from 'mongodb';
import { expect, test } from 'vitest';
import { run, useEngine } from './support.ts';

const engine = useEngine();
const bucket = (options: GridFSBucketOptions = {}) => new GridFSBucket(engine.it.db, options);
const hash = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

async function put(to: GridFSBucket, data: Buffer, name = 'file', metadata = {}): Promise<ObjectId> {
  const stream = to.openUploadStream(name, { metadata });
  await pipeline(Readable.from([data]), stream);
  return stream.id;
}
async function get(from: GridFSBucket, id: ObjectId, options = {}): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of from.openDownloadStream(id, options)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test('a bucket makes its own indexes before the first file, and does not mind finding them', async () => {
  const own = bucket({ bucketName: 'indexed' });
  await put(own, Buffer.from('one'));
  await put(bucket({ bucketName: 'indexed' }), Buffer.from('two'));
  const indexes = async (name: string) => (await engine.it.db.collection(name).indexes()).map(({ key }) => key);
  expect(await indexes('indexed.files')).toEqual([{ _id: 1 }, { filename: 1, uploadDate: 1 }]);
  expect(await indexes('indexed.chunks')).toEqual([{ _id: 1 }, { files_id: 1, n: 1 }]);
});

test.each([0, 1, 255 * 1024, 255 * 1024 + 1, 3 * 1024 * 1024 + 17])('%i bytes come back as they went', async (size) => {
  const data = randomBytes(size);
  const id = await put(bucket(), data, 'sized', { owner: 'somebody' });
  expect(hash(await get(bucket(), id))).toBe(hash(data));
  expect(await bucket().find({ _id: id }).next()).toMatchObject({ length: size, metadata: { owner: 'somebody' } });
});

test('a part of a file can be read by itself', async () => {
  const data = randomBytes(700_000);
  const id = await put(bucket({ chunkSizeBytes: 100_000 }), data);
  const part = await get(bucket(), id, { start: 250_000, end: 450_001 });
  expect(hash(part)).toBe(hash(data.subarray(250_000, 450_001)));
});

test('reading a file by index looks at its own chunks only', async () => {
  const id = await put(bucket({ bucketName: 'indexed', chunkSizeBytes: 1_000 }), randomBytes(5_000));
  const plan = await engine.it.db
    .collection('indexed.chunks')
    .find({ files_id: id })
    .sort({ n: 1 })
    .explain('executionStats');
  expect(plan['executionStats']).toMatchObject({ totalDocsExamined: 5 });
});

test('a deleted file is gone with its chunks, the one beside it is not', async () => {
  const own = bucket({ bucketName: 'deleting', chunkSizeBytes: 1_000 });
  const [gone, kept] = [await put(own, randomBytes(5_000)), await put(own, Buffer.from('kept'))];
  await own.delete(gone);
  await expect(get(own, gone)).rejects.toThrow(/FileNotFound/);
  await expect(own.delete(gone)).rejects.toThrow(/File not found/);
  expect(await engine.it.db.collection('deleting.chunks').countDocuments()).toBe(1);
  expect((await get(own, kept)).toString()).toBe('kept');
});

test('an upload that is broken off leaves nothing when it is aborted', async () => {
  const own = bucket({ bucketName: 'aborted', chunkSizeBytes: 1_000 });
  const stream = own.openUploadStream('half');
  await new Promise<void>((resolve, reject) => stream.write(randomBytes(3_500), (e) => (e ? reject(e) : resolve())));
  expect(await engine.it.db.collection('aborted.chunks').countDocuments()).toBe(3);
  await stream.abort();
  expect(await engine.it.db.collection('aborted.chunks').countDocuments()).toBe(0);
  expect(await own.find().toArray()).toEqual([]);
});

test('files are found by name, newest first, and can be renamed', async () => {
  const own = bucket({ bucketName: 'named' });
  const first = await put(own, Buffer.from('old'), 'letter');
  await new Promise((resolve) => setTimeout(resolve, 5));
  await put(own, Buffer.from('new'), 'letter');
  const parts: Buffer[] = [];
  for await (const part of own.openDownloadStreamByName('letter')) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString()).toBe('new');
  await own.rename(first, 'older letter');
  expect((await own.find({ filename: 'older letter' }).toArray()).map(({ _id }) => _id)).toEqual([first]);
});

test('two people write under one id: one of them is refused', async () => {
  const own = bucket({ bucketName: 'twice' });
  const id = new ObjectId();
  const write = (text: string) => pipeline(Readable.from([Buffer.from(text)]), own.openUploadStreamWithId(id, 'file'));
  const results = await Promise.allSettled([write('a'), write('b')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await get(own, id)).length).toBe(1);
});

test('twenty files at once, and all of them after a restart', async () => {
  const first = await run();
  const all = Array.from({ length: 20 }, (_, index) => randomBytes(index * 40_000));
  const own = new GridFSBucket(first.db);
  const ids = await Promise.all(all.map((data) => put(own, data)));
  await first.stop();
  const second = await run({ folder: first.folder });
  try {
    const again = await Promise.all(ids.map((id) => get(new GridFSBucket(second.db), id)));
    expect(again.map(hash)).toEqual(all.map(hash));
  } finally {
    await second.stop();
  }
});
