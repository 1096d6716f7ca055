// From stored cases to what moderators, and the person herself, may see. Only this area imports it.
import type { PersonView } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import type { LocalizedText } from '#shared/locales.ts';
import {
  GRAVITY,
  LASTING,
  type CaseView,
  type ContextView,
  type DecisionView,
  type NoticeView,
  type ReportView,
  type SaidView,
  type SanctionView,
} from '#shared/moderation.ts';
import type { Actor } from '../kernel/actor.ts';
import { DAY } from './moderation.parts.ts';
import { canDecide, canJudge, canUndo, type CaseAtStake } from './moderation.policy.ts';
import type { Case, Decision, Report } from './moderation.repository.ts';

export type People = ReadonlyMap<string, PersonView>;
export type RoomNames = ReadonlyMap<string, { slug: string; name: LocalizedText }>;

const scopeOf = ({ kind, roomOnly }: Decision): NoticeView['scope'] =>
  !LASTING.some((one) => one === kind) ? null : roomOnly ? 'room' : 'everywhere';

const NOBODY: PersonView = { id: '', displayName: '', role: 'member', hue: 0 };
const person = (people: People, id: string): PersonView => people.get(id) ?? { ...NOBODY, id };

function decisionView(decision: Decision, people: People): DecisionView {
  const { kind, until, note, at, by, proposedBy, undoneAt } = decision;
  return {
    ...{ kind, rule: kind === 'none' ? null : decision.rule, note, undone: undoneAt !== null },
    scope: scopeOf(decision),
    until: until?.toISOString() ?? null,
    at: at.toISOString(),
    by: person(people, by),
    proposedBy: proposedBy === undefined ? null : person(people, proposedBy),
  };
}

/** Everybody whom a view of this case names. */
export const namedIn = ({ aboutId, anonymous, takenBy, looking, decision }: Case): string[] =>
  [anonymous ? null : aboutId, takenBy, looking?.userId, decision?.by, decision?.proposedBy].filter(
    (id) => typeof id === 'string',
  );

export interface Seeing {
  actor: Actor;
  stake: CaseAtStake;
  people: People;
  rooms: RoomNames;
  now: Date;
}

/** Her name and words as long as nobody has decided. */
const askedView = ({ asked, declined, state }: Case): CaseView['asked'] => ({
  who: asked && state !== 'decided' ? { ...asked, languages: [...asked.languages] } : null,
  why: declined ?? null,
});

export function caseView(found: Case, { actor, stake, people, rooms, now }: Seeing): CaseView {
  const { looking, decision, roomId } = found;
  const looks = looking && found.state !== 'decided' && looking.until > now && looking.userId !== actor.id;
  const may = canDecide(actor, stake).ok;
  return {
    ...{ id: found.id, version: found.version, subject: found.subject, state: found.state, gravity: found.gravity },
    about: found.anonymous ? null : person(people, found.aboutId),
    roomId,
    roomSlug: roomId ? (rooms.get(roomId)?.slug ?? null) : null,
    roomName: roomId ? (rooms.get(roomId)?.name ?? null) : null,
    // of a talk, what was handed over is read with its reports, not in a list
    excerpt: found.subject === 'talk' ? null : found.excerpt,
    messageId: found.messageId,
    reasons: found.reasons.toSorted((one, other) => GRAVITY[other] - GRAVITY[one]),
    reports: found.reports,
    hits: [...(found.hits ?? [])],
    held: found.held !== undefined && found.messageId === null,
    openedAt: found.openedAt.toISOString(),
    lookedAtBy: looks ? person(people, looking.userId) : null,
    takenBy: found.takenBy ? person(people, found.takenBy) : null,
    hidden: found.hidden,
    decision: decision && decisionView(decision, people),
    asked: found.subject === 'join' ? askedView(found) : null,
    abilities: {
      decide: may,
      confirm: may && found.state === 'proposed',
      judge: canJudge(actor, found).ok,
      undo: canUndo(actor, found).ok,
    },
  };
}

export const reportView = (
  { reason, note, at, reporterId, picked, deliberate = false }: Report,
  people: People,
): ReportView => ({
  ...{ reason, note, at: at.toISOString(), by: person(people, reporterId), deliberate },
  picked: picked.map((one) => ({ ...one, at: one.at.toISOString() })),
});

/** As it was when it was reported, also when its author has changed or deleted it since; what waits as it was sent. */
export function saidView(
  { evidence, excerpt, held, messageId }: Case,
  context: readonly ContextView[],
): SaidView | null {
  const waiting = messageId === null ? held?.post.text : undefined;
  const there = context.find(({ reported }) => reported);
  const text = evidence?.text ?? waiting ?? there?.text ?? excerpt;
  if (text === null) return null;
  const earlier =
    evidence?.versions.map((one) => ({ text: one.text, at: one.at.toISOString() })) ?? there?.earlier ?? [];
  if (messageId === null) return { text, earlier, now: 'same' };
  return { text, earlier, now: !there || there.text === null ? 'gone' : there.text === text ? 'same' : 'changed' };
}

/** What was decided about her, never what was only reported. */
export function sanctionViews(cases: readonly Case[]): SanctionView[] {
  return cases.flatMap(({ id, state, decision }) =>
    state === 'decided' && decision && !['none', 'uphold', 'overturn'].includes(decision.kind)
      ? [
          {
            ...{ caseId: id, kind: decision.kind, rule: decision.rule, at: decision.at.toISOString() },
            ...{ until: decision.until?.toISOString() ?? null, undone: decision.undoneAt !== null },
          },
        ]
      : [],
  );
}

function appealState(found: Case, appeal: Case | undefined, appealUntil: Date, now: Date): NoticeView['appeal'] {
  if (!found.appealId) return now > appealUntil ? 'late' : 'open';
  if (appeal?.state !== 'decided') return 'sent';
  return appeal.decision?.kind === 'overturn' ? 'overturned' : 'upheld';
}

function messageThen({ messageId, held, decision }: Case): NoticeView['message'] {
  const lasts = decision?.undoneAt === null && LASTING.some((one) => one === decision.kind);
  if (!lasts) return null;
  return messageId === null ? (held ? 'not-posted' : null) : 'hidden';
}

/** Her own words, and who decided stays unnamed: it is the house that decides. */
export function noticeView(found: Case, appeal: Case | undefined, rooms: RoomNames, now: Date): NoticeView | null {
  const { decision } = found;
  if (!decision || found.state !== 'decided') return null;
  const appealUntil = new Date(decision.at.getTime() + LIMITS.appealDays * DAY);
  const here = found.roomId && (decision.roomOnly || found.messageId) ? rooms.get(found.roomId) : undefined;
  return {
    ...{ caseId: found.id, kind: decision.kind, rule: decision.rule, note: decision.note },
    at: decision.at.toISOString(),
    until: decision.until?.toISOString() ?? null,
    scope: scopeOf(decision),
    roomName: here?.name ?? null,
    excerpt: found.excerpt,
    message: messageThen(found),
    appeal: appealState(found, appeal, appealUntil, now),
    appealUntil: appealUntil.toISOString(),
    undone: decision.undoneAt !== null,
  };
}
