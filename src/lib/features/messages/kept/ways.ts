// The pages beside the rooms where she finds what was kept: notes, saved messages, and for mentors what to check and their answers.
import { m } from '#lib/i18n/generated/messages.js';
import type { Role } from '#shared/accounts.ts';

export function keptWays(role: Role, current: string) {
  const ways = [
    { href: '/notes', label: m.note_title() },
    { href: '/saved', label: m.kept_saved() },
    ...(role === 'member'
      ? []
      : [
          { href: '/answers', label: m.kept_answers() },
          { href: '/checks', label: m.kept_checks() },
        ]),
  ];
  return ways.map((way) => ({ ...way, current: way.href === current }));
}
