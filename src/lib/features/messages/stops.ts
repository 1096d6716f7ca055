// Where a list of messages stops for the keyboard, and what of it is in sight. For MessageList.svelte.

export const STOPS = 'article, li > details > summary';

/** The message, or the folded run, that this element belongs to. */
export const stopOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(STOPS) : null;

/** The first message that can be seen, and where it stands. */
export function firstVisible(scroller: HTMLElement): { element: HTMLElement; top: number } | null {
  const edge = scroller.getBoundingClientRect().top;
  for (const element of scroller.querySelectorAll<HTMLElement>(STOPS)) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > edge) return { element, top };
  }
  return null;
}
