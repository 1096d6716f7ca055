// What the verbs of moderation share, and what other areas do for them. Only this area and the hub's wiring import it.
import type { PersonView } from '#shared/accounts.ts';
import type { PostInput } from '#shared/messages.commands.ts';
import type { LocalizedText } from '#shared/locales.ts';
import type { ContextView } from '#shared/moderation.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import type { ActiveSanction } from '../kernel/sanctions.ts';
import { newId } from '../kernel/ids.ts';
import type { CaseRow, Evidence } from './moderation.model.ts';
import type { ModerationEvents } from './moderation.events.ts';
import type { HouseRules } from './moderation.policy.ts';
import type { Case, ModerationRepository, Report } from './moderation.repository.ts';

/** What somebody points at, once it is sure that she may see it. */
export interface Pointed {
  aboutId: string;
  anonymous: boolean;
  roomId: string | null;
  messageId: string | null;
  excerpt: string | null;
  evidence?: Evidence;
  picked: Report['picked'];
}
/** What a report names. */
interface Pointing {
  id: string;
  roomId?: string | undefined;
  picks: string[];
}
interface ModerationPorts {
  /** One for each thing that can be reported. Each raises 'not-found' for what she may not see. */
  subjects: Partial<
    Record<'message' | 'person' | 'ticket' | 'talk', (actor: Actor, pointing: Pointing) => Promise<Pointed>>
  >;
  messages: {
    /** Hides a message from members ('review' until somebody has looked, 'decided'), or shows it again; may run twice. */
    hide(roomId: string, messageId: string, state: 'review' | 'decided' | null): Promise<void>;
    /** Posts what waited, as hers; may run twice. Answers the message's id. */
    release(authorId: string, post: PostInput): Promise<string>;
    /** Those of them that are there, also while they wait for a first look. */
    standing(messageIds: string[]): Promise<ReadonlySet<string>>;
    /** A few messages before and after it, with what it said before it was hidden. */
    context(roomId: string, messageId: string): Promise<ContextView[]>;
    /** Resolves when what was accepted before is stored and published. */
    settle(): Promise<void>;
  };
  accounts: {
    personViews(ids: string[]): Promise<Map<string, PersonView>>;
    sanction(userId: string, sanction: ActiveSanction): Promise<void>;
    liftSanction(userId: string, sanctionId: string): Promise<void>;
  };
  rooms: { names(ids: string[]): Promise<Map<string, { slug: string; name: LocalizedText }>> };
  /** A block stands between the two. */
  apart(one: string, other: string): boolean;
  rules(): Promise<HouseRules>;
}
export interface Parts extends ModerationPorts {
  repository: ModerationRepository;
  audit: AuditPort;
  bus: Pick<EventBus<ModerationEvents>, 'emit'>;
  clock: Clock;
  log: Logger;
}

/** One about herself is not there for a moderator: she would read who reported her. Raises not-found. */
export async function caseFor(
  repository: Pick<ModerationRepository, 'byId'>,
  { id }: Pick<Actor, 'id'>,
  caseId: string,
): Promise<Case> {
  const found = await repository.byId(caseId);
  if (!found || found.aboutId === id) throw new AppError('not-found');
  return found;
}

/** A new case about nobody yet. */
export const blankCase = (subject: CaseRow['subject'], subjectKey: string, now: Date): CaseRow => ({
  _id: newId(),
  ...{ subject, subjectKey, state: 'open', active: true, version: 0, gravity: 0, reasons: [], reports: 0 },
  ...{ aboutId: '', anonymous: false, roomId: null, messageId: null, excerpt: null, openedAt: now, takenBy: null },
  ...{ looking: null, hidden: false, looked: false, decision: null, applied: true, againstId: null, appealId: null },
  text: null,
});

/** Reports that are looked at when somebody decides; more say nothing new. */
export const REPORTS_SHOWN = 50;
export const DAY = 24 * 60 * 60 * 1000;
