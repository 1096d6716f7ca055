// Attachments and the messages that use them; the day's limit; what is cleaned up. On the services, with a clock to move.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UploadView } from '../../src/lib/shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '../../src/lib/shared/attachments.limits.ts';
import { createAttachmentModels } from '../../server/domain/attachments/attachments.model.ts';
import { createAttachmentsRepository } from '../../server/domain/attachments/attachments.repository.ts';
import { createAttachmentsService } from '../../server/domain/attachments/attachments.service.ts';
import { createGridFsStore } from '../../server/domain/attachments/blob-store.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { noMeasure } from '../../server/domain/kernel/measure.ts';
import { noise, PDF } from '../support/attachments.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { person } from '../support/live.ts';

const HOUR = 60 * 60_000;
let database: TestDatabase;
let models: ReturnType<typeof createAttachmentModels>;
let moved = 0;
const clock = { now: () => new Date(Date.now() + moved) };
/** Messages that are stored. */
const messages = new Set<string>();
const roomId = newId();
let service: ReturnType<typeof make>;

function make(more: { perDay?: { files: number; bytes: number }; prepare?: () => Promise<never> } = {}) {
  const rooms = {
    authorise: (_actor: Actor, id: string) => Promise.resolve({ id } as never),
    abilities: () => ({ post: true }) as never,
  };
  return createAttachmentsService({
    attachments: createAttachmentsRepository(models),
    blobs: createGridFsStore(database.connection),
    rooms,
    existing: (ids) => Promise.resolve(new Set(ids.filter((id) => messages.has(id)))),
    clock,
    log: silentLogger,
    measure: noMeasure,
    ...more,
  });
}
beforeAll(async () => {
  database = await openTestDatabase();
  models = createAttachmentModels(database.connection);
  for (const model of Object.values(models)) await model.createIndexes();
  service = make();
});
afterAll(() => database.close());

const aFile = (data: Buffer, room = roomId) => ({
  roomId: room,
  clientId: randomUUID(),
  bytes: data.length,
  name: 'a.pdf',
});
async function upload(actor: Actor, data: Buffer = PDF, room = roomId, to = service): Promise<UploadView> {
  let now = await to.create(actor, aFile(data, room));
  while (now.received < data.length) {
    const piece = data.subarray(now.received, now.received + ATTACHMENT_LIMITS.chunkBytes);
    now = await to.append(actor, now.id, now.received, piece);
  }
  return now;
}
const code = (run: Promise<unknown>) =>
  run.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
const blobs = () => database.connection.collection('blobs.files').countDocuments();

describe('a message takes attachments', () => {
  test('in her order, and again without a difference', async () => {
    const amal = person('Amal');
    const picture = await upload(amal, await noise(60, 40).png().toBuffer());
    const ids = [(await upload(amal)).id, picture.id, (await upload(amal)).id];
    const messageId = newId();
    const views = await service.claim(amal, roomId, ids, messageId);
    expect(views.map((view) => view.id)).toEqual(ids);
    expect(views[1]).toEqual(picture.attachment);
    expect(await service.claim(amal, roomId, ids, messageId)).toEqual(views);
    expect([...(await service.views([...ids, newId()])).values()]).toEqual(expect.arrayContaining(views));
    expect(await service.claim(amal, roomId, [], messageId)).toEqual([]);
  });

  test('only her own, finished, of this room, each once, at most six; one bad one and none is taken', async () => {
    const [amal, olena] = [person('Amal'), person('Olena')];
    const good = (await upload(amal)).id;
    const claim = (ids: unknown[], room = roomId) => code(service.claim(amal, room, ids as string[], newId()));
    expect(await claim([good, (await upload(olena)).id])).toBe('not-found');
    expect(await claim([good, (await upload(amal, PDF, newId())).id])).toBe('not-found');
    expect(await claim([good, newId()])).toBe('not-found');
    expect(await claim([good, (await service.create(amal, aFile(PDF))).id])).toBe('conflict');
    expect(await claim([good, (await upload(amal, Buffer.from('no picture'))).id])).toBe('conflict');
    expect(await claim([good, good])).toBe('input.invalid');
    expect(await claim(Array.from({ length: 7 }, newId))).toBe('input.too-long');
    expect(await claim([{ $ne: null }])).toBe('input.invalid');
    expect(await claim([good])).toBe('done');
  });

  test('one upload never serves two messages, also when both are sent at once', async () => {
    const amal = person('Amal');
    const { id } = await upload(amal);
    const results = await Promise.all(
      Array.from({ length: 8 }, () => code(service.claim(amal, roomId, [id], newId()))),
    );
    expect(results.filter((result) => result === 'done')).toHaveLength(1);
    const owner = (await models.attachments.findById(id).lean())?.messageId?.toHexString() ?? '';
    messages.add(owner);
    expect(await code(service.claim(amal, roomId, [id], newId()))).toBe('conflict');
    expect(await code(service.claim(amal, roomId, [id], owner))).toBe('done');
  });

  test('what a message that was never stored had is hers again: at once when it says so, else a little later', async () => {
    const amal = person('Amal');
    const { id } = await upload(amal);
    const lost = newId();
    await service.claim(amal, roomId, [id], lost);
    await service.letGo(lost, [id]);
    const lostToo = newId();
    expect(await code(service.claim(amal, roomId, [id], lostToo))).toBe('done');
    expect(await code(service.claim(amal, roomId, [id], newId()))).toBe('unavailable');
    moved += 31_000;
    expect(await code(service.claim(amal, roomId, [id], newId()))).toBe('done');
  });

  test('anonymously only pictures: a document may say inside who wrote it', async () => {
    const amal = person('Amal');
    const picture = await upload(amal, await noise(20, 20).png().toBuffer());
    const claim = (id: string) => code(service.claim(amal, roomId, [id], newId(), { anonymous: true }));
    expect(await claim((await upload(amal)).id)).toBe('input.invalid');
    expect(await claim(picture.id)).toBe('done');
    expect(JSON.stringify(picture.attachment)).not.toContain(amal.id);
  });
});

describe('when a message goes', () => {
  test('its files are deleted and cannot be fetched or used again', async () => {
    const amal = person('Amal');
    const before = await blobs();
    const ids = [(await upload(amal)).id, (await upload(amal, await noise(600, 600).jpeg().toBuffer())).id];
    expect(await blobs()).toBe(before + 3);
    const messageId = newId();
    await service.claim(amal, roomId, ids, messageId);
    await Promise.all([service.release(messageId), service.release(messageId)]);
    expect(await blobs()).toBe(before);
    for (const id of ids) expect(await code(service.open(amal, id, 'file'))).toBe('not-found');
    expect(await code(service.claim(amal, roomId, ids, newId()))).toBe('not-found');
    expect((await service.views(ids)).size).toBe(0);
  });

  test('and its files could not be deleted just then, they cannot be fetched all the same', async () => {
    const amal = person('Amal');
    const [{ id }, messageId] = [await upload(amal), newId()];
    await service.claim(amal, roomId, [id], messageId);
    expect(await code(service.open(amal, id, 'file'))).toBe('not-found');
    messages.add(messageId);
    expect(await code(service.open(amal, id, 'file'))).toBe('done');
    messages.delete(messageId);
    expect(await code(service.open(amal, id, 'file'))).toBe('not-found');
  });

  test('to another room, the right to read that one decides', async () => {
    const amal = person('Amal');
    const [{ id }, messageId, other] = [await upload(amal), newId(), newId()];
    await service.claim(amal, roomId, [id], messageId);
    await service.moved([messageId], other);
    expect((await models.attachments.findById(id).lean())?.roomId.toHexString()).toBe(other);
  });
});

describe('a day', () => {
  test('has a number of files and of bytes; what was cancelled counts; tomorrow is another day', async () => {
    const small = make({ perDay: { files: 3, bytes: 10_000 } });
    const amal = person('Amal');
    for (let file = 0; file < 3; file++) await small.cancel(amal, (await upload(amal, PDF, roomId, small)).id);
    const refused = small.create(amal, aFile(PDF));
    await expect(refused).rejects.toMatchObject({ code: 'rate.limited', params: { seconds: expect.any(Number) } });
    expect(await code(small.create(person('Olena'), aFile(PDF)))).toBe('done');
    expect(await code(small.create(person('Third'), { ...aFile(PDF), bytes: 10_001 }))).toBe('rate.limited');
    moved += 24 * HOUR + 1_000;
    expect(await code(small.create(amal, aFile(PDF)))).toBe('done');
  });

  test('does not give more to somebody who asks thirty times at once', async () => {
    const small = make({ perDay: { files: 3, bytes: 1_000_000 } });
    const amal = person('Amal');
    await Promise.all(Array.from({ length: 30 }, () => code(small.create(amal, aFile(PDF)))));
    expect(await models.attachments.countDocuments({ ownerId: amal.id })).toBeLessThanOrEqual(3);
  });
});

describe('cleaning up', () => {
  test('deletes after a day what no stored message uses, and nothing else', async () => {
    moved += 48 * HOUR;
    await service.sweep();
    const before = await blobs();
    const amal = person('Amal');
    const [unused, lost, kept, begun] = [await upload(amal), await upload(amal), await upload(amal), aFile(PDF)];
    await service.create(amal, begun);
    const messageId = newId();
    messages.add(messageId);
    await service.claim(amal, roomId, [kept.id], messageId);
    await service.claim(amal, roomId, [lost.id], newId());
    moved += 23 * HOUR;
    expect(await service.sweep()).toEqual({ deleted: 0 });
    expect(await blobs()).toBe(before + 3);
    moved += 2 * HOUR;
    expect(await service.sweep()).toEqual({ deleted: 3 });
    expect(await blobs()).toBe(before + 1);
    expect(await code(service.open(amal, unused.id, 'file'))).toBe('not-found');
    expect(await code(service.open(amal, kept.id, 'file'))).toBe('done');
    moved += 100 * HOUR;
    expect(await service.sweep()).toEqual({ deleted: 0 });
    await service.release(messageId);
    expect(await blobs()).toBe(before);
    expect(await service.sweep()).toEqual({ deleted: 1 });
    expect(await models.attachments.countDocuments({ ownerId: amal.id })).toBe(0);
  });

  test('work that a crash interrupted is done by whoever asks next', async () => {
    const amal = person('Amal');
    const { id } = await service.create(amal, aFile(PDF));
    await createAttachmentsRepository(models).append(id, 0, PDF, clock.now());
    await createAttachmentsRepository(models).beginWork(id, [newId()], clock.now(), new Date(0));
    expect(await service.state(amal, id)).toMatchObject({ state: 'working' });
    moved += 4 * 60_000;
    expect(await service.state(amal, id)).toMatchObject({ state: 'ready', attachment: { kind: 'pdf' } });
    expect((await models.attachments.findById(id).lean())?.blobs).toHaveLength(1);
  });

  test('a decoder that fails for a reason of its own is an upload that failed, not one that hangs', async () => {
    const amal = person('Amal');
    const broken = make({ prepare: () => Promise.reject(new Error('no decoder on this machine')) });
    expect(await upload(amal, PDF, roomId, broken)).toMatchObject({ state: 'failed', failure: 'unknown' });
  });
});
