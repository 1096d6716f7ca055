// The words of the frame (bar, error page, first day) in the reader's language. Made on the server and sent as data, since
// every page has them: so the scripts of a page carry no four languages of them. Layout loads import it, the rest its types.
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/generated/messages.js';
import { exitSiteOf } from '#shared/exit.ts';

export interface FrameWords {
  skip: string;
  menu: string;
  rooms: string;
  dropIn: string;
  notes: string;
  invite: string;
  /** Where that leads, and for moderators how many wait there for a decision, in words. */
  inviteTo: string;
  cases?: number;
  waiting?: string;
  me: string;
  help: string;
  signIn: string;
  language: string;
  leave: string;
  leaveLong: string;
  /** Where leaving leads whoever chose nothing. */
  exitUrl: string;
}
export interface ErrorWords {
  wait: string;
  end: string;
  gone: string;
  refused: string;
  away: string;
  unknown: string;
  number: string;
  again: string;
  home: string;
}
export interface FirstDayWords {
  label: string;
  steps: string[];
  title: string;
  text: string;
  leave: string;
  leaveMore: string;
  ok: string;
}

export const frameWords = (): FrameWords => ({
  skip: m.nav_skip(),
  menu: m.nav_main(),
  rooms: m.nav_rooms(),
  dropIn: m.nav_drop_in(),
  notes: m.note_title(),
  invite: m.nav_invite(),
  inviteTo: '/invitations',
  me: m.nav_me(),
  help: m.nav_help(),
  signIn: m.auth_sign_in(),
  language: m.nav_language(),
  leave: m.nav_leave(),
  leaveLong: m.nav_leave_long(),
  exitUrl: exitSiteOf(undefined),
});

export const errorWords = (): ErrorWords => ({
  wait: m.error_title_wait(),
  end: m.error_title(),
  gone: m.error_not_found(),
  refused: m.error_forbidden(),
  away: m.error_unavailable_short(),
  unknown: m.error_unknown(),
  number: m.error_number_for_us(),
  again: m.error_again(),
  home: m.error_home(),
});

export const stepWords = (): Pick<FirstDayWords, 'label' | 'steps'> => ({
  label: m.join_steps(),
  steps: [m.join_step_language(), m.join_step_you(), m.join_step_question()],
});

export const firstDayWords = (name: string): FirstDayWords => ({
  ...stepWords(),
  title: m.join_welcome_title({ name }),
  text: m.join_welcome_text(),
  leave: m.exit_first(),
  leaveMore: m.exit_more(),
  ok: m.join_welcome_ok(),
});

/** For moderators the first of their pages is what needs a decision. */
export const deciding = (cases: number): Pick<FrameWords, 'invite' | 'inviteTo' | 'cases' | 'waiting'> => ({
  invite: m.case_title(),
  inviteTo: '/decisions',
  cases,
  waiting: m.case_count({ count: formatNumber(cases) }),
});
