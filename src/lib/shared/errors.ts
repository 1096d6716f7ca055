// Stable error codes of the hub. Codes never change their meaning; the words are in src/lib/i18n.

export const ERROR_CODES = [
  'input.invalid', // params: field
  'input.empty', // params: field
  'input.too-long', // params: field, max
  'input.too-short', // params: field, min
  'input.window', // params: field; it ends before it starts, or is too short or too long
  'office-hours.never', // params: field; such a schedule would never take place
  'auth.required',
  'auth.wrong-password', // also for unknown users: same answer, same work
  'auth.weak-password',
  'auth.name-taken',
  'auth.invitation-invalid', // unknown, used up, expired and revoked look the same to strangers
  'auth.reset-invalid',
  'auth.door-closed', // nobody joins at the moment; the invitation still holds
  'auth.last-coordinator', // a hub is never left without one
  'forbidden',
  'not-found', // also for what one may not see
  'conflict',
  'rate.limited', // params: seconds
  'message.id-reused',
  'message.held', // it waits for a moderator
  'block.staff', // moderators and coordinators stay reachable
  'block.full', // params: max
  'ticket.called', // somebody is being called or in a talk already
  'ticket.over', // done, left or expired
  'queue.closed', // takes no new tickets
  'queue.full', // as many wait as it takes
  'queue.joined', // she has a place here already
  'queue.cool-down', // params: minutes
  'queue.empty', // nobody waits whom this host could call
  'host.busy', // one talk at a time
  'host.off-duty',
  'origin.refused',
  'payload.too-large',
  'unavailable', // the database is away: try again, nothing is lost
  'unknown', // params: errorId, which is in the log
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export type ErrorParams = Record<string, string | number>;

/** What crosses every door when something was refused. */
export interface ErrorView {
  code: ErrorCode;
  params?: ErrorParams;
}

/** Looks at the code, never at the class: errors cross bundles and threads. */
export function isAppError(error: unknown): error is Error & ErrorView {
  return (
    error instanceof Error && 'code' in error && (ERROR_CODES as readonly string[]).includes((error as ErrorView).code)
  );
}
