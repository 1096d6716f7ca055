// Every page, route and socket event by name, with who may pass: closed-by-default.test.ts knocks on each. Tests only.
import type { ErrorCode } from '#shared/errors.ts';
import type { EventName } from '../../server/realtime/types.ts';

/** Pages by address: what opens it, and what a stranger and a member get for looking. */
export const PAGES: Record<string, { path?: string; stranger: number | 'sign-in'; member: number; endpoint?: true }> = {
  '/': { stranger: 303, member: 303 },
  '/welcome': { stranger: 200, member: 200 },
  '/sign-in': { stranger: 200, member: 303 },
  '/join/[code]': { path: '/join/no-such-code', stranger: 200, member: 200 },
  '/reset': { stranger: 200, member: 200 },
  '/offline': { stranger: 200, member: 200 },
  '/help': { stranger: 200, member: 200 },
  '/leave': { stranger: 405, member: 405, endpoint: true },
  '/rooms': { stranger: 'sign-in', member: 200 },
  '/rooms/[slug]': { path: '/rooms/jobs', stranger: 'sign-in', member: 200 },
  '/notes': { stranger: 'sign-in', member: 200 },
  '/search': { stranger: 'sign-in', member: 200 },
  '/rooms/[slug]/enter': { path: '/rooms/jobs/enter', stranger: 'sign-in', member: 200 },
  '/rooms/[slug]/people': { path: '/rooms/jobs/people', stranger: 'sign-in', member: 200 },
  '/rooms/[slug]/people/invite': { path: '/rooms/jobs/people/invite', stranger: 'sign-in', member: 403 },
  '/rooms/[slug]/pins': { path: '/rooms/jobs/pins', stranger: 'sign-in', member: 200 },
  '/rooms/[slug]/questions': { path: '/rooms/jobs/questions', stranger: 'sign-in', member: 200 },
  '/rooms/[slug]/thread/[messageId]': {
    path: '/rooms/jobs/thread/000000000000000000000000',
    stranger: 'sign-in',
    member: 404,
  },
  '/rooms/[slug]/message/[messageId]': {
    path: '/rooms/jobs/message/000000000000000000000000',
    stranger: 'sign-in',
    member: 404,
  },
  '/rooms/[slug]/message/[messageId]/move': {
    path: '/rooms/jobs/message/000000000000000000000000/move',
    stranger: 'sign-in',
    member: 404,
  },
  '/rooms/[slug]/settings': { path: '/rooms/jobs/settings', stranger: 'sign-in', member: 200 },
  '/rooms/manage': { stranger: 'sign-in', member: 403 },
  '/rooms/manage/new': { stranger: 'sign-in', member: 403 },
  '/rooms/manage/[roomId]': { path: `/rooms/manage/${'0'.repeat(24)}`, stranger: 'sign-in', member: 403 },
  '/community': { stranger: 'sign-in', member: 403 },
  '/me': { stranger: 'sign-in', member: 200 },
  '/invitations': { stranger: 'sign-in', member: 403 },
  '/people': { stranger: 'sign-in', member: 403 },
  '/moderation/log': { stranger: 'sign-in', member: 403 },
  '/moderation/log/export': { stranger: 'sign-in', member: 403, endpoint: true },
  '/moderation/words': { stranger: 'sign-in', member: 403 },
};
/** Answers of Express to everybody, for supervisors. */
export const PROBES: readonly string[] = ['/healthz', '/readyz'];
/** Routes of Express below /api, by what a stranger and a member get for looking. */
export const API: Record<string, { stranger: number; member: number }> = {
  '/attachments': { stranger: 401, member: 404 },
  '/attachments/:id': { stranger: 401, member: 404 },
  '/attachments/:id/file': { stranger: 401, member: 404 },
  '/attachments/:id/thumb': { stranger: 401, member: 404 },
};
/** Socket events, with what a member gets for good input; strangers have no socket to send them by. */
export const EVENTS: Record<EventName, 'ok' | 'silent' | ErrorCode> = {
  'rooms:watch': 'ok',
  'rooms:unwatch': 'ok',
  'room:join': 'ok',
  'room:leave': 'ok',
  'room:read': 'ok',
  'room:history': 'ok',
  'room:typing': 'silent',
  'message:post': 'ok',
  'message:remove': 'not-found',
  'message:edit': 'not-found',
  'message:react': 'not-found',
  'message:pin': 'not-found',
  'message:mark': 'not-found',
  'message:verify': 'not-found',
  'message:language': 'not-found',
  'message:save': 'not-found',
  'message:reveal': 'not-found',
  'message:looks': 'not-found',
  'message:versions': 'not-found',
  'message:move': 'forbidden',
  'message:locate': 'not-found',
  'thread:open': 'not-found',
  'room:people-suggest': 'ok',
  'room:pins': 'ok',
  'room:questions': 'ok',
  'room:unread': 'ok',
  'answers:expired': 'forbidden',
  'saved:list': 'ok',
  'mentions:list': 'ok',
  'mentions:counts': 'ok',
  'notes:look': 'ok',
};
