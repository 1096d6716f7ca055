// Uploads as a client makes them, and files to upload. Tests only.
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { UploadView } from '../../src/lib/shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '../../src/lib/shared/attachments.limits.ts';
import type { ErrorView } from '../../src/lib/shared/errors.ts';
import type { TestHub, TestPerson } from './hub.ts';

type Answer<T> = { status: number } & ({ ok: true; data: T } | { ok: false; error: ErrorView });

/** Requests as the pages of the hub send them. */
export function doorsOf(hub: TestHub) {
  async function send<T = UploadView>(who: TestPerson | null, method: string, path: string, body?: BodyInit | null) {
    const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
    const response = await fetch(`${hub.origin}/api/attachments${path}`, {
      method,
      headers: {
        origin: hub.origin,
        ...(who ? { cookie: who.cookie } : {}),
        ...(body ? { 'content-type': type } : {}),
      },
      ...(body ? { body } : {}),
    });
    return { status: response.status, ...((await response.json()) as object) } as Answer<T>;
  }
  const announce = (who: TestPerson | null, input: object) => send(who, 'POST', '', JSON.stringify(input));
  const piece = (who: TestPerson | null, id: string, offset: number, data: Uint8Array<ArrayBuffer>) =>
    send(who, 'PUT', `/${id}?offset=${offset}`, new Blob([data]));

  /** The whole of a file; answers where it stands after the last piece. */
  async function upload(who: TestPerson, roomId: string, data: Buffer, name = 'holiday.jpg'): Promise<UploadView> {
    const made = await announce(who, { roomId, clientId: randomUUID(), bytes: data.length, name });
    if (!made.ok) throw Object.assign(new Error(made.error.code), made.error);
    let now = made.data;
    while (now.received < data.length) {
      const sent = await piece(who, now.id, now.received, partAt(data, now.received));
      if (!sent.ok) throw Object.assign(new Error(sent.error.code), sent.error);
      now = sent.data;
    }
    return now;
  }
  const fetchFile = (who: TestPerson | null, id: string, size: 'file' | 'thumb' = 'file') =>
    fetch(`${hub.origin}/api/attachments/${id}/${size}`, { headers: who ? { cookie: who.cookie } : {} });

  return { send, announce, piece, upload, fetchFile };
}

export const partAt = (data: Buffer, offset: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(data.subarray(offset, offset + ATTACHMENT_LIMITS.chunkBytes));

/** A picture of noise: nothing compresses it away. */
export const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: 'white', noise: { type: 'gaussian', mean: 128, sigma: 50 } },
  });

/** A photo as a telephone makes it: turned by 90°, with the place and the camera in it. */
export const photo = (width = 900, height = 600): Promise<Buffer> =>
  noise(width, height)
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExif({
      IFD0: { Make: 'SecretCamera', Copyright: 'Amal Secret', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' },
    })
    .toBuffer();

export const PDF = Buffer.from(
  [
    '%PDF-1.4',
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    '2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj',
    'xref\n0 1\n0000000000 65535 f ',
    'trailer << /Root 1 0 R /Size 3 >>',
    'startxref\n110\n%%EOF\n',
  ].join('\n'),
);
