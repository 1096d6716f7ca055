// Which reactions there are. No valibot in here: pages import it.

/** Reactions that a message can get: few and fixed, each with a name in every language. */
export const REACTIONS = ['thanks', 'heart', 'agree', 'helpful', 'strength', 'sad'] as const;
export type Reaction = (typeof REACTIONS)[number];
