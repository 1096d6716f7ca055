// What pages need of pictures and documents besides types: limits, accepted types, addresses. No valibot in here.

export const ATTACHMENT_LIMITS = {
  fileBytes: 10 * 1024 * 1024,
  /**
   * Every piece of a file but the last has exactly this size: so an offset says which piece it is. Small, because a line
   * that is throttled to 64 kbit/s needs 8 s for it, and a request may take 30.
   */
  chunkBytes: 64 * 1024,
  perMessage: 6,
  /** Of one person in 24 hours, what she cancelled or removed again included. */
  perDay: { files: 60, bytes: 100 * 1024 * 1024 },
  /** Width times height of a picture as it was sent. */
  pixels: 50_000_000,
  /** px of the longer side, as stored. */
  longSide: 1600,
  thumbSide: 480,
  nameLength: 120,
  /** What no message used after so long is deleted. */
  orphanHours: 24,
} as const;

/** What the file dialog offers; the server looks at the content and believes neither this nor the name. */
export const ACCEPTED_TYPES = 'image/jpeg,image/png,image/webp,image/gif,image/avif,application/pdf';

/** Where the stored file is; for people who may read its room. */
export const attachmentPath = (id: string, size: 'file' | 'thumb'): string => `/api/attachments/${id}/${size}`;
