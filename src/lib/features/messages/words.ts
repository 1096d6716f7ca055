// Words for roles and refusals around messages. For components of rooms and messages.
import { m } from '#lib/i18n/generated/messages.js';
import type { PersonView, Role } from '#shared/accounts.ts';
import type { MessageView } from '#shared/messages.ts';

/** Null for members: only who helps is named. */
export function roleWord(role: Role): string | null {
  if (role === 'mentor') return m.message_role_mentor();
  if (role === 'moderator') return m.message_role_moderator();
  return role === 'coordinator' ? m.message_role_coordinator() : null;
}

/** Why the hub did not take a message, as a sentence. `code` as in #shared/errors.ts. */
export function whyRefused(code: string): string {
  if (code === 'message.held') return m.message_held();
  if (code === 'forbidden') return m.message_failed_forbidden();
  if (code === 'not-found') return m.message_failed_gone();
  return code.startsWith('input.') || code === 'payload.too-large' ? m.message_failed_text() : m.message_failed_other();
}

/** null: somebody who asked anonymously. */
export const authorName = (author: PersonView | null): string =>
  author ? author.displayName || m.message_someone() : m.message_community();

/** It was checked, but so long ago that it has to be checked again. */
export const expired = ({ verified }: MessageView, now = Date.now()): boolean =>
  verified !== null && Date.parse(verified.until) < now;
