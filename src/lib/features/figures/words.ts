// Words and rows of figures, for the page and the file. For the figures feature.
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/generated/messages.js';
import { getLocale } from '#lib/i18n/generated/runtime.js';
import type { CountsView, WaitView } from '#shared/figures.ts';

const tag = (): string => (getLocale() === 'en' ? 'en-GB' : getLocale());
/** "2 Nov": takes yyyy-mm-dd. */
export const shortDay = (day: string): string =>
  new Intl.DateTimeFormat(tag(), { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(new Date(day));
/** "2 Nov – 29 Nov 2026", as the language writes it. */
export const period = (from: string, to: string): string =>
  new Intl.DateTimeFormat(tag(), { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).formatRange(
    new Date(from),
    new Date(to),
  );

/** "fewer than 5" for what is not shown. */
export const countText = (count: number | null): string => (count === null ? m.figures_few() : formatNumber(count));
function waitText(wait: WaitView | null): string {
  if (wait === null) return '–';
  if (wait.to === null) return m.figures_wait_over({ from: formatNumber(wait.from) });
  return m.figures_wait_span({ from: formatNumber(wait.from), to: formatNumber(wait.to) });
}
/** The columns of a row of counts, in the order of `columnNames`. */
export const columnsOf = (counts: CountsView): string[] => [
  countText(counts.talks),
  waitText(counts.wait),
  countText(counts.notFound),
  countText(counts.left),
  countText(counts.unserved),
];
export const columnNames = (): string[] => [
  m.figures_talks(),
  m.figures_wait(),
  m.figures_not_found(),
  m.figures_left(),
  m.figures_unserved(),
];

/** The pages of figures. `all`: she may see everybody's. */
export const figuresWays = (here: 'own' | 'all' | 'feedback', all: boolean) =>
  [
    { name: 'own', href: '/figures?of=own', label: m.figures_own() },
    ...(all
      ? [
          { name: 'all', href: '/figures?of=all', label: m.figures_all() },
          { name: 'feedback', href: '/figures/feedback', label: m.feedback_title() },
        ]
      : []),
  ].map(({ name, ...way }) => ({ ...way, current: name === here }));
