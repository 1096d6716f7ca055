// What a community decides for itself. Imported by the hub; other areas get from it what holds at this moment.
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
}

export function createCommunityService(community: CommunityRepository): CommunityService {
  const read = async (): Promise<CommunityView> => ({ editMinutes: LIMITS.editMinutes, ...(await community.read()) });

  return {
    async view(actor) {
      insist(canDecide(actor));
      return read();
    },
    async decide(actor, input) {
      insist(canDecide(actor));
      await community.decide(parse(communitySchema, input));
      return read();
    },
    editMinutes: async () => (await read()).editMinutes,
  };
}
