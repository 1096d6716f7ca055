// Addresses of rooms: made from the name once, never changed. Part of the rooms service.
import { randomBytes } from 'node:crypto';
import type { LocalizedText } from '#shared/locales.ts';

/** Pages beside the rooms: no room may take their address. */
const PAGES = new Set(['manage', 'new', 'archived', 'requests', 'search']);
const LENGTH = 40;

const SPELT: Record<string, string> = { ß: 'ss', ä: 'ae', ö: 'oe', ü: 'ue' };

const latin = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[ßäöü]/g, (sign) => SPELT[sign] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LENGTH)
    .replace(/-+$/, '');

export const slugWithTail = (slug: string): string => `${slug}-${randomBytes(3).toString('hex')}`;

/** From the first name that has Latin letters (English first), else `room-` and something of its own. */
export function slugFrom({ en, de, uk, ar }: LocalizedText): string {
  const slug = [en, de, uk, ar].map(latin).find((text) => text.length > 1);
  if (slug === undefined) return slugWithTail('room');
  return PAGES.has(slug) ? slugWithTail(slug) : slug;
}
