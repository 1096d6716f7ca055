// The answer of a policy, and how a service insists on it.
import type { ErrorCode } from '#shared/errors.ts';
import { AppError } from './app-error.ts';

export type Verdict = { ok: true } | { ok: false; code: ErrorCode };

export const allowed: Verdict = { ok: true };
export const refused = (code: ErrorCode = 'forbidden'): Verdict => ({ ok: false, code });

export const verdict = (ok: boolean, otherwise: ErrorCode = 'forbidden'): Verdict =>
  ok ? allowed : refused(otherwise);

/** Raises the verdict's code as an error when it is a refusal. */
export function insist(verdict: Verdict): void {
  if (!verdict.ok) throw new AppError(verdict.code);
}
