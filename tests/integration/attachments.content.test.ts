// What may be uploaded, and what becomes of it: type by content, metadata gone, limits of the decoder.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import type { UploadView } from '../../src/lib/shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '../../src/lib/shared/attachments.limits.ts';
import { doorsOf, noise, partAt, PDF, photo } from '../support/attachments.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';

let hub: TestHub;
let doors: ReturnType<typeof doorsOf>;
let amal: TestPerson;
let roomId: string;
beforeAll(async () => {
  hub = await startTestHub();
  doors = doorsOf(hub);
  await hub.join('first', 'coordinator');
  amal = await hub.join('amal');
  roomId = await hub.roomId();
});
afterAll(() => hub.close());

async function stored(upload: UploadView, size: 'file' | 'thumb' = 'file'): Promise<Buffer> {
  const response = await doors.fetchFile(amal, upload.id, size);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

describe('a photo', () => {
  test('comes out upright, as WebP, without place, camera, copyright or colour profile', async () => {
    const original = await photo();
    const before = await sharp(original).metadata();
    expect(before.orientation).toBe(6);
    expect(before.exif?.includes('SecretCamera')).toBe(true);
    // tag 0x8825 points to the GPS block; 0x0002 in it is the latitude
    expect(before.exif?.includes(Buffer.from([0x88, 0x25])) || before.exif?.includes(Buffer.from([0x25, 0x88]))).toBe(
      true,
    );

    const upload = await doors.upload(amal, roomId, original, 'Amal at home.jpg');
    expect(upload).toMatchObject({ state: 'ready', attachment: { kind: 'image', width: 600, height: 900 } });
    expect(upload.attachment?.name).toMatch(/^picture-[0-9a-f]{6}\.webp$/);
    expect(upload.attachment?.thumb).toMatchObject({ width: 320, height: 480 });
    for (const size of ['file', 'thumb'] as const) {
      const after = await stored(upload, size);
      const told = await sharp(after).metadata();
      expect(told).toMatchObject({ format: 'webp', hasProfile: false });
      for (const trace of ['exif', 'xmp', 'iptc', 'icc', 'orientation', 'comments'] as const) {
        expect(told[trace]).toBeUndefined();
      }
      expect(after.includes('EXIF') || after.includes('SecretCamera') || after.includes('Amal')).toBe(false);
    }
    expect((await stored(upload)).length).toBe(upload.attachment?.bytes);
    expect((await stored(upload, 'thumb')).length).toBe(upload.attachment?.thumb?.bytes);
  });

  test('is scaled to 1600 px, and a small one is left as large as it is, without a thumb', async () => {
    const large = await doors.upload(amal, roomId, await noise(2400, 1200).jpeg({ quality: 60 }).toBuffer());
    expect(large.attachment).toMatchObject({ width: 1600, height: 800, thumb: { width: 480, height: 240 } });
    const small = await doors.upload(amal, roomId, await noise(300, 480).png().toBuffer());
    expect(small.attachment).toMatchObject({ width: 300, height: 480, thumb: null });
    expect((await stored(small, 'thumb')).equals(await stored(small))).toBe(true);
  });

  test.each(['png', 'webp', 'gif', 'avif'] as const)('may be a %s', async (format) => {
    const data = await noise(64, 48)[format]().toBuffer();
    const upload = await doors.upload(amal, roomId, data, 'without ending');
    expect(upload).toMatchObject({ state: 'ready', attachment: { kind: 'image', width: 64, height: 48 } });
  });
});

describe('what is not what it says', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  const html = '<!doctype html><script>alert(1)</script>';
  const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

  test.each([
    ['HTML that is called a PNG', Buffer.from(html), 'type'],
    ['HTML behind the first bytes of a PNG', Buffer.concat([png, Buffer.from(html)]), 'broken'],
    ['an SVG', Buffer.from(svg), 'type'],
    ['an SVG with an XML head', Buffer.from(`<?xml version="1.0"?>${svg}`), 'type'],
    ['a program', Buffer.from('MZ\x90\x00\x03', 'latin1'), 'type'],
    ['a ZIP', Buffer.from('PK\x03\x04rest', 'latin1'), 'type'],
    ['one byte', Buffer.from('x'), 'type'],
    ['a PDF without an end', PDF.subarray(0, -12), 'broken'],
    ['HTML behind the first bytes of a PDF', Buffer.from(`%PDF-1.4\n${html}`), 'broken'],
    ['HEIF of another kind', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'type'],
  ])('%s is refused, and nothing of it can be fetched', async (_name, data, failure) => {
    const upload = await doors.upload(amal, roomId, data, 'picture.png');
    expect(upload).toMatchObject({ state: 'failed', failure, attachment: null });
    expect((await doors.fetchFile(amal, upload.id)).status).toBe(404);
  });

  test('a picture that is cut off is refused', async () => {
    for (const data of [await photo(), await noise(300, 300).png().toBuffer()]) {
      const upload = await doors.upload(amal, roomId, data.subarray(0, Math.floor(data.length * 0.7)));
      expect(upload).toMatchObject({ state: 'failed', failure: 'broken' });
    }
  });

  test('a picture that would unfold to more than we decode is refused by its head', async () => {
    const width = 10_000;
    const height = ATTACHMENT_LIMITS.pixels / width + 1;
    const bomb = await sharp({ create: { width, height, channels: 3, background: 'white' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await doors.upload(amal, roomId, bomb)).toMatchObject({ state: 'failed', failure: 'pixels' });
  });

  test('a head that lies about its size is found out', async () => {
    const data = await noise(200, 200).png().toBuffer();
    const lying = Buffer.from(data);
    lying.writeUInt32BE(60_000, 16);
    lying.writeUInt32BE(60_000, 20);
    expect((await doors.upload(amal, roomId, lying)).state).toBe('failed');
  });

  test('the hub answers while it scales a large picture', async () => {
    const large = await noise(4000, 3000).jpeg({ quality: 70 }).toBuffer();
    expect(large.length).toBeLessThan(ATTACHMENT_LIMITS.fileBytes);
    const input = { roomId, clientId: randomUUID(), bytes: large.length, name: 'large.jpg' };
    const made = await doors.announce(amal, input);
    let now = made.ok ? made.data : null;
    while (now && now.received + ATTACHMENT_LIMITS.chunkBytes < large.length) {
      const sent = await doors.piece(amal, now.id, now.received, partAt(large, now.received));
      now = sent.ok ? sent.data : null;
    }
    // only now: what counts is the scaling, which the last piece waits for
    const began = performance.now();
    let [longest, last] = [0, began];
    const pulse = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const done = await doors.piece(amal, now?.id ?? '', now?.received ?? 0, partAt(large, now?.received ?? 0));
    clearInterval(pulse);
    expect(done).toMatchObject({ data: { state: 'ready', attachment: { width: 1600, height: 1200 } } });
    expect(longest).toBeLessThan((performance.now() - began) / 2);
  });
});

describe('a PDF', () => {
  test('is kept as it is, for download only, under its own name', async () => {
    const upload = await doors.upload(amal, roomId, PDF, 'Antrag ü.pdf');
    expect(upload.attachment).toMatchObject({ kind: 'pdf', name: 'Antrag ü.pdf', width: null, thumb: null });
    const response = await doors.fetchFile(amal, upload.id);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="Antrag u_.pdf"; filename*=UTF-8''Antrag%20%C3%BC.pdf`,
    );
    expect(Buffer.from(await response.arrayBuffer()).equals(PDF)).toBe(true);
    expect((await doors.fetchFile(amal, upload.id, 'thumb')).status).toBe(404);
  });

  test.each([
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\papers\\Brief.pdf', 'Brief.pdf'],
    ['safe\u202efdp.exe', 'safe fdp.exe.pdf'],
    ['a\r\nset-cookie: x".pdf', 'a set-cookie x.pdf'],
    ['طلب الإقامة.PDF', 'طلب الإقامة.pdf'],
    ['\ud800', /^document-[0-9a-f]{6}\.pdf$/],
    ['x'.repeat(500), `${'x'.repeat(116)}.pdf`],
  ])('called %j gets a harmless name', async (given, expected) => {
    const { attachment } = await doors.upload(amal, roomId, PDF, given);
    if (typeof expected === 'string') expect(attachment?.name).toBe(expected);
    else expect(attachment?.name).toMatch(expected);
    const response = await doors.fetchFile(amal, attachment?.id ?? '');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent(attachment?.name ?? ''));
  });
});
