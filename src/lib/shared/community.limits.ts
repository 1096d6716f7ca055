// What a community may choose from. No valibot in here: pages load it.

/** Minutes in which somebody may change her words: never, or up to a week. */
export const EDIT_MINUTES = [0, 5, 15, 60, 1440, 10080] as const;
