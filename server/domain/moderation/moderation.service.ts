// Moderation: composes its verbs. The hub makes one; every door comes here with (actor, input).
import type { Actor } from '../kernel/actor.ts';
import { shutOutOf } from '../kernel/sanctions.ts';
import { createAppeals } from './moderation.appeals.ts';
import { createCases } from './moderation.cases.ts';
import { createDecisions } from './moderation.decisions.ts';
import { createHeld } from './moderation.held.ts';
import type { Parts } from './moderation.parts.ts';
import { createReports } from './moderation.reports.ts';

export type ModerationService = ReturnType<typeof createModerationService>;

export function createModerationService(parts: Parts) {
  const { stakeOf, ...decisions } = createDecisions(parts);
  return {
    ...createReports(parts),
    ...createCases(parts, stakeOf),
    ...decisions,
    ...createAppeals(parts),
    ...createHeld(parts),
    /** A suspension or ban holds: she gets nothing but her notices, the appeal, her settings and help. */
    shutOut: (actor: Actor): boolean => shutOutOf(actor, parts.clock.now()) !== null,
  };
}
