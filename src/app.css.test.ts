// The contrast of every pair of colours that pages use, in both themes, by the formula of WCAG 2.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Tokens = Record<string, string>;

const tokensOf = (css: string): Tokens =>
  Object.fromEntries([...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name, value]) => [name, value]));

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** Light tokens, and dark ones laid over them as the browser does. */
function themes(path: string): { light: string; dark: string } {
  const [light = '', dark = ''] = read(path).split(/@media \(prefers-color-scheme: dark\) \{/);
  return { light, dark: dark.split('@media')[0] ?? '' };
}

const app = themes('./app.css');
const light = tokensOf(app.light);
const dark = { ...light, ...tokensOf(app.dark) };

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one = '', other = ''): number {
  expect([one, other]).toEqual([expect.stringMatching(/^#/), expect.stringMatching(/^#/)]);
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ['paper', 'card', 'own', 'good-tint', 'danger-tint', 'saffron-tint'];
const texts = ['ink', 'quiet', 'accent', 'accent-strong', 'saffron', 'good', 'danger'];
const fills = [
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-saffron', 'saffron-fill'],
  ['on-danger', 'danger'],
] as const;

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s theme', (_, tokens) => {
  it.each(surfaces)('every text can be read on %s', (surface) => {
    for (const text of texts) expect(contrast(tokens[text], tokens[surface]), text).toBeGreaterThanOrEqual(4.5);
  });

  it.each(surfaces)('the edge of a field can be seen on %s', (surface) => {
    expect(contrast(tokens['edge'], tokens[surface])).toBeGreaterThanOrEqual(3);
  });

  it.each(fills)('%s can be read on %s', (text, fill) => {
    expect(contrast(tokens[text], tokens[fill])).toBeGreaterThanOrEqual(4.5);
  });
});

describe('initials', () => {
  const hues = themes('./lib/ui/hues.css');
  const pairs = (css: string) =>
    [...css.matchAll(/\.hue-(\d+) \{\s*--hue: (#\w{6});\s*--hue-ink: (#\w{6});/g)].map(
      ([, hue, fill, ink]) => [Number(hue), fill, ink] as const,
    );

  it.each([
    ['light', hues.light],
    ['dark', hues.dark],
  ])('can be read in each of the twelve colours of the %s theme', (_, css) => {
    const found = pairs(css);
    expect(found.map(([hue]) => hue)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    for (const [hue, fill, ink] of found) expect(contrast(fill, ink), `hue ${hue}`).toBeGreaterThanOrEqual(4.5);
  });
});
