// Figures as a file for a spreadsheet: what the page shows, no more. Only the download uses it.
import { topicName } from '#lib/features/office-hours/queue.words.ts';
import { m } from '#lib/i18n/generated/messages.js';
import type { FiguresView } from '#shared/figures.ts';
import { languageName } from '#shared/text/languages.ts';
import { columnNames, columnsOf, countText } from './words.ts';

/** In quotes, and never a formula. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
const line = (cells: string[]): string => cells.map(cell).join(',');

/** Begins with the mark by which spreadsheets know UTF-8. */
export function figuresCsv({ from, to, total, weeks, languages, topics }: FiguresView): string {
  const lines = [
    [m.figures_week(), ...columnNames()],
    ...weeks.map((week) => [week.from, ...columnsOf(week)]),
    [`${from} – ${to}`, ...columnsOf(total)],
    [],
    [m.figures_language(), m.figures_talks()],
    ...languages.map(({ language, talks }) => [languageName(language), countText(talks)]),
    [],
    [m.figures_topic(), m.figures_talks()],
    ...topics.map(({ topic, talks }) => [topicName(topic), countText(talks)]),
  ];
  return `\uFEFF${lines.map(line).join('\r\n')}\r\n`;
}
