// The shapes of our icons, drawn on 24 units, for Icon.svelte. `mirror`: it points somewhere, so it turns round in right-to-left.

export interface IconShape {
  readonly d: string;
  readonly mirror?: boolean;
}

/** Two speech bubbles, one behind the other: the rooms. */
export const rooms: IconShape = {
  d: 'M4 5.5A1.5 1.5 0 0 1 5.5 4h8A1.5 1.5 0 0 1 15 5.5v5a1.5 1.5 0 0 1-1.5 1.5H8l-4 3.5zM18 8.5h.5A1.5 1.5 0 0 1 20 10v9.5L16 16h-4.5a1.5 1.5 0 0 1-1.4-1',
  mirror: true,
};
/** An envelope with a stitch: an invitation. */
export const invite: IconShape = {
  d: 'M4 7.5A1.5 1.5 0 0 1 5.5 6h13A1.5 1.5 0 0 1 20 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 16.5zM4.5 7l6.6 5.4a1.5 1.5 0 0 0 1.8 0L19.5 7',
};
/** Two heads. */
export const people: IconShape = {
  d: 'M9 11.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3 19c.4-3 2.8-4.75 6-4.75s5.6 1.75 6 4.75M15.5 5.4a3.25 3.25 0 0 1 0 5.7M17 14.6c2.2.5 3.7 2.1 4 4.4',
  mirror: true,
};
/** A small bell: notes for her. */
export const bell: IconShape = {
  d: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2.2 2.2 0 0 0 4 0M12 5V3.5',
};
/** One head: me. */
export const person: IconShape = {
  d: 'M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5zM4.75 20c.5-3.5 3.4-5.5 7.25-5.5s6.75 2 7.25 5.5',
};
/** A telephone receiver: help now. */
export const phone: IconShape = {
  d: 'M5.5 4h2.7a1 1 0 0 1 1 .75l.8 3.2a1 1 0 0 1-.3 1L8.3 10.3a12 12 0 0 0 5.4 5.4l1.35-1.4a1 1 0 0 1 1-.3l3.2.8a1 1 0 0 1 .75 1v2.7A1.5 1.5 0 0 1 18.5 20C10.5 20 4 13.5 4 5.5A1.5 1.5 0 0 1 5.5 4z',
};
/** A door that stands open: drop-in hours. */
export const door: IconShape = {
  d: 'M4 20.5h16M6.5 20.5V5A1.5 1.5 0 0 1 8 3.5h8A1.5 1.5 0 0 1 17.5 5v15.5M6.5 20.5l6.5 1.5V6L6.8 3.9M10.5 13v1.5',
  mirror: true,
};
export const close: IconShape = { d: 'M6 6l12 12M18 6L6 18' };
export const back: IconShape = { d: 'M14.5 5.5L8 12l6.5 6.5', mirror: true };
/** A paper plane. */
export const send: IconShape = { d: 'M4 12l16-7.5-5.5 15.5-3.5-6zM11 14l4-4.5', mirror: true };
export const plus: IconShape = { d: 'M12 5v14M5 12h14' };
export const more: IconShape = {
  d: 'M5 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0zM11 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0zM17 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0z',
};
export const clock: IconShape = { d: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.5V12l3 2' };
export const globe: IconShape = {
  d: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c2.3 2.5 3.5 5.3 3.5 8.5s-1.2 6-3.5 8.5c-2.3-2.5-3.5-5.3-3.5-8.5s1.2-6 3.5-8.5z',
};
export const check: IconShape = { d: 'M5 12.5l4.5 4.5L19 7.5' };
