// Her pages under a name that says nothing, if she wants so: title and icon. static/door.js keeps it. Only hooks.server.ts imports it.
import { m } from '#lib/i18n/generated/messages.js';

/** A finished page; words are those of the language it is rendered in. Nothing in it offers to be installed. */
export function disguised(html: string): string {
  const name = m.exit_disguise_name();
  return html
    .replace('<html ', `<html data-plain="${name}" `)
    .replace(/<title>[^<]*<\/title>/, `<title>${name}</title>`)
    .replace(/<link rel="icon"[^>]*>/, '<link rel="icon" href="/icon-plain.svg" type="image/svg+xml" />')
    .replace(/<link rel="(?:apple-touch-icon|manifest)"[^>]*>/g, '');
}
