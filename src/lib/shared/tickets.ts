// A woman's place in a drop-in's queue as both sides know it: states, what forms and sockets send, views for three audiences.
import * as v from 'valibot';
import type { PersonView } from './accounts.ts';
import { LIMITS } from './limits.ts';
import { dropInIdSchema, type DutyView, type TopicView } from './office-hours.ts';
import type { DropInState } from './office-hours.states.ts';
import { COMMUNITY_LANGUAGES, type CommunityLanguage } from './text/languages.ts';

export const TICKET_STATES = [
  'waiting',
  'paused',
  'called',
  'talking',
  /** Called, and not there in time: keeps priority, and is not called again before she says that she is back. */
  'not-found',
  /** She agreed that another mentor goes on, who has not begun yet. */
  'handed-over',
  'done',
  'left',
  'expired',
  /** A question left while nobody is on duty. */
  'asked',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];
export const TICKET_WAYS = ['chat', 'phone', 'place'] as const;
export type TicketWay = (typeof TICKET_WAYS)[number];

/** What she does with her place, and hosts with a place of theirs, where nothing else needs to be said. */
const OWNER_ACTS = ['pause', 'resume', 'coming', 'back', 'leave', 'end', 'consent', 'refuse'] as const;
export type OwnerAct = (typeof OWNER_ACTS)[number];
const HOST_ACTS = ['call', 'start', 'notFound', 'putBack', 'end', 'take', 'decline', 'answer'] as const;
export type HostAct = (typeof HOST_ACTS)[number];

const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
const noControls = v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]*$/u, 'invalid');
const time = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'invalid'));
/** hh:mm on the day of the drop-in, in the zone of the office hours. */
const windowSchema = v.object({ from: time, to: time });
const oneLine = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max, 'too-long'), noControls);

export const byTicketSchema = v.object({ ticketId: id });
export const ownerActSchema = v.object({ ticketId: id, action: v.picklist(OWNER_ACTS) });
export const hostActSchema = v.object({ ticketId: id, action: v.picklist(HOST_ACTS) });
export const joinQueueSchema = v.object({
  dropInId: dropInIdSchema,
  /** One of the drop-in's topics, or 'other'. */
  topic: v.pipe(v.string(), v.trim(), v.minLength(1, 'empty'), v.maxLength(60, 'too-long')),
  words: v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(LIMITS.ticketWords, 'too-long'),
      v.check((text) => text.isWellFormed(), 'invalid'),
    ),
    '',
  ),
  languages: v.pipe(
    v.array(v.picklist(COMMUNITY_LANGUAGES)),
    v.minLength(1, 'empty'),
    v.maxLength(COMMUNITY_LANGUAGES.length, 'too-long'),
    v.transform((chosen) => COMMUNITY_LANGUAGES.filter((code) => chosen.includes(code))),
  ),
  how: v.picklist(TICKET_WAYS),
  /** Empty: only the number is shown. */
  firstName: v.optional(oneLine(LIMITS.ticketName), ''),
  windows: v.optional(
    v.pipe(
      v.array(windowSchema),
      v.maxLength(LIMITS.ticketWindows, 'too-long'),
      v.check((all) => all.every(({ from, to }) => from < to), 'invalid'), // ends after it starts
    ),
    [],
  ),
  /** The room message that it began with. */
  message: v.optional(v.object({ roomId: id, messageId: id })),
});
/** Who is behind a number, and why somebody has to know. */
export const lookSchema = v.object({
  dropInId: dropInIdSchema,
  number: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.trim(), v.nonEmpty('empty'), v.toNumber())]),
    v.integer('invalid'),
    v.minValue(1, 'invalid'),
  ),
  reason: v.pipe(v.string(), v.trim(), v.minLength(1, 'empty'), v.maxLength(LIMITS.auditReason, 'too-long')),
});
export const inviteGroupSchema = v.object({
  dropInId: dropInIdSchema,
  ticketIds: v.pipe(v.array(id), v.minLength(1, 'empty'), v.maxLength(LIMITS.groupTickets, 'too-long')),
});
export const answerInviteSchema = v.object({ ticketId: id, yes: v.boolean() });
export const handOverSchema = v.object({ ticketId: id, to: id });

/** How long she will wait. Minutes are whole. */
export type EstimateView =
  | { kind: 'unknown' }
  | { kind: 'range'; from: number; to: number }
  /** Nobody on duty speaks one of her languages. `until`: when somebody is expected, ISO 8601. */
  | { kind: 'nobody'; until: string | null }
  /** Her own time begins later. */
  | { kind: 'window'; at: string };

/** The rule of the order, shown to everyone. */
export interface QueueRuleView {
  firstTimersFirst: boolean;
  cooldownMinutes: number;
  comeMinutes: number;
}
/** What other members see: no names, no topics, counts split by nothing but the languages that the viewer reads. */
export interface PublicQueueView {
  dropInId: string;
  version: number;
  state: DropInState;
  endsAt: string;
  acceptsTickets: boolean;
  /** What she may choose among. */
  topics: TopicView[];
  languages: CommunityLanguage[];
  online: boolean;
  place: string | null;
  waiting: number;
  byLanguage: { language: CommunityLanguage; waiting: number }[];
  duty: DutyView[];
  announcement: string;
  rule: QueueRuleView;
  /** Only in a queue that was made open: what others may see of each place. */
  open: { number: number; firstName: string; topic: string }[] | null;
}
/** Her own place, for her alone. */
export interface TicketView {
  id: string;
  dropInId: string;
  /** The higher one wins. */
  version: number;
  number: number;
  firstName: string;
  state: TicketState;
  topic: TopicView;
  words: string;
  languages: CommunityLanguage[];
  how: TicketWay;
  windows: { from: string; to: string }[];
  joinedAt: string;
  priority: boolean;
  /** Those before her whom the same mentors will serve; null when she is not in the queue now. */
  before: number | null;
  estimate: EstimateView | null;
  /** Two or fewer before her. */
  soon: boolean;
  /** Called: by whom, and until when she has to say that she comes. */
  host: PersonView | null;
  comeBy: string | null;
  talkId: string | null;
  /** A host asks whether she wants to talk together with others about the same topic. */
  groupInvite: PersonView | null;
  /** Her mentor would like to hand her over to this one. */
  handOver: PersonView | null;
  announcement: string;
  duty: DutyView[];
  rule: QueueRuleView;
  dropInState: DropInState;
  endsAt: string;
}
/** One place as the hosts see it: topic and language, a number or the first name that she chose, never who she is. */
export interface HostTicketView {
  id: string;
  number: number;
  firstName: string;
  state: TicketState;
  topic: TopicView;
  words: string;
  languages: CommunityLanguage[];
  how: TicketWay;
  joinedAt: string;
  priority: boolean;
  first: boolean;
  windowOpen: boolean;
  host: PersonView | null;
  comeBy: string | null;
  talkId: string | null;
  handOverTo: string | null;
  grouped: boolean;
  invited: boolean;
}
export interface HostQueueView {
  dropInId: string;
  version: number;
  /** All hosts of this drop-in: whom a talk can be handed over to. */
  hosts: PersonView[];
  state: DropInState;
  acceptsTickets: boolean;
  endsAt: string;
  announcement: string;
  rule: QueueRuleView;
  duty: DutyView[];
  /** In the order of the queue; first those that are called or in a talk. */
  tickets: HostTicketView[];
}
/** What a page of a drop-in begins with. */
export interface QueueWatchView {
  everyone: PublicQueueView;
  mine: TicketView | null;
  host: HostQueueView | null;
}
/** One step, for her and her hosts. */
export interface TicketEventView {
  at: string;
  action: string;
  from: string;
  to: TicketState;
  by: 'owner' | 'host' | 'system';
}
