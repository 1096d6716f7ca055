// What a community may choose from. No valibot in here: pages load it.

/** Minutes in which somebody may change her words: never, or up to a week. */
export const EDIT_MINUTES = [0, 5, 15, 60, 1440, 10080] as const;

/** Days after its end that a talk is kept; the longest is how long its place in the queue is known. */
export const TALK_DAYS = [7, 14, 30] as const;
/** Until the community decides otherwise. */
export const KEPT_TALK_DAYS = 30;

/** Days after a decision that a report, and what was decided, is kept. */
export const REPORT_DAYS = [180, 365, 730] as const;
/** Until the community decides otherwise. */
export const KEPT_REPORT_DAYS = 365;
