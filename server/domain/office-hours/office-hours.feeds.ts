// Calendar files: of one drop-in, and a private feed per person at an address that nobody can guess. Part of the office-hours service.
import { byDropInSchema } from '#shared/office-hours.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { hashToken, newToken } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { calendarFile } from './calendar-file.ts';
import { dropInOf, keptFrom, type Parts } from './office-hours.parts.ts';
import { FOLLOWED } from './office-hours.views.ts';

const DAY = 24 * 60 * 60_000;
/** A feed holds so many sittings, from yesterday on. */
const FEED_SIZE = 500;
const SCHEDULES = 50;

export function createFeeds(parts: Parts) {
  const { hours, dropIns, feeds, clock, origin } = parts;
  return {
    /** Raises 'not-found', input.*. */
    async calendarOf(actor: Actor, input: unknown): Promise<string> {
      const { dropInId } = parse(byDropInSchema, input);
      const dropIn = await dropInOf(parts, dropInId);
      if (keptFrom(parts, actor.id, dropIn.hostIds)) throw new AppError('not-found');
      return calendarFile([dropIn], actor.locale, origin);
    },

    /** Since when she has an address (ISO 8601), or null. The address itself is shown once only. */
    async feedSince(actor: Actor): Promise<string | null> {
      return (await feeds.since(actor.id))?.toISOString() ?? null;
    },
    /** A new private address, shown once; an older one is nothing any more. */
    async renewFeed(actor: Actor): Promise<{ path: string }> {
      const token = newToken();
      await feeds.renew(actor.id, hashToken(token), actor.locale, clock.now());
      return { path: `/api/calendar/${token}.ics` };
    },
    async dropFeed(actor: Actor): Promise<void> {
      await feeds.drop(actor.id);
    },
    /** For calendar programs: what its owner follows or holds. Raises 'not-found' for an address that is nothing. */
    async feed(token: string): Promise<string> {
      const found = /^[\w-]{43}$/.test(token) ? await feeds.byHash(hashToken(token)) : null;
      if (!found) throw new AppError('not-found');
      const [followed, own] = await Promise.all([
        hours.followedBy(found.userId, FOLLOWED),
        hours.ofHost(found.userId, SCHEDULES),
      ]);
      const ids = [...new Set([...followed, ...own.map(({ id }) => id)])];
      const since = new Date(clock.now().getTime() - DAY);
      const sittings = ids.length > 0 ? await dropIns.ofOfficeHours(ids, since, FEED_SIZE) : [];
      const shown = sittings.filter(({ hostIds }) => !keptFrom(parts, found.userId, hostIds));
      return calendarFile(shown, found.locale, origin);
    },
  };
}
