// What a woman is told about her place when she does not look at it: her turn, soon, invited, not found, answered. Part of the tickets service.
import type { NewNotice, NoticeKind } from '#shared/notifications.ts';
import type { TicketsServiceParts } from './tickets.parts.ts';
import type { Ticket } from './tickets.entities.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Steps already told by this process, so that the sweep need not ask the database for each place again. */
const REMEMBERED = 5_000;

export type Telling = ReturnType<typeof createTelling>;

const noticeOf = (kind: NoticeKind, { id }: Ticket, mark: string, until: Date): NewNotice => ({
  key: `${kind}:${id}${mark}`,
  kind,
  params: { ticketId: id },
  until,
});

/** Two before her: once per place. */
export const soonOf = (ticket: Ticket, now: Date): NewNotice =>
  noticeOf('ticket.soon', ticket, '', new Date(now.getTime() + 15 * MINUTE));

/** What her place as it is now has to tell her; the same for the same step, however often it is asked. Null: nothing. */
function tidingsOf(ticket: Ticket): NewNotice | null {
  const { state, rev, last, invite, dueAt } = ticket;
  const tell = (kind: NoticeKind, ms: number): NewNotice =>
    noticeOf(kind, ticket, `:${rev}`, new Date(last.at.getTime() + ms));
  if (state === 'called') return { ...tell('ticket.turn', HOUR), ...(dueAt ? { until: dueAt } : {}) };
  if (state === 'not-found') return tell('ticket.not-found', HOUR);
  if (state === 'waiting' && invite && last.action === 'invite') return tell('ticket.group', 15 * MINUTE);
  if (state === 'talking' && last.action === 'answer') return tell('ticket.answered', 24 * HOUR);
  // handed over: the other mentor is there now
  if (state === 'talking' && last.action === 'take') return tell('ticket.turn', 15 * MINUTE);
  return null;
}

/** After these steps what she was told before still holds, or nothing was. */
const HOLDS = new Set(['join', 'ask', 'start', 'answer', 'invite']);
const isOld = ({ last, toldSoon }: Ticket): boolean =>
  !HOLDS.has(last.action) &&
  (last.from !== 'waiting' || last.action === 'release' || toldSoon || last.action.endsWith('-group'));

export function createTelling({ notify, settle, log }: TicketsServiceParts) {
  const told = new Set<string>();
  const lanes = new Map<string, Promise<void>>();

  async function again(ticket: Ticket): Promise<void> {
    const notice = tidingsOf(ticket);
    if (!notice || told.has(notice.key)) return;
    await notify([ticket.ownerId], notice);
    if (told.size >= REMEMBERED) told.clear();
    told.add(notice.key);
  }
  async function after(ticket: Ticket): Promise<void> {
    if (isOld(ticket)) await settle(ticket.ownerId, ticket.id);
    await again(ticket);
  }

  return {
    /** Tells what this place has to tell, once. Raises 'unavailable'. */
    again,
    /** After each step: what was told before is old, then what is new is told. Steps of one place in their order. */
    moved(ticket: Ticket): void {
      const lane = (lanes.get(ticket.id) ?? Promise.resolve())
        .then(() => after(ticket))
        .catch((error: unknown) => log.warn({ err: error }, 'a step of a ticket not told yet'))
        .finally(() => {
          if (lanes.get(ticket.id) === lane) lanes.delete(ticket.id);
        });
      lanes.set(ticket.id, lane);
    },
    async done(): Promise<void> {
      await Promise.all(lanes.values());
    },
  };
}
