// The keyboard in a list of messages: each is one stop, arrows go from one to the next, Tab goes through what is in it and out.
// Loads with the first key.
import { STOPS, stopOf } from '../stops.ts';

const INSIDE = 'a[href], button, input, summary';

const shown = (element: HTMLElement): boolean => element.offsetParent !== null;

function step(list: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const stops = [...list.querySelectorAll<HTMLElement>(STOPS)].filter(shown);
  const at = stops.indexOf(from);
  if (key === 'ArrowDown') return stops[at + 1];
  if (key === 'ArrowUp') return stops[at - 1];
  if (key === 'Home') return stops[0];
  return key === 'End' ? stops.at(-1) : undefined;
}

/**
 * `before` and `after` stand around the list: the browser goes on from there by itself. `stop`: where she was in it. The
 * returned function ends it.
 */
export function listKeys(list: HTMLElement, before: HTMLElement, after: HTMLElement, stop: () => string | null) {
  let tabbed = true;

  function key(event: KeyboardEvent) {
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
  /** Who comes with Tab comes to the message where she was, not to the first link of the list. */
  function entered({ target, relatedTarget }: FocusEvent) {
    if (!tabbed || list.contains(relatedTarget as Node | null) || stopOf(target)?.id === stop()) return;
    list.querySelector<HTMLElement>(`#${CSS.escape(stop() ?? '')}`)?.focus();
  }
  /** Where the focus was: when that goes, as the way to older messages does, she stays at the list. */
  let last: EventTarget | null = document.activeElement;
  const watch = new MutationObserver(() => {
    if (document.activeElement === document.body && last instanceof Element && !last.isConnected)
      before.focus({ preventScroll: true });
  });
  if (list.parentElement) watch.observe(list.parentElement, { childList: true, subtree: true });
  const off = new AbortController();
  const { signal } = off;
  list.addEventListener('keydown', key, { signal });
  list.addEventListener('focusin', entered, { signal, capture: true });
  document.addEventListener('keydown', (event) => (tabbed = event.key === 'Tab'), { signal, capture: true });
  document.addEventListener('pointerdown', () => (tabbed = false), { signal, capture: true });
  document.addEventListener('focusin', ({ target }) => (last = target), { signal, capture: true });
  return () => {
    off.abort();
    watch.disconnect();
  };
}
