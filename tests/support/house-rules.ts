// What the form of "hidden until somebody has looked" sends. Tests only.
import { REPORT_REASONS, type ReportReason } from '#shared/moderation.ts';

export const hiding = (...ticked: ReportReason[]) =>
  Object.fromEntries(REPORT_REASONS.map((reason) => [reason, ticked.includes(reason) ? 'on' : '']));
