// What RichText.svelte sends to the browser, compiled and rendered as on the server.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Component } from 'svelte';
import { compile } from 'svelte/compiler';
import { render } from 'svelte/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const HERE = new URL('./', import.meta.url);
const SHARED = new URL('../../shared/', import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), 'rich-text-'));
let RichText: Component<{ text: string; lang?: string | null; named?: string[] }>;

/** Compiled modules outside of the project find what they import by full address. */
function build(name: string): void {
  const source = readFileSync(new URL(name, HERE), 'utf8');
  const { code } = compile(source, { generate: 'server', filename: name }).js;
  const linked = code
    .replaceAll(/(['"])#shared\//g, `$1${SHARED}`)
    .replaceAll(/\.svelte(['"])/g, '.svelte.js$1')
    .replaceAll(
      /(['"])(svelte\/[\w/-]+)\1/g,
      (_all, quote: string, id: string) => quote + import.meta.resolve(id) + quote,
    );
  writeFileSync(join(folder, `${name}.js`), linked);
}
beforeAll(async () => {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of ['Tokens.svelte', 'RichText.svelte']) build(name);
  const file = pathToFileURL(join(folder, 'RichText.svelte.js')).href;
  RichText = ((await import(/* @vite-ignore */ file)) as { default: typeof RichText }).default;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Without the comments and classes that only Svelte needs. */
const html = (text: string, lang?: string, named: string[] = []): string =>
  render(RichText, { props: { text, named, ...(lang ? { lang } : {}) } })
    .body.replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/ class="[^"]*"/g, '')
    .replaceAll(/>\s+</g, '><')
    .trim();

describe('a text of hers, drawn', () => {
  test('web links open elsewhere and tell nobody where she came from', () => {
    expect(html('www.bamf.de')).toBe(
      '<div><p dir="auto"><a href="https://www.bamf.de/" target="_blank" rel="noopener noreferrer nofollow ugc" ' +
        'referrerpolicy="no-referrer" dir="ltr">www.bamf.de</a></p></div>',
    );
  });

  test('numbers can be called and addresses written to', () => {
    expect(html('٠٣٧١ ١٢٣٤٥٦٧')).toContain('<a href="tel:03711234567"');
    expect(html('info@bamf.de')).toContain('<a href="mailto:info@bamf.de"');
    expect(html('info@bamf.de')).not.toContain('target=');
  });

  test('every block finds its own direction, and no element has a style of its own', () => {
    const drawn = html('Hallo\n> مرحبا\n- один\n1. bir\n2. iki');
    expect(drawn.match(/<(?:p|blockquote|ul|ol) dir="auto">/g)).toHaveLength(4);
    expect(drawn).toContain('<li value="2">iki</li>');
    expect(drawn).not.toContain('style=');
  });

  test('emphasis is said, not only shown', () => {
    expect(html('*sehr _wichtig_*')).toBe('<div><p dir="auto"><strong>sehr <em>wichtig</em></strong></p></div>');
  });

  test('line breaks stay inside their paragraph, without space before or after', () => {
    expect(html('eins\nzwei')).toBe('<div><p dir="auto">eins\nzwei</p></div>');
  });

  test('the language is told to screen readers when it is known', () => {
    expect(html('merhaba', 'tr')).toMatch(/^<div lang="tr">/);
    expect(html('merhaba')).toMatch(/^<div>/);
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    'https://a.de/"onmouseover="alert(1)',
    "https://a.de/'><b>",
    'javascript:alert(1)',
    '[x](javascript:alert(1))',
    '*<b>*',
    '> <iframe>',
    '- <a href=x>',
    '&lt;b&gt;',
  ])('nothing that she types becomes markup: %s', (text) => {
    const drawn = html(text);
    expect(drawn).not.toMatch(/<(?!\/?(?:div|p|a|strong|em|blockquote|ul|ol|li)[ >])/);
    expect(drawn).not.toMatch(/<[^>]*\s(?:on\w+|src|style)=|href="(?!https?:\/\/|mailto:|tel:)/);
  });
});

test('a mention is set apart from other words, also inside of emphasis; a name that is none is not', () => {
  const drawn = html('@Nour and *@Leyla*, not @Amal', undefined, ['Nour', 'Leyla']);
  expect([...drawn.matchAll(/<b>(.*?)<\/b>/g)].map(([, name]) => name)).toEqual(['@Nour', '@Leyla']);
});
