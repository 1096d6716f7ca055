// What the quick exit needs to know on both sides: Leave.svelte hands it to static/door.js, routes/leave does the rest.

/** A page anyone may have open: the public weather service. No address of ours, nothing to explain. */
export const NEUTRAL_SITE = 'https://www.dwd.de/';

/** A cookie. A page asked for with it signs the device out before anything is shown: the network was away. */
export const LEFT_MARK = 'left';
