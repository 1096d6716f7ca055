// Names and views of attachments: pure. Imported by the services of this area.
import type { AttachmentView, UploadView } from '#shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '#shared/attachments.limits.ts';
import type { Attachment } from './attachments.repository.ts';

/** Controls, marks that turn the direction of writing, invisible ones, and what separates folders. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}"\\/:*?<>|]+/gu;

/** A document keeps its name without what could deceive; a picture gets a new one: its own may say who, where and when. */
export function nameOf(given: string, id: string, kind: 'image' | 'pdf'): string {
  if (kind === 'image') return `picture-${id.slice(-6)}.webp`;
  const base = given
    .normalize('NFC')
    .toWellFormed()
    .replaceAll('\ufffd', '')
    .replace(/^.*[\\/]/u, '')
    .replace(UNSAFE, ' ')
    .replace(/\.pdf\s*$/iu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  const letters = [...base];
  while (letters.join('').length > ATTACHMENT_LIMITS.nameLength - 4) letters.pop();
  return `${letters.join('').trim() || `document-${id.slice(-6)}`}.pdf`;
}

/** Null while it is not ready. */
export function viewOf({ id, kind, name, file, thumb }: Attachment): AttachmentView | null {
  if (!kind || !file) return null;
  const { bytes, width, height } = file;
  const small = thumb && { width: thumb.width ?? 0, height: thumb.height ?? 0, bytes: thumb.bytes };
  return { id, kind, name, bytes, width, height, thumb: small };
}

export function uploadViewOf(upload: Attachment): UploadView {
  const { id, clientId, bytes, received, failure } = upload;
  const complete = upload.state === 'uploading' && received === bytes;
  const state = complete ? 'working' : upload.state === 'over' ? 'failed' : upload.state;
  return { id, clientId, bytes, received, state, failure, attachment: viewOf(upload) };
}
