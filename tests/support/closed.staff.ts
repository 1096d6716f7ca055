// What mentors, moderators and coordinators get where members get something else: pages and socket events by name. Tests only.
import type { ErrorCode } from '#shared/errors.ts';
import type { EventName } from '../../server/realtime/types.ts';

/** What the first of them gets who gets something else than a member; those with more rights get the same, or what stands beside it. */
interface Staff<Got> {
  mentor?: Got;
  moderator?: Got;
  coordinator?: Got;
}

const ALL_STAFF = { mentor: 200 };
const MODERATORS = { moderator: 200 };

export const STAFF_PAGES: Record<string, Staff<number>> = {
  '/drop-in/new': ALL_STAFF,
  '/drop-in/mine': ALL_STAFF,
  '/drop-in/mine/[officeHoursId]': { mentor: 404 },
  '/checks': ALL_STAFF,
  '/answers': ALL_STAFF,
  '/answers/new': ALL_STAFF,
  '/answers/[answerId]': { mentor: 404 },
  '/rooms/[slug]/people/invite': MODERATORS,
  '/rooms/manage': MODERATORS,
  '/rooms/manage/new': MODERATORS,
  '/rooms/manage/[roomId]': { moderator: 404 },
  '/figures': ALL_STAFF,
  '/figures/csv': ALL_STAFF,
  '/figures/feedback': { coordinator: 200 },
  '/community': { coordinator: 200 },
  '/invitations': ALL_STAFF,
  '/people': ALL_STAFF,
  '/decisions': MODERATORS,
  '/decisions/[caseId]': { moderator: 404 },
  '/moderation/log': MODERATORS,
  '/moderation/log/export': { moderator: 400 },
  '/moderation/words': MODERATORS,
};

export const STAFF_EVENTS: Partial<Record<EventName, Staff<'ok' | ErrorCode>>> = {
  'message:move': { moderator: 'not-found' },
  'answers:expired': { mentor: 'ok' },
  'answers:mine': { mentor: 'ok' },
  'answers:take': { mentor: 'not-found' },
  'cases:watch': { moderator: 'ok' },
  'cases:look': { moderator: 'not-found' },
};

/** What she gets, when a member gets `member`. */
export function asStaff<Got>(
  staff: Staff<Got> | undefined,
  member: Got,
): Record<'mentor' | 'moderator' | 'coordinator', Got> {
  const mentor = staff?.mentor ?? member;
  const moderator = staff?.moderator ?? mentor;
  return { mentor, moderator, coordinator: staff?.coordinator ?? moderator };
}
