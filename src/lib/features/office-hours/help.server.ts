// "I need help with this": the message that a place in a queue begins with, and the drop-ins that suit it. Only +page.server.ts files import it.
import { hub } from '#lib/server/hub.ts';
import { LIMITS } from '#shared/limits.ts';
import type { DropInView } from '#shared/office-hours.ts';

type Actor = Parameters<ReturnType<typeof hub>['messages']['pointAt']>[0];

/** Its words and room as the address names it, if she may see it; null without one. Raises 'not-found'. */
export async function messageOf(actor: Actor, params: URLSearchParams) {
  const roomId = params.get('room');
  const messageId = params.get('message');
  if (!roomId || !messageId) return null;
  const { messages, rooms } = hub();
  const [{ slug }, { excerpt }] = await Promise.all([
    rooms.authorise(actor, roomId),
    messages.pointAt(actor, roomId, messageId),
  ]);
  return { roomId, messageId, slug, text: (excerpt ?? '').slice(0, LIMITS.ticketWords) };
}

/** Best first: about the room's topic, in a language of hers. Her own are none for her. */
function suits(dropIns: DropInView[], slug: string, languages: readonly string[]): DropInView[] {
  const score = (one: DropInView) =>
    (one.topics.some(({ key }) => key === slug) ? 2 : 0) +
    (one.languages.some((code) => languages.includes(code)) ? 1 : 0);
  return dropIns.filter(({ abilities }) => !abilities.host).sort((a, b) => score(b) - score(a));
}

/** Those that are open now, and those to come, where she can leave it as a question. */
export async function helpFor(actor: Actor, slug: string) {
  const week = await hub().officeHours.week(actor, { week: 0 });
  const languages = actor.reads?.length ? actor.reads : [actor.locale];
  const later = week.days.flatMap(({ dropIns }) => dropIns);
  return {
    open: suits(
      week.open.filter(({ acceptsTickets }) => acceptsTickets),
      slug,
      languages,
    ),
    later: suits(
      later.filter(({ state }) => state === 'planned' || state === 'missed'),
      slug,
      languages,
    ).slice(0, LATER),
  };
}
const LATER = 5;
