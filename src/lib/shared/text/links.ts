// Finds web addresses and e-mail addresses in plain text. Pure. What looks like a trick stays text: better no link than a wrong one.
import type { Range, Steps } from './characters.ts';

export interface FoundLink extends Range {
  kind: 'link' | 'email';
  href: string;
}

/** Ends an address wherever it stands: space, quotation marks, punctuation of other scripts, invisible characters. */
const CHUNK =
  /[^\s"<>`«»„“”‚‘‹›،؛؟۔。，、！？\p{Cc}\u00ad\u061c\u200b\u200d-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu;
const START = /(?<![\p{Script=Latin}\p{N}_.@/-])(?:https?:\/\/|www\.(?=[\p{L}\p{N}]))/iu;
/** At the end of an address these belong to the sentence. */
const TRAILING = /[\p{Po}\p{Pi}\p{Pf}\p{Ps}_~|]/u;
const KEPT = new Set(['/', '#', '&', '%', '@', '\\']);
const CLOSING = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?';
const HOST = new RegExp(`^(?:${LABEL}\\.){1,8}(?:xn--[a-z0-9-]{2,59}|[\\p{L}\\p{M}]{2,63})$`, 'iu');
/** Domains that people write without anything before them. Lower case: a missing space after a full stop is no address. */
const BARE =
  /^[\p{Ll}\p{Lo}\p{N}][\p{L}\p{N}\p{M}-]{1,61}(?:\.[\p{L}\p{N}\p{M}-]{1,62}){0,3}\.(?:de|org|com|net|eu|info|at|ch|ua|укр)(?:[/?#]\S*)?$/u;
/** Cyrillic letters that look like Latin ones: an address made of nothing else is made to be taken for another. */
const LOOKALIKES = /^[асеорхуіјѕһԁԛԝӏԍьв0-9-]+$/u;

function honest(host: string): boolean {
  return host.split('.').every((label) => {
    const latin = /\p{Script=Latin}/u.test(label);
    const other = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u.test(label);
    return !(latin && other) && !(other && LOOKALIKES.test(label.toLowerCase()));
  });
}

/** The address without what belongs to the sentence around it; a closing bracket stays when it was opened inside. */
function trimmed(raw: string, steps?: Steps): string {
  const open = new Map([...CLOSING.values()].map((bracket) => [bracket, raw.split(bracket).length - 1]));
  const close = new Map([...CLOSING.keys()].map((bracket) => [bracket, raw.split(bracket).length - 1]));
  let end = raw.length;
  for (; end > 0; end--) {
    if (steps) steps.count++;
    const last = raw.charAt(end - 1);
    const opening = CLOSING.get(last);
    if (opening !== undefined) {
      const closed = close.get(last) ?? 0;
      if (closed <= (open.get(opening) ?? 0)) break;
      close.set(last, closed - 1);
    } else if (KEPT.has(last) || !TRAILING.test(last)) break;
  }
  return raw.slice(0, end);
}

/** The safe form of an address, or null: http and https only, a name with a dot, nobody's name and password inside. */
function webAddress(raw: string): string | null {
  const address = /^https?:/i.test(raw) ? raw : `https://${raw}`;
  const authority = /^https?:\/\/([^/?#]*)/i.exec(address)?.[1] ?? '';
  if (authority.length > 260 || /[@\\%]/.test(authority)) return null;
  const host = authority.replace(/:\d{1,5}$/, '');
  if (!HOST.test(host) || !honest(host.normalize('NFC')) || address.includes('\\')) return null;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const plain = (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  return plain ? url.href : null;
}

/** The e-mail address around the `@` at this place of the chunk. */
function emailAt(chunk: string, at: number): (Range & { href: string }) | null {
  const before = /(?<![\p{L}\p{N}\p{M}._%+@-])[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_+-])?$/iu.exec(
    chunk.slice(Math.max(0, at - 65), at),
  );
  const after = /^[\p{L}\p{N}\p{M}.-]{1,253}/u.exec(chunk.slice(at + 1, at + 255))?.[0] ?? '';
  const host = after.replace(/[.-]+$/, '');
  if (!before || !HOST.test(host) || !honest(host) || before[0].includes('..')) return null;
  const end = at + 1 + host.length;
  if (/[@\p{L}\p{N}]/u.test(chunk.charAt(end)) || !URL.canParse(`https://${host}`)) return null;
  const local = encodeURIComponent(before[0]);
  return { start: at - before[0].length, end, href: `mailto:${local}@${new URL(`https://${host}`).hostname}` };
}

function inChunk(chunk: string, offset: number, found: FoundLink[], steps?: Steps): void {
  const first = START.exec(chunk);
  if (steps) steps.count += chunk.length;
  if (first) {
    // one address at most: what is glued behind it belongs to it, or to nothing
    const raw = trimmed(chunk.slice(first.index), steps);
    const href = webAddress(raw);
    const start = offset + first.index;
    if (href !== null) found.push({ kind: 'link', start, end: start + raw.length, href });
    return;
  }
  if (chunk.includes('@')) {
    if (chunk.includes('://')) return; // a scheme that is not ours, with somebody's name inside
    for (const { index: at } of chunk.matchAll(/@/g)) {
      const email = emailAt(chunk, at);
      if (email) found.push({ kind: 'email', start: offset + email.start, end: offset + email.end, href: email.href });
    }
    return;
  }
  const lead = /^[\p{P}\p{S}]{0,8}/u.exec(chunk)?.[0].length ?? 0;
  const raw = trimmed(chunk.slice(lead), steps);
  if (raw.length > 2000 || !BARE.test(raw)) return;
  const href = webAddress(raw);
  if (href !== null) found.push({ kind: 'link', start: offset + lead, end: offset + lead + raw.length, href });
}

/** In order, not overlapping. Give it one line or a whole text. */
export function findLinks(text: string, steps?: Steps): FoundLink[] {
  const found: FoundLink[] = [];
  for (const { 0: chunk, index } of text.matchAll(CHUNK)) inChunk(chunk, index, found, steps);
  return found;
}
