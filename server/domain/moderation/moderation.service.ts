// Moderation: composes its verbs. The hub makes one; every door comes here with (actor, input).
import { createAppeals } from './moderation.appeals.ts';
import { createCases } from './moderation.cases.ts';
import { createDecisions } from './moderation.decisions.ts';
import type { Parts } from './moderation.parts.ts';
import { createReports } from './moderation.reports.ts';

export type ModerationService = ReturnType<typeof createModerationService>;

export function createModerationService(parts: Parts) {
  const { stakeOf, ...decisions } = createDecisions(parts);
  return { ...createReports(parts), ...createCases(parts, stakeOf), ...decisions, ...createAppeals(parts) };
}
