// Loads the words of one language: what a room shows at once, and the rest. A stand-in: the build puts the real one here (words.vite.ts).

/** Before the page wakes up. */
export const loadWords = (): Promise<void> => Promise.resolve();

/** Before anything but an open room and its list is drawn. */
export const loadRest = (): Promise<void> => Promise.resolve();
