// Uploading over HTTP: in pieces, broken off, cancelled, too much; and who may fetch what became of it.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ATTACHMENT_LIMITS } from '../../src/lib/shared/attachments.limits.ts';
import { doorsOf, noise, partAt, PDF } from '../support/attachments.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';

let hub: TestHub;
let doors: ReturnType<typeof doorsOf>;
let first: TestPerson;
let amal: TestPerson;
let olena: TestPerson;
let roomId: string;
let staffRoom: string;
let picture: Buffer;
const { chunkBytes, fileBytes } = ATTACHMENT_LIMITS;

beforeAll(async () => {
  hub = await startTestHub();
  doors = doorsOf(hub);
  first = await hub.join('first', 'coordinator');
  [amal, olena] = [await hub.join('amal'), await hub.join('olena')];
  const rooms = hub.hub.database.connection.collection('rooms');
  await rooms.updateOne({ slug: 'schools' }, { $set: { access: 'staff' } });
  [roomId, staffRoom] = [await hub.roomId('jobs'), await hub.roomId('schools')];
  picture = await noise(700, 700).png({ compressionLevel: 0 }).toBuffer();
  expect(picture.length).toBeGreaterThan(4 * chunkBytes);
});
afterAll(() => hub.close());

const announcement = (data: Buffer, more = {}) => ({
  roomId,
  clientId: randomUUID(),
  bytes: data.length,
  name: 'a.png',
  ...more,
});
const piecesOf = (uploadId: string) =>
  hub.hub.database.connection.collection('attachmentPieces').countDocuments({ attachmentId: objectId(uploadId) });
const objectId = (id: string) => new hub.hub.database.connection.base.Types.ObjectId(id);
const post = (who: TestPerson, room: string, id: string) =>
  hub.hub.messages.post(who.actor, { roomId: room, clientId: randomUUID(), text: 'here', attachments: [id] });
const blobCount = () => hub.hub.database.connection.collection('blobs.files').countDocuments();

describe('an upload in pieces', () => {
  test('goes on where it was after the connection was lost, also when only the answer was lost', async () => {
    const input = announcement(picture);
    const made = await doors.announce(amal, input);
    expect(made).toMatchObject({ status: 201, ok: true, data: { received: 0, state: 'uploading', failure: null } });
    const id = made.ok ? made.data.id : '';
    for (const offset of [0, chunkBytes]) await doors.piece(amal, id, offset, partAt(picture, offset));

    // the same announcement, the same piece again, and a piece of later
    expect(await doors.announce(amal, input)).toMatchObject({ data: { id, received: 2 * chunkBytes } });
    const same = await doors.piece(amal, id, chunkBytes, partAt(picture, chunkBytes));
    expect(same).toMatchObject({ status: 200, data: { received: 2 * chunkBytes } });
    const later = await doors.piece(amal, id, 3 * chunkBytes, partAt(picture, 3 * chunkBytes));
    expect(later).toMatchObject({ data: { received: 2 * chunkBytes } });
    expect(await doors.send(amal, 'GET', `/${id}`)).toMatchObject({ data: { received: 2 * chunkBytes } });

    let state = 'uploading';
    for (let offset = 2 * chunkBytes; offset < picture.length; offset += chunkBytes) {
      const sent = await doors.piece(amal, id, offset, partAt(picture, offset));
      if (sent.ok) state = sent.data.state;
    }
    expect(state).toBe('ready');
    expect(await piecesOf(id)).toBe(0);
    expect(await doors.send(amal, 'GET', `/${id}`)).toMatchObject({ data: { attachment: { width: 700 } } });
  });

  test('two of her devices send the same pieces at once: one picture', async () => {
    const made = await doors.announce(amal, announcement(picture));
    const id = made.ok ? made.data.id : '';
    const blobs = await blobCount();
    for (let offset = 0; offset < picture.length; offset += chunkBytes) {
      const part = partAt(picture, offset);
      await Promise.all([1, 2, 3].map(() => doors.piece(amal, id, offset, part)));
    }
    await expect
      .poll(async () => doors.send(amal, 'GET', `/${id}`), { timeout: 10_000 })
      .toMatchObject({ data: { state: 'ready', attachment: { width: 700, height: 700 } } });
    expect(await blobCount()).toBe(blobs + 2);
  });

  test('a piece of another length is refused, and one above the limit before it is read', async () => {
    const made = await doors.announce(amal, announcement(picture));
    const id = made.ok ? made.data.id : '';
    for (const length of [0, 1, chunkBytes - 1]) {
      const sent = await doors.piece(amal, id, 0, Uint8Array.from(randomBytes(length)));
      expect(sent).toMatchObject({ status: 400, error: { code: 'input.invalid' } });
    }
    const large = await doors.piece(amal, id, 0, Uint8Array.from(randomBytes(chunkBytes + 1)));
    expect(large).toMatchObject({ status: 413, error: { code: 'payload.too-large' } });
    for (const offset of ['-1', '0.5', 'x', '', '9007199254740993']) {
      const sent = await doors.send(amal, 'PUT', `/${id}?offset=${offset}`, new Blob([partAt(picture, 0)]));
      expect(sent).toMatchObject({ status: 400, error: { code: 'input.invalid' } });
    }
    expect(await piecesOf(id)).toBe(0);
  });

  test('the same client id for another file, or in another room, is refused', async () => {
    const input = announcement(picture);
    await doors.announce(amal, input);
    expect(await doors.announce(amal, { ...input, bytes: 5 })).toMatchObject({ status: 409 });
    expect(await doors.announce(olena, input)).toMatchObject({ status: 201 });
  });
});

describe('what is announced', () => {
  test('40 MB are refused before a byte is sent', async () => {
    const answer = await doors.announce(amal, { ...announcement(picture), bytes: 40 * 1024 * 1024 });
    expect(answer).toMatchObject({ status: 413, error: { code: 'payload.too-large', params: { max: fileBytes } } });
    expect(await doors.announce(amal, { ...announcement(picture), bytes: fileBytes + 1 })).toMatchObject({
      status: 413,
    });
    expect(await doors.announce(amal, { ...announcement(picture), bytes: fileBytes })).toMatchObject({ status: 201 });
  });

  test.each([
    ['nothing in it', { bytes: 0 }, 'input.empty'],
    ['a size below zero', { bytes: -1 }, 'input.empty'],
    ['half a byte', { bytes: 1.5 }, 'input.invalid'],
    ['a query as its size', { bytes: { $gt: 0 } }, 'input.invalid'],
    ['no client id', { clientId: 'mine' }, 'input.invalid'],
    ['a query as its room', { roomId: { $ne: '' } }, 'input.invalid'],
    ['a room that is not there', { roomId: 'f'.repeat(24) }, 'not-found'],
    ['a name without end', { name: 'x'.repeat(1001) }, 'input.too-long'],
  ])('%s is refused', async (_name, more, code) => {
    expect(await doors.announce(amal, { ...announcement(picture), ...more })).toMatchObject({ error: { code } });
  });
});

describe('cancelling', () => {
  test('deletes what was there; again is no error; nothing can be added to it', async () => {
    const made = await doors.announce(amal, announcement(picture));
    const id = made.ok ? made.data.id : '';
    await doors.piece(amal, id, 0, partAt(picture, 0));
    expect(await piecesOf(id)).toBe(1);
    for (let time = 0; time < 2; time++) expect(await doors.send(amal, 'DELETE', `/${id}`)).toMatchObject({ ok: true });
    expect(await piecesOf(id)).toBe(0);
    const more = await doors.piece(amal, id, chunkBytes, partAt(picture, chunkBytes));
    expect(more).toMatchObject({ status: 404 });
    expect(await doors.send(amal, 'GET', `/${id}`)).toMatchObject({ status: 404 });
  });

  test('also a finished one, and while the last piece is on its way, leaves no file behind', async () => {
    const before = await blobCount();
    const done = await doors.upload(amal, roomId, PDF);
    expect(await blobCount()).toBe(before + 1);
    await doors.send(amal, 'DELETE', `/${done.id}`);
    const made = await doors.announce(amal, announcement(PDF));
    const id = made.ok ? made.data.id : '';
    await Promise.all([doors.piece(amal, id, 0, partAt(PDF, 0)), doors.send(amal, 'DELETE', `/${id}`)]);
    expect(await doors.send(amal, 'GET', `/${id}`)).toMatchObject({ status: 404 });
    await expect.poll(blobCount).toBe(before);
  });
});

describe('who may', () => {
  test('a stranger may nothing', async () => {
    const { id } = await doors.upload(amal, roomId, PDF);
    const all = [
      doors.announce(null, announcement(PDF)),
      doors.piece(null, id, 0, partAt(PDF, 0)),
      doors.send(null, 'GET', `/${id}`),
      doors.send(null, 'DELETE', `/${id}`),
      doors.send(null, 'GET', `/${id}/file`),
    ];
    for (const answer of await Promise.all(all)) {
      expect(answer).toMatchObject({ status: 401, error: { code: 'auth.required' } });
    }
    const ended = { actor: amal.actor, cookie: `session=${'a'.repeat(40)}` };
    expect((await doors.fetchFile(ended, id)).status).toBe(401);
  });

  test('a page of somebody else may neither announce, send nor cancel', async () => {
    const { id } = await doors.upload(amal, roomId, PDF);
    const base = `${hub.origin}/api/attachments`;
    const headers = { cookie: amal.cookie, origin: 'https://evil.example', 'content-type': 'application/json' };
    const body = JSON.stringify(announcement(PDF));
    expect((await fetch(base, { method: 'POST', headers, body })).status).toBe(403);
    expect((await fetch(`${base}/${id}?offset=0`, { method: 'PUT', headers, body })).status).toBe(403);
    expect((await fetch(`${base}/${id}`, { method: 'DELETE', headers })).status).toBe(403);
    expect((await doors.fetchFile(amal, id)).status).toBe(200);
  });

  test('before a message uses it, an upload is its owner’s alone', async () => {
    const { id } = await doors.upload(amal, roomId, PDF);
    expect((await doors.fetchFile(olena, id)).status).toBe(404);
    expect((await doors.fetchFile(first, id)).status).toBe(404);
    expect(await doors.send(olena, 'GET', `/${id}`)).toMatchObject({ status: 404 });
    expect(await doors.send(olena, 'DELETE', `/${id}`)).toMatchObject({ status: 404 });
    expect(await doors.piece(olena, id, 0, partAt(PDF, 0))).toMatchObject({ status: 404 });
    expect((await doors.fetchFile(amal, id)).status).toBe(200);
  });

  test('in a message it is for those who may read the room, and for nobody else', async () => {
    const own = await doors.upload(first, staffRoom, PDF);
    await post(first, staffRoom, own.id);
    expect((await doors.fetchFile(first, own.id)).status).toBe(200);
    expect([403, 404]).toContain((await doors.fetchFile(amal, own.id)).status);
    expect((await doors.announce(amal, announcement(PDF, { roomId: staffRoom }))).ok).toBe(false);

    const { id } = await doors.upload(amal, roomId, PDF);
    await post(amal, roomId, id);
    expect((await doors.fetchFile(olena, id)).status).toBe(200);
    expect(await doors.send(amal, 'DELETE', `/${id}`)).toMatchObject({ status: 409, error: { code: 'conflict' } });
    expect((await doors.fetchFile(olena, id)).status).toBe(200);
  });

  test.each(['f'.repeat(24), 'x', '..%2f..%2fetc', '%00', '[object Object]'])('there is no file %s', async (id) => {
    for (const size of ['file', 'thumb'] as const) {
      expect((await doors.fetchFile(amal, id, size)).status).toBe(404);
    }
  });
});

test('a file comes with headers that keep it from doing anything, and out of every cache', async () => {
  const { id } = await doors.upload(amal, roomId, picture, '<script>.png');
  const { headers } = await doors.fetchFile(amal, id);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'image/webp',
    'content-disposition': expect.stringMatching(/^inline; filename="picture-[0-9a-f]{6}\.webp"/),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; sandbox;/);
});
