// What a community decides for itself. Imported by the hub; other areas get from it what holds at this moment.
import { KEPT_REPORT_DAYS, KEPT_TALK_DAYS } from '#shared/community.limits.ts';
import {
  askingSchema,
  bansSchema,
  communitySchema,
  hidingSchema,
  holdsSchema,
  type CommunityView,
} from '#shared/community.ts';
import { LIMITS } from '#shared/limits.ts';
import { GRAVITY, REPORT_REASONS, type ReportReason } from '#shared/moderation.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import { createMemory } from '../kernel/memory.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { canDecide } from './community.policy.ts';
import type { CommunityRepository } from './community.repository.ts';

export interface CommunityService {
  /** For her who decides. Raises 'forbidden', 'unavailable'. */
  view(actor: Actor): Promise<CommunityView>;
  /** Holds from the next command on, in every process. Raises 'forbidden', 'input.*', 'unavailable'. */
  decide(actor: Actor, input: unknown): Promise<CommunityView>;
  /** The same for what waits for a moderator; other processes follow within seconds. */
  decideHolds(actor: Actor, input: unknown): Promise<CommunityView>;
  /** Whether strangers may ask to join. Raises 'forbidden', 'input.*', 'unavailable'. */
  decideAsking(actor: Actor, input: unknown): Promise<CommunityView>;
  /** Whether a ban needs two moderators; for every process from the next decision on. Raises 'forbidden', 'input.*', 'unavailable'. */
  decideBans(actor: Actor, input: unknown): Promise<CommunityView>;
  /** For which reasons a reported message is hidden until somebody has looked, from the next report on. Raises the same. */
  decideHiding(actor: Actor, input: unknown): Promise<CommunityView>;
  /** What moderation holds to. */
  houseRules(): Promise<{ fourEyes: boolean; hideFor: readonly ReportReason[] }>;
  askToJoin(): Promise<boolean>;
  /** Minutes in which somebody may change her words. */
  editMinutes(): Promise<number>;
  /** What waits for a moderator; from memory for a few seconds, since every post asks. */
  holds(): Promise<{ links: boolean; phones: boolean; newcomerHours: number }>;
  /** Days after its end that a talk is kept. */
  talkDays(): Promise<number>;
  /** Days after a decision that a report is kept. */
  reportDays(): Promise<number>;
}

const NOTHING: CommunityView = {
  ...{ editMinutes: LIMITS.editMinutes, talkDays: KEPT_TALK_DAYS, reportDays: KEPT_REPORT_DAYS },
  ...{ holdLinks: false, holdPhones: false, askToJoin: false, fourEyes: true },
  hideFor: REPORT_REASONS.filter((reason) => GRAVITY[reason] === 3),
};
const MEMORY_MS = 5_000;

export function createCommunityService(
  community: CommunityRepository,
  audit: AuditPort,
  clock: Clock,
): CommunityService {
  /** What holds for everybody is changed only after that was written down. */
  async function decideAs(actor: Actor, decided: object): Promise<void> {
    const reason = Object.entries(decided).map(([name, value]) => `${name}: ${String(value)}`);
    await audit.record(actor, { action: 'community.changed', reason: reason.join(', ') });
    await community.decide(decided);
  }
  const read = async (): Promise<CommunityView> => {
    const decided = { ...NOTHING, ...(await community.read()) };
    const { editMinutes, talkDays, reportDays, holdLinks, holdPhones, askToJoin, fourEyes, hideFor } = decided;
    return { editMinutes, talkDays, reportDays, holdLinks, holdPhones, askToJoin, fourEyes, hideFor };
  };
  const known = createMemory<CommunityView>({ clock, ms: MEMORY_MS, most: 1 });

  return {
    async view(actor) {
      insist(canDecide(actor));
      return read();
    },
    async decide(actor, input) {
      insist(canDecide(actor));
      const decided = Object.entries(parse(communitySchema, input)).filter(([, value]) => value !== undefined);
      await decideAs(actor, Object.fromEntries(decided));
      return read();
    },
    async decideHolds(actor, input) {
      insist(canDecide(actor));
      await decideAs(actor, parse(holdsSchema, input));
      known.forget('');
      return read();
    },
    async decideAsking(actor, input) {
      insist(canDecide(actor));
      await decideAs(actor, parse(askingSchema, input));
      return read();
    },
    async decideBans(actor, input) {
      insist(canDecide(actor));
      await decideAs(actor, parse(bansSchema, input));
      return read();
    },
    async decideHiding(actor, input) {
      insist(canDecide(actor));
      const ticked = parse(hidingSchema, input);
      await decideAs(actor, { hideFor: REPORT_REASONS.filter((reason) => ticked[reason]) });
      return read();
    },
    async houseRules() {
      const { fourEyes, hideFor } = await read();
      return { fourEyes, hideFor };
    },
    askToJoin: async () => (await read()).askToJoin,
    async holds() {
      const { holdLinks: links, holdPhones: phones } = await known.get('', read);
      return { links, phones, newcomerHours: LIMITS.newcomerHours };
    },
    editMinutes: async () => (await read()).editMinutes,
    talkDays: async () => (await read()).talkDays,
    reportDays: async () => (await read()).reportDays,
  };
}
