// What each of the three audiences sees of a queue: everyone, hosts, the woman herself. Pure: nothing else leaves a board.
import type { PersonView } from '#shared/accounts.ts';
import type { DutyView, TopicView } from '#shared/office-hours.ts';
import { isOver, isRunning } from '#shared/office-hours.states.ts';
import type { HostQueueView, HostTicketView, PublicQueueView, QueueRuleView, TicketView } from '#shared/tickets.ts';
import type { CommunityLanguage } from '#shared/text/languages.ts';
import { withBehind } from '../kernel/behind.ts';
import type { Board } from './tickets.board.ts';
import { isSoon, whoIsBefore, windowOpen } from './tickets.order.ts';
import type { Ticket } from './tickets.entities.ts';
import { timeOf } from './tickets.times.ts';

const personOf = (board: Board, id: string | null): PersonView | null =>
  id === null ? null : (board.people.get(id) ?? null);
const ruleOf = ({ dropIn: { queue } }: Board): QueueRuleView => ({
  firstTimersFirst: queue.firstTimersFirst,
  cooldownMinutes: queue.cooldownMinutes,
  comeMinutes: queue.comeMinutes,
});
const dutyIn = ({ dropIn }: Board): Board['dropIn']['duty'] => (isRunning(dropIn) ? dropIn.duty : []);
/** The same for everybody on a board: made once. */
const duties = new WeakMap<Board, DutyView[]>();
function dutyOf(board: Board): DutyView[] {
  const made = duties.get(board);
  if (made) return made;
  const duty = dutyIn(board).flatMap(({ userId, languages, since }) => {
    const person = personOf(board, userId);
    return person ? [{ person, languages, since: since.toISOString() }] : [];
  });
  duties.set(board, duty);
  return duty;
}
const topicOf = ({ topics }: Board, key: string): TopicView =>
  topics.get(key) ?? { key, name: { de: key, en: key, ar: key, uk: key } };

/** For other members who read these languages: counts are split by nothing else. Names and topics only in an open queue. */
export function publicView(board: Board, reads: readonly CommunityLanguage[]): PublicQueueView {
  const { dropIn, ordered } = board;
  const counted = (tickets: readonly Ticket[]) => ({ counted: { waiting: tickets.map(({ ownerId }) => ownerId) } });
  const view: PublicQueueView = {
    dropInId: dropIn.id,
    version: board.version,
    state: dropIn.state,
    endsAt: dropIn.endsAt.toISOString(),
    acceptsTickets: dropIn.state === 'open',
    topics: dropIn.topics.map((key) => topicOf(board, key)),
    languages: dropIn.languages,
    online: dropIn.online,
    place: dropIn.place,
    waiting: ordered.length,
    byLanguage: reads.map((language) => {
      const tickets = ordered.filter((ticket) => ticket.languages.includes(language));
      return withBehind({ language, waiting: tickets.length }, counted(tickets));
    }),
    duty: dutyOf(board),
    announcement: dropIn.announcement,
    rule: ruleOf(board),
    open: dropIn.queue.open
      ? ordered.map(({ number, firstName, topic, ownerId: userId }) =>
          withBehind({ number, firstName, topic: topicOf(board, topic).key }, { userId }),
        )
      : null,
  };
  return withBehind(view, counted(ordered));
}

function hostTicket(board: Board, ticket: Ticket): HostTicketView {
  const { id, number, firstName, state, words, languages, how, priority, first, talkId, handOver, grouped } = ticket;
  const view: HostTicketView = {
    ...{ id, number, firstName, state, words, languages, how, priority, first, talkId, grouped },
    topic: topicOf(board, ticket.topic),
    joinedAt: ticket.joinedAt.toISOString(),
    windowOpen: windowOpen(ticket, board.now),
    host: personOf(board, ticket.hostId),
    comeBy: state === 'called' ? (ticket.dueAt?.toISOString() ?? null) : null,
    handOverTo: state === 'handed-over' ? ticket.hostId : handOver,
    invited: ticket.invite !== null,
  };
  return withBehind(view, { userId: ticket.ownerId });
}

/** For the hosts of the drop-in: topic and language, a number or the name she chose, never who she is. */
export function hostView(board: Board): HostQueueView {
  const { dropIn, ordered } = board;
  const rest = board.tickets.filter(({ state }) => state !== 'waiting');
  const inHand = rest.filter(({ state }) => state === 'called' || state === 'talking' || state === 'handed-over');
  const others = [...rest.filter((ticket) => !inHand.includes(ticket)), ...board.asked];
  return {
    dropInId: dropIn.id,
    version: board.version,
    hosts: dropIn.hostIds.flatMap((id) => personOf(board, id) ?? []),
    state: dropIn.state,
    acceptsTickets: dropIn.state === 'open',
    endsAt: dropIn.endsAt.toISOString(),
    announcement: dropIn.announcement,
    rule: ruleOf(board),
    duty: dutyOf(board),
    tickets: [...inHand, ...ordered, ...others].map((ticket) => hostTicket(board, ticket)),
  };
}

/** Her own place, whole. `ticket` may be over: then there is no position any more. */
export function ticketView(board: Board, ticket: Ticket): TicketView {
  const { id, dropInId, number, firstName, state, words, languages, how, priority, talkId, hostId, invite } = ticket;
  const before = board.before.get(id) ?? null;
  const view: TicketView = {
    ...{ id, dropInId, number, firstName, state, words, languages, how, priority },
    // a step that this board has not seen yet is newer than the board
    version: Math.max(board.version, ticket.changedAt.getTime()),
    topic: topicOf(board, ticket.topic),
    windows: ticket.windows.map(({ from, to }) => ({ from: timeOf(from), to: timeOf(to) })),
    joinedAt: ticket.joinedAt.toISOString(),
    before,
    // closed a moment ago: the next sitting's time is none of this place's
    estimate: isOver(board.dropIn) ? null : (board.estimates.get(id) ?? null),
    soon: isSoon(ticket, before, board.dropIn.duty, board.now),
    host: personOf(board, hostId),
    comeBy: state === 'called' ? (ticket.dueAt?.toISOString() ?? null) : null,
    talkId: ['talking', 'handed-over', 'done'].includes(state) ? talkId : null,
    groupInvite: personOf(board, invite?.by ?? null),
    handOver: state === 'talking' ? personOf(board, ticket.handOver) : null,
    announcement: board.dropIn.announcement,
    duty: dutyOf(board),
    rule: ruleOf(board),
    dropInState: board.dropIn.state,
    endsAt: board.dropIn.endsAt.toISOString(),
  };
  if (before === null) return view;
  // looked for only where somebody is kept from her; how long it takes stays true, and is no number of people
  return withBehind(view, {
    get counted() {
      const hosts = dutyIn(board).map((host) => host.languages);
      return { before: whoIsBefore(board.ordered, hosts, ticket.id).map(({ ownerId }) => ownerId) };
    },
  });
}
