// What of a long list stays alive: measured in the page, so that folded runs count as the one line they are. Loads with the second page.
import type { ListRow } from '../rows.ts';

/** More lines and messages than this are cut down to so many. With a page that has just come it is never more than 250. */
const MOST = 200;
const KEPT = 150;

/** What to let go of: the end that is further from what she sees. The list hangs from its end: `scrollTop` counts from there. */
export function surplus(
  scroller: HTMLElement,
  lines: HTMLElement[],
  rows: readonly ListRow[],
): { side: 'older' | 'newer'; seq: number; gone: HTMLElement[] } | null {
  const weights = rows.map((_row, at) => Math.max(1, lines[at]?.querySelectorAll('article').length ?? 0));
  if (weights.reduce((sum, one) => sum + one, 0) <= MOST) return null;
  const below = Math.abs(scroller.scrollTop);
  const side = below > scroller.scrollHeight - scroller.clientHeight - below ? 'newer' : 'older';
  const all = rows.map((_row, at) => at);
  const order = side === 'newer' ? all : all.reverse();
  let weight = 0;
  const kept = order.filter((at) => (weight += weights[at] ?? 0) <= KEPT);
  const last = rows[kept.at(-1) ?? -1];
  const messages = last?.kind === 'message' ? [last.row.message] : (last?.rows.map(({ message }) => message) ?? []);
  const seq = messages.at(side === 'newer' ? -1 : 0)?.seq;
  return seq === undefined ? null : { side, seq, gone: lines.filter((_line, at) => !kept.includes(at)) };
}
