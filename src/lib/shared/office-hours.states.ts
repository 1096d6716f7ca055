// The states of a drop-in, for both sides. Pure, and small enough for every page.

/**
 * planned → open (first host checks in) → closing (no new tickets) → closed. `missed`: begun without a host; she may
 * still come, then it opens. `cancelled`: does not take place.
 */
export const DROP_IN_STATES = ['planned', 'open', 'closing', 'closed', 'cancelled', 'missed'] as const;
export type DropInState = (typeof DROP_IN_STATES)[number];
type InState = { state: DropInState };

/** Hosts may be on duty; new places may be taken, or not any more. */
export const isRunning = ({ state }: InState): boolean => state === 'open' || state === 'closing';
/** Nothing happens in it any more. */
export const isOver = ({ state }: InState): boolean => state === 'closed' || state === 'cancelled';
