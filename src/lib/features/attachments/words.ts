// Words around pictures and documents. For components of this area.
import { formatDuration, formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/generated/messages.js';
import { getLocale } from '#lib/i18n/generated/runtime.js';
import type { UploadFailure } from '#shared/attachments.ts';
import type { ErrorView } from '#shared/errors.ts';

const unit = (value: number, name: string, digits: number): string =>
  new Intl.NumberFormat(getLocale() === 'en' ? 'en-GB' : getLocale(), {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value);

/** "84 kB", "1.2 MB": thousands, as data plans count them; never less than one. */
export const sizeText = (bytes: number): string =>
  bytes < 1_000_000
    ? unit(Math.max(1, Math.round(bytes / 1_000)), 'kilobyte', 0)
    : unit(bytes / 1_000_000, 'megabyte', 1);

export const shareText = (share: number): string =>
  new Intl.NumberFormat(getLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);

/** Why a file does not go, as one or two sentences. */
export function whyNot(why: UploadFailure | ErrorView): string {
  if (why === 'type') return m.attach_failed_type();
  if (why === 'broken') return m.attach_failed_broken();
  if (why === 'pixels') return m.attach_failed_pixels();
  if (why === 'unknown') return m.attach_failed_other();
  const { code, params } = why;
  if (code === 'payload.too-large') return m.attach_failed_size({ max: sizeText(Number(params?.['max'] ?? 0)) });
  if (code === 'rate.limited')
    return m.attach_failed_day({ time: formatDuration(Number(params?.['seconds'] ?? 3600)) });
  if (code === 'forbidden' || code === 'not-found') return m.attach_failed_room();
  return m.attach_failed_other();
}

export const tooMany = (count: number): string => m.attach_too_many({ count: formatNumber(count) });

/** Whether the same file may go later: not when the file itself is the reason. */
export const mayWork = (why: UploadFailure | ErrorView): boolean =>
  typeof why === 'string' ? why === 'unknown' : !['payload.too-large', 'forbidden', 'not-found'].includes(why.code);
