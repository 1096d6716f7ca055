// The states of a ticket and the only ways between them, as one table by role. Pure; the tickets and talks services ask it.
import type { TicketState } from '#shared/tickets.ts';
import type { ErrorCode } from '#shared/errors.ts';

/** Who acts: the woman whose ticket it is, a mentor on duty, or the hub itself (deadlines, closing, lost connections). */
export const TICKET_ROLES = ['owner', 'host', 'system'] as const;
export type TicketRole = (typeof TICKET_ROLES)[number];

export const TICKET_ACTIONS = [
  'join', // into the queue of a drop-in that is open
  'ask', // leave a question while nobody is on duty
  'pause',
  'resume',
  'coming', // called: "I am coming"
  'back', // after she was not found
  'leave',
  'consent', // she agrees that another mentor goes on
  'refuse', // she does not, and stays with this one
  'join-group', // into a talk with others about the same topic
  'decline-group',
  'call',
  'start', // she is there: the host begins without waiting for her answer
  'answer', // a question that was left
  'not-found',
  'put-back',
  'invite', // asks her whether she wants to talk together with others
  'offer', // asks her whether another mentor may go on
  'take', // the mentor she was handed to begins
  'decline', // the mentor she was handed to cannot
  'end',
  'release', // the host's connection is gone for longer than the grace period, or she was shut out
  'time-out', // she did not answer the call in time
  'expire', // the drop-in is over
] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

/** Where an action leads; `priority`: she stands before all without it from now on. */
export interface Step {
  to: TicketState;
  priority?: true;
}
/** 'none': before there is a ticket. */
type From = TicketState | 'none';
type Moves = { readonly [State in From]?: { readonly [Action in TicketAction]?: Step } };

const left: Step = { to: 'left' };
const done: Step = { to: 'done' };
const expired: Step = { to: 'expired' };
const called: Step = { to: 'called' };
const talking: Step = { to: 'talking' };
const first: Step = { to: 'waiting', priority: true };

export const TICKET_TABLE: { readonly [Role in TicketRole]: Moves } = {
  owner: {
    none: { join: { to: 'waiting' }, ask: { to: 'asked' } },
    waiting: {
      pause: { to: 'paused' },
      leave: left,
      'join-group': talking,
      'decline-group': { to: 'waiting' },
    },
    paused: { resume: { to: 'waiting' }, leave: left },
    called: { coming: talking, pause: { to: 'paused', priority: true }, leave: left },
    'not-found': { back: first, leave: left },
    talking: { consent: { to: 'handed-over' }, refuse: talking, end: done },
    'handed-over': { leave: left },
    asked: { leave: left },
  },
  host: {
    waiting: { call: called, invite: { to: 'waiting' } },
    'not-found': { call: called },
    called: { start: talking, 'not-found': { to: 'not-found', priority: true }, 'put-back': first },
    talking: { offer: talking, end: done },
    'handed-over': { take: talking, decline: first },
    asked: { answer: talking },
  },
  system: {
    waiting: { release: { to: 'waiting' }, expire: expired },
    paused: { expire: expired },
    called: { 'time-out': { to: 'not-found', priority: true }, release: first, expire: expired },
    'not-found': { expire: expired },
    talking: { release: first, end: done },
    'handed-over': { release: first, expire: expired },
    asked: { expire: expired },
  },
};

/** States of a ticket that still holds a place: one of these per woman and drop-in. */
export const ACTIVE_STATES = [
  'waiting',
  'paused',
  'called',
  'not-found',
  'talking',
  'handed-over',
  'asked',
] as const satisfies readonly TicketState[];
export const isActive = (state: TicketState): boolean => (ACTIVE_STATES as readonly TicketState[]).includes(state);
/** States in which a host has her hands full with the ticket. */
export const isHeld = (state: TicketState): boolean => state === 'called' || state === 'talking';

/** The step, or null: nothing else is possible. */
export const stepOf = (role: TicketRole, from: From, action: TicketAction): Step | null =>
  TICKET_TABLE[role][from]?.[action] ?? null;

/** What to say when an action came too late. */
export const refusalOf = (from: From): ErrorCode => {
  if (from === 'called' || from === 'talking') return 'ticket.called';
  return from === 'none' || isActive(from) ? 'conflict' : 'ticket.over';
};
