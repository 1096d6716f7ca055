// What the quick exit needs to know on both sides: Leave.svelte hands it to static/door.js, routes/leave does the rest.

/** A cookie. A page asked for with it signs the device out before anything is shown: the network was away. */
export const LEFT_MARK = 'left';
