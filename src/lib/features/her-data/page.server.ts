// Everything about her as one page in her language: no scripts, no links to the hub. Only the ZIP imports it.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { HerExport } from '#server/domain/her-data/her-data.service.ts';
import { formatDate } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/generated/messages.js';
import { getLocale } from '#lib/i18n/generated/runtime.js';
import { DATA_PARTS, type DataPart, type DataRow } from '#shared/her-data.ts';
import { directionOf } from '#shared/locales.ts';
import { dateOf, saidOf } from './said.server.ts';

const TITLES: Record<DataPart, () => string> = {
  account: m.data_part_account,
  logins: m.data_part_logins,
  devices: m.data_part_devices,
  rooms: m.data_part_rooms,
  messages: m.data_part_messages,
  reactions: m.data_part_reactions,
  saved: m.data_part_saved,
  pictures: m.data_part_pictures,
  places: m.data_part_places,
  talks: m.data_part_talks,
  steps: m.data_part_steps,
  answers: m.data_part_answers,
  hours: m.data_part_hours,
  follows: m.data_part_follows,
  invitations: m.data_part_invitations,
  blocks: m.block_list,
  notices: m.data_part_notices,
  reports: m.data_part_reports,
  decisions: m.data_part_decisions,
  record: m.data_part_record,
};
const STYLE = `body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem}
li{margin-block:.75rem;padding-block-end:.75rem;border-block-end:1px solid #8886}ul{list-style:none;padding:0}
p,h3{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}h3{font-size:1em}small{opacity:.8}
.words{font-weight:600}`;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function rowOf(part: DataPart, row: DataRow): string {
  const { title, facts, words } = saidOf(part, row);
  const line = [dateOf(row.at), row.where].filter((one) => one !== '').join(' · ');
  const file = row.file ? `<p><a href="files/${escape(row.file.name)}">${escape(m.data_open_file())}</a></p>` : '';
  const said = facts.map((one) => `<p>${escape(one)}</p>`);
  const parts = [
    line && `<small>${escape(line)}</small>`,
    ...(title ? [`<h3>${escape(title)}</h3>`, ...said] : []),
    ...words.map((one) => `<p class="words" dir="auto">${escape(one)}</p>`),
    file,
    ...(title ? [] : said),
  ].filter((one) => one !== '');
  return parts.length > 0 ? `<li>${parts.join('')}</li>\n` : '';
}

/** In pieces, while it is read: in the language of whoever asked, also after the request was answered. */
export function readablePage(data: HerExport, now: Date): AsyncIterable<string> {
  const here = AsyncLocalStorage.snapshot();
  const pieces = piecesOf(data, now);
  return { [Symbol.asyncIterator]: () => ({ next: () => here(() => pieces.next()) }) };
}

async function* piecesOf(data: HerExport, now: Date): AsyncGenerator<string> {
  const locale = getLocale();
  yield `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale as never)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${escape(m.data_title())}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(m.data_title())}</h1><p>${escape(m.data_made({ date: formatDate(now.toISOString()) }))}</p>
<p>${escape(m.data_without())}</p>\n`;
  for (const part of DATA_PARTS) {
    yield `<section><h2>${escape(TITLES[part]())}</h2><ul>\n`;
    let any = false;
    for await (const row of data.rows(part)) {
      any = true;
      yield rowOf(part, row);
    }
    yield `${any ? '' : `<li>${escape(m.data_nothing())}</li>`}</ul></section>\n`;
  }
  yield '</main></body></html>\n';
}
