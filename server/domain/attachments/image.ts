// What a file is, by its content; pictures decoded and written anew, without anything the camera told. Attachments only.
import type { UploadFailure } from '#shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '#shared/attachments.limits.ts';
import type { Metadata, Sharp, SharpOptions } from 'sharp';

interface Rendition {
  data: Buffer;
  width: number;
  height: number;
}
export type Prepared =
  | { kind: 'image'; file: Rendition; thumb: Rendition | null }
  | { kind: 'pdf'; data: Buffer }
  | { kind: 'refused'; failure: UploadFailure };

type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'heif';

const SECONDS = 20;
/** What the decoder may load: everything else (SVG, PDF, TIFF, …) is shut off, whatever the first bytes say. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`);

const starts = (data: Buffer, text: string, at = 0): boolean =>
  data.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'));

/** By the first bytes; the name and what the browser says are not asked. */
function formatOf(data: Buffer): Format | 'pdf' | null {
  if (starts(data, '\xff\xd8\xff')) return 'jpeg';
  if (starts(data, '\x89PNG\r\n\x1a\n')) return 'png';
  if (starts(data, 'RIFF') && starts(data, 'WEBP', 8)) return 'webp';
  if (starts(data, 'GIF87a') || starts(data, 'GIF89a')) return 'gif';
  if (starts(data, 'ftypavif', 4) || starts(data, 'ftypavis', 4)) return 'heif';
  return starts(data, '%PDF-') ? 'pdf' : null;
}

/** A version in the head, an end in the tail, and what every document has in between. Programs inside stay inside: it is only ever downloaded. */
function isWholePdf(data: Buffer): boolean {
  const head = data.subarray(0, 8).toString('latin1');
  const tail = data.subarray(-2048).toString('latin1');
  return /^%PDF-[12]\.\d$/.test(head) && /startxref\s+\d+\s+%%EOF/.test(tail) && data.includes('endobj');
}

type Decoder = (data: Buffer, options: SharpOptions) => Sharp;
let loaded: Promise<Decoder> | undefined;

/** Loaded with the first picture: a hub without pictures starts without it, also where it cannot run. */
function decoder(): Promise<Decoder> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: LOADERS });
    return sharp;
  });
  loaded.catch(() => (loaded = undefined));
  return loaded;
}

/** `toBuffer` without `keepMetadata` writes no EXIF, XMP, IPTC or colour profile; the colours are turned to sRGB before. */
async function render(from: Sharp, side: number, quality: number): Promise<Rendition> {
  const { data, info } = await from
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality, effort: 3, smartSubsample: true })
    .timeout({ seconds: SECONDS })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const pixelsOf = ({ width, height }: Metadata): number => width * height;

async function preparePicture(data: Buffer, format: Format): Promise<Prepared> {
  const sharp = await decoder();
  const { longSide, thumbSide, pixels } = ATTACHMENT_LIMITS;
  try {
    // reads the head only, so that a bomb is told by its size and never opened
    const metadata = await sharp(data, { limitInputPixels: false }).metadata();
    if (metadata.format !== format) return { kind: 'refused', failure: 'broken' };
    if (pixelsOf(metadata) > pixels) return { kind: 'refused', failure: 'pixels' };
    const picture = sharp(data, { failOn: 'error', limitInputPixels: pixels }).autoOrient();
    const file = await render(picture, longSide, 80);
    const small = Math.max(file.width, file.height) <= thumbSide;
    const thumb = small ? null : await render(sharp(file.data, {}), thumbSide, 70);
    return { kind: 'image', file, thumb };
  } catch {
    // what the decoder says about it is of no use to anybody but an attacker
    return { kind: 'refused', failure: 'broken' };
  }
}

/** Never raises for what is in the file. Decodes in threads of its own; callers give it one file at a time. */
export async function prepare(data: Buffer): Promise<Prepared> {
  const format = formatOf(data);
  if (format === null) return { kind: 'refused', failure: 'type' };
  if (format === 'pdf') return isWholePdf(data) ? { kind: 'pdf', data } : { kind: 'refused', failure: 'broken' };
  return preparePicture(data, format);
}
