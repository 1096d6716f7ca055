// What a community decides for itself. Imported by the hub; other areas get from it what holds at this moment.
import { KEPT_TALK_DAYS } from '#shared/community.limits.ts';
import { communitySchema, type CommunityView } from '#shared/community.ts';
import { LIMITS } from '#shared/limits.ts';
import type { Actor } from '../kernel/actor.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { canDecide } from './community.policy.ts';
import type { CommunityRepository } from './community.repository.ts';

export interface CommunityService {
  /** For her who decides. Raises 'forbidden', 'unavailable'. */
  view(actor: Actor): Promise<CommunityView>;
  /** Holds from the next command on, in every process. Raises 'forbidden', 'input.*', 'unavailable'. */
  decide(actor: Actor, input: unknown): Promise<CommunityView>;
  /** Minutes in which somebody may change her words. */
  editMinutes(): Promise<number>;
  /** Days after its end that a talk is kept. */
  talkDays(): Promise<number>;
}

export function createCommunityService(community: CommunityRepository): CommunityService {
  const read = async (): Promise<CommunityView> => ({
    editMinutes: LIMITS.editMinutes,
    talkDays: KEPT_TALK_DAYS,
    ...(await community.read()),
  });

  return {
    async view(actor) {
      insist(canDecide(actor));
      return read();
    },
    async decide(actor, input) {
      insist(canDecide(actor));
      const { editMinutes, talkDays } = parse(communitySchema, input);
      await community.decide({
        ...(editMinutes === undefined ? {} : { editMinutes }),
        ...(talkDays === undefined ? {} : { talkDays }),
      });
      return read();
    },
    editMinutes: async () => (await read()).editMinutes,
    talkDays: async () => (await read()).talkDays,
  };
}
