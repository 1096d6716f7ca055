// The choices of the community in words. For its page.
import { formatDays } from '#lib/i18n/format.ts';
import { formatKept } from '#lib/i18n/format.kept.ts';
import { m } from '#lib/i18n/generated/messages.js';
import { EDIT_MINUTES, REPORT_DAYS, TALK_DAYS } from '#shared/community.limits.ts';

const EDITING: Record<(typeof EDIT_MINUTES)[number], () => string> = {
  0: m.community_editing_never,
  5: m.community_editing_minutes,
  15: m.community_editing_quarter,
  60: m.community_editing_hour,
  1440: m.community_editing_day,
  10080: m.community_editing_week,
};

/** Called while a page is rendered: then the language is known. */
export const editingOptions = () => EDIT_MINUTES.map((value) => ({ value, label: EDITING[value]() }));
export const talkDaysOptions = () => TALK_DAYS.map((value) => ({ value, label: formatDays(value) }));
export const reportDaysOptions = () => REPORT_DAYS.map((value) => ({ value, label: formatKept(value) }));
