// What one place in a queue adds to the figures when it is over. Pure; the figures service writes it.
import { WAIT_SPANS } from '#shared/figures.ts';
import type { Ticket } from '../tickets/tickets.entities.ts';

export interface CountedEvent {
  at: Date;
  action: string;
  to: string;
  by: string | null;
}
/** By how much fields rise, with dots for parts. */
export type Rise = Record<string, number>;

/** The span of a wait. */
const spanOf = (minutes: number): number => {
  const found = WAIT_SPANS.findIndex((end) => minutes < end);
  return found === -1 ? WAIT_SPANS.length : found;
};
/** A room's slug; a mentor's own words are one topic together. */
const topicKey = (topic: string): string => (/^[a-z0-9][a-z0-9-]{0,59}$/.test(topic) ? topic : 'other');

/** The hosts who called her in vain; more than once counts once. */
function missedBy(events: readonly CountedEvent[]): { any: boolean; hosts: Set<string> } {
  const hosts = new Set<string>();
  let any = false;
  let caller: string | null = null;
  for (const { action, to, by } of events) {
    if (action === 'call') caller = by;
    if (to !== 'not-found') continue;
    any = true;
    if (caller) hosts.add(caller);
  }
  return { any, hosts };
}

/**
 * For 'all' and for hosts by their ids. Talks and waiting count for the host who had the talk, 'not found' for who called,
 * 'left' and 'not served' for all hosts of the drop-in.
 */
export function risesOf(
  ticket: Pick<Ticket, 'state' | 'hostId' | 'languages' | 'topic' | 'joinedAt'>,
  events: readonly CountedEvent[],
  hostIds: readonly string[],
): Map<string, Rise> {
  const rises = new Map<string, Rise>();
  const add = (who: string, rise: Rise) => rises.set(who, { ...rises.get(who), ...rise });
  const toAll = (people: Iterable<string>, rise: Rise) => {
    for (const who of ['all', ...people]) add(who, rise);
  };
  const began = events.find(({ to }) => to === 'talking');
  if (ticket.state === 'done') {
    const talk: Rise = { talks: 1, [`topics.${topicKey(ticket.topic)}`]: 1 };
    for (const language of ticket.languages) talk[`languages.${language}`] = 1;
    // a question that was left waits for days by its nature
    const asked = events.some(({ action }) => action === 'ask');
    if (began && !asked) {
      talk[`waits.${spanOf((began.at.getTime() - ticket.joinedAt.getTime()) / 60_000)}`] = 1;
    }
    toAll(ticket.hostId ? [ticket.hostId] : [], talk);
  }
  if (ticket.state === 'left') toAll(hostIds, { left: 1 });
  if (ticket.state === 'expired') toAll(hostIds, { unserved: 1 });
  const missed = missedBy(events);
  if (missed.any) toAll(missed.hosts, { notFound: 1 });
  return rises;
}
