// The keyboard in a list of messages: each is one stop, arrows go from one to the next, Tab goes through what is in it and out.
// For MessageList.svelte.

const STOPS = 'article, li > details > summary';
const INSIDE = 'a[href], button, input, summary';

const shown = (element: HTMLElement): boolean => element.offsetParent !== null;
/** The message, or the folded run, that this element belongs to. */
export const stopOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(STOPS) : null;

function step(list: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const stops = [...list.querySelectorAll<HTMLElement>(STOPS)].filter(shown);
  const at = stops.indexOf(from);
  if (key === 'ArrowDown') return stops[at + 1];
  if (key === 'ArrowUp') return stops[at - 1];
  if (key === 'Home') return stops[0];
  return key === 'End' ? stops.at(-1) : undefined;
}

/** `before` and `after` stand around the list: the browser goes on from there by itself. */
export function listKey(event: KeyboardEvent, before: HTMLElement, after: HTMLElement): void {
  const list = event.currentTarget as HTMLElement;
  const target = event.target as HTMLElement;
  const from = stopOf(target);
  if (!from) return;
  if (event.key === 'Tab') {
    const inside = [...from.querySelectorAll<HTMLElement>(INSIDE)].filter((one) => one.tabIndex >= 0 && shown(one));
    if (event.shiftKey && target === from) before.focus({ preventScroll: true });
    if (!event.shiftKey && inside.indexOf(target) === inside.length - 1) after.focus({ preventScroll: true });
    return;
  }
  const next = target === from ? step(list, from, event.key) : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
}
