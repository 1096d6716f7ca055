// What went wrong, in words: says what happened and what to do. Pages and components import it.
import { m } from '#lib/i18n/generated/messages.js';
import type { ErrorCode, ErrorParams, ErrorView } from '#shared/errors.ts';
import { LIMITS } from '#shared/limits.ts';
import { OFFICE_HOURS_LIMITS } from '#shared/office-hours.limits.ts';
import { formatDuration, formatNumber } from './format.ts';

const FIELD_OF: Partial<Record<ErrorCode, string>> = {
  'auth.name-taken': 'userName',
  'auth.weak-password': 'password',
};
const NUMBERS: Partial<Record<string, { min: number; max: number }>> = {
  uses: { min: 1, max: LIMITS.invitationUses },
  days: { min: 1, max: LIMITS.invitationDays },
  capacity: OFFICE_HOURS_LIMITS.capacity,
  minutesPerTalk: OFFICE_HOURS_LIMITS.minutesPerTalk,
  comeMinutes: OFFICE_HOURS_LIMITS.comeMinutes,
};

const numberOf = (params: ErrorParams, name: string): number => Number(params[name] ?? 0);

/** The name of the field that an error is about; undefined when it is about the whole form. */
export function fieldOf({ code, params }: ErrorView): string | undefined {
  const named = params?.['field'];
  return typeof named === 'string' ? named : FIELD_OF[code];
}

function invalidText(field: string | undefined): string {
  if (field === undefined) return m.error_form_invalid();
  const number = NUMBERS[field];
  if (number) return m.error_number({ min: formatNumber(number.min), max: formatNumber(number.max) });
  if (field === 'windows') return m.queue_error_window();
  if (field === 'how') return m.queue_error_how();
  return field === 'userName' ? m.error_user_name() : m.error_input_invalid();
}

/** One or two sentences for any error of the hub. */
export function errorText(error: ErrorView): string {
  const { code, params = {} } = error;
  switch (code) {
    case 'input.invalid':
      return invalidText(fieldOf(error));
    case 'input.empty':
      return m.error_input_empty();
    case 'input.too-long':
      return m.error_too_long({ max: formatNumber(numberOf(params, 'max')) });
    case 'input.too-short':
      return m.error_too_short({ min: formatNumber(numberOf(params, 'min')) });
    case 'input.window':
      return m.error_window();
    case 'office-hours.never':
      return m.error_office_hours_never();
    case 'auth.required':
      return m.error_auth_required();
    case 'auth.wrong-password':
      return m.error_wrong_password();
    case 'auth.weak-password':
      return m.error_weak_password();
    case 'auth.name-taken':
      return m.error_name_taken();
    case 'auth.last-coordinator':
      return m.error_last_coordinator();
    case 'auth.invitation-invalid':
      return m.join_invalid_text();
    case 'auth.door-closed':
      return m.error_door_closed();
    case 'auth.reset-invalid':
      return m.error_reset_invalid();
    case 'forbidden':
      return m.error_forbidden();
    case 'not-found':
      return m.error_not_found();
    case 'conflict':
    case 'message.id-reused':
      return m.error_conflict();
    case 'message.held':
      return m.message_held();
    case 'block.staff':
      return m.error_block_staff();
    case 'block.full':
      return m.error_block_full({ max: formatNumber(numberOf(params, 'max')) });
    case 'ticket.called':
      return m.error_ticket_called();
    case 'ticket.over':
      return m.error_ticket_over();
    case 'queue.closed':
      return m.error_queue_closed();
    case 'queue.full':
      return m.error_queue_full();
    case 'queue.joined':
      return m.error_queue_joined();
    case 'queue.cool-down':
      return m.error_queue_cool_down({ time: formatDuration(60 * (numberOf(params, 'minutes') || 1)) });
    case 'queue.empty':
      return m.error_queue_empty();
    case 'host.busy':
      return m.error_host_busy();
    case 'host.off-duty':
      return m.error_host_off_duty();
    case 'rate.limited':
      return m.error_rate({ time: formatDuration(numberOf(params, 'seconds') || 60) });
    case 'origin.refused':
      return m.error_origin();
    case 'payload.too-large':
      return m.error_too_large();
    case 'unavailable':
      return m.error_unavailable();
    case 'unknown':
      return m.error_unknown();
  }
}

/** The complaint of one field of a form; undefined when the error is about something else. */
export const complaintOf = (error: ErrorView | null | undefined, field: string): string | undefined =>
  error && fieldOf(error) === field ? errorText(error) : undefined;

/** What stands above the form: everything that none of its `fields` says. */
export const noticeOf = (error: ErrorView | null | undefined, fields: readonly string[]): string | undefined =>
  error && !fields.includes(fieldOf(error) ?? '') ? errorText(error) : undefined;
