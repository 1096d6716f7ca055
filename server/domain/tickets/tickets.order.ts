// The order of a queue and who may serve whom: pure. The tickets service, the estimate and the views ask it.

/** What of a ticket decides its place. */
export interface Placed {
  number: number;
  priority: boolean;
  /** She had no talk in these office hours before. */
  first: boolean;
  joinedAt: Date;
  languages: readonly string[];
  /** Empty: at any time. */
  windows: readonly { from: Date; to: Date }[];
}
export interface OrderRule {
  firstTimersFirst: boolean;
}

/** Returned with priority first, then first-timers (when the drop-in says so), then by time; the number decides a tie. */
export function byOrder(rule: OrderRule): (a: Placed, b: Placed) => number {
  const rank = ({ priority, first }: Placed): number => (priority ? 0 : rule.firstTimersFirst && first ? 1 : 2);
  return (a, b) => rank(a) - rank(b) || a.joinedAt.getTime() - b.joinedAt.getTime() || a.number - b.number;
}

export const windowOpen = ({ windows }: Pick<Placed, 'windows'>, now: Date): boolean =>
  windows.length === 0 || windows.some(({ from, to }) => from <= now && now < to);

/** When her next window begins; null when one is open, or none comes any more. */
export function nextWindow({ windows }: Pick<Placed, 'windows'>, now: Date): Date | null {
  if (windowOpen({ windows }, now)) return null;
  const later = windows.map(({ from }) => from).filter((from) => from > now);
  return later.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

export const sharesLanguage = (ticket: readonly string[], host: readonly string[]): boolean =>
  ticket.some((language) => host.includes(language));

/** So many or fewer before her: it is soon her turn. */
const SOON = 2;
/** `before`: as `placesBefore` says; nothing when she is not in the queue now. */
export const isSoon = (
  { languages, windows }: Pick<Placed, 'languages' | 'windows'>,
  before: number | null | undefined,
  duty: readonly { languages: readonly string[] }[],
  now: Date,
): boolean =>
  (before ?? Infinity) <= SOON &&
  duty.some((host) => sharesLanguage(languages, host.languages)) &&
  windowOpen({ windows }, now);

/** Those whom this host may be offered now, in their order. */
export function servable<T extends Placed>(
  waiting: readonly T[],
  host: readonly string[],
  now: Date,
  rule: OrderRule,
): T[] {
  return waiting.filter((one) => sharesLanguage(one.languages, host) && windowOpen(one, now)).sort(byOrder(rule));
}

/** Which hosts can serve a ticket, as bits: first host 1, second 2, … */
const maskOf = (languages: readonly string[], hosts: readonly (readonly string[])[]): number =>
  hosts.reduce((mask, host, bit) => (sharesLanguage(languages, host) ? mask | (1 << bit) : mask), 0);

interface Served {
  mask: number;
  languages: readonly string[];
}
/** Whether one of the hosts who can serve her serves the other too; without a host for her: whether they share a language. */
const sameHosts = ({ mask, languages }: Served, other: Served): boolean =>
  mask === 0 ? sharesLanguage(other.languages, languages) : (other.mask & mask) !== 0;

/**
 * For each ticket of the ordered list: how many before it the same hosts will serve. Without a host for her: those
 * before her who share a language with her.
 */
export function placesBefore(ordered: readonly Placed[], hosts: readonly (readonly string[])[]): number[] {
  const some = hosts.slice(0, 30); // bits of a number
  const groups = new Map<string, Served & { count: number }>();
  return ordered.map(({ languages }) => {
    const mask = maskOf(languages, some);
    let before = 0;
    for (const group of groups.values()) {
      if (sameHosts({ mask, languages }, group)) before += group.count;
    }
    const key = languages.join(' ');
    const own = groups.get(key) ?? { mask, languages, count: 0 };
    groups.set(key, { ...own, count: own.count + 1 });
    return before;
  });
}

/** The same for one of them: who those are. */
export function whoIsBefore<T extends Placed & { id: string }>(
  ordered: readonly T[],
  hosts: readonly (readonly string[])[],
  id: string,
): T[] {
  const at = ordered.findIndex((one) => one.id === id);
  const own = ordered[at];
  if (!own) return [];
  const some = hosts.slice(0, 30);
  const servedBy = ({ languages }: Placed): Served => ({ mask: maskOf(languages, some), languages });
  const hers = servedBy(own);
  return ordered.slice(0, at).filter((other) => sameHosts(hers, servedBy(other)));
}
