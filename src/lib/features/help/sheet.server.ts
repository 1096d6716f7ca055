// The sheet with the emergency numbers that is part of every page: opens without network and before any script of the app.
// static/door.js opens it where a link leads to /help; without scripts the link leads there. Only hooks.server.ts imports it.
import { m } from '#lib/i18n/generated/messages.js';
import { callOf, helpNumbers } from './numbers.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** No modal: the way out in the bar stays in reach. */
export function helpSheet(): string {
  const rows = helpNumbers().map(
    ({ number, name, text }) =>
      `<li><a href="${callOf(number)}"><bdi dir="ltr">${number}</bdi><span><strong>${escaped(name)}</strong><br>${escaped(text)}</span></a></li>`,
  );
  return (
    `<div id="help-sheet" popover role="dialog" aria-labelledby="help-sheet-title">` +
    `<h2 id="help-sheet-title" tabindex="-1">${escaped(m.help_title())}</h2><p>${escaped(m.help_text())}</p>` +
    `<ul>${rows.join('')}</ul><p>${escaped(m.help_call_list())}</p>` +
    `<p><a href="/help#leave">${escaped(m.exit_more())}</a></p>` +
    `<button type="button" popovertarget="help-sheet" popovertargetaction="hide">${escaped(m.ui_close())}</button></div>`
  );
}
