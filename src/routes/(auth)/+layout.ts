// The door costs a prepaid phone no JavaScript: plain pages and forms. What helps without the app is in static/door.js.
export const csr = false;
