// Gives a browser the words of one language only: in the build for browsers a message is a number, looked up in a list that comes
// as one file per language. Only vite.config.ts uses it; the server and development use Paraglide's own functions.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const MESSAGES = new URL('./messages/', import.meta.url);
const LIST = 'virtual:words/';
const ONE_MESSAGE = /\/src\/lib\/i18n\/generated\/messages\/([a-z0-9_]+)\.js$/;

const read = (locale: string) =>
  JSON.parse(readFileSync(new URL(`${locale}.json`, MESSAGES), 'utf8')) as Record<string, unknown>;

/** What stands in for src/lib/i18n/words.ts. Inputs of a message stand in braces. */
const lookUp = (locales: readonly string[]): string => `
let words = [];
const files = {${locales.map((locale) => `${locale}: () => import('${LIST}${locale}')`).join(', ')}};
export const loadWords = async (locale) => { words = (await files[locale]()).default; };
export const word = (index, inputs) => words[index].replace(/\\{(\\w+)\\}/g, (_, name) => inputs[name]);
`;

/** All that pages use of Paraglide's runtime. */
const RUNTIME = `
export let getLocale = () => document.documentElement.lang;
export const overwriteGetLocale = (read) => { getLocale = read; };
`;

/** Plain texts only: a message with plurals or other matchers keeps Paraglide's function with all its languages. */
export function oneLanguageOnly(locales: readonly string[]): Plugin {
  const texts = new Map(locales.map((locale) => [locale, read(locale)]));
  const isPlain = (key: string) => [...texts.values()].every((all) => typeof all[key] === 'string');
  const keys = Object.keys(read(locales[0] ?? ''))
    .filter(isPlain)
    .sort();
  return {
    name: 'one-language-only',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === 'client',
    resolveId: (source) => (source.startsWith(LIST) ? `\0${source}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${LIST}`)) return;
      const all = texts.get(id.slice(LIST.length + 1)) ?? {};
      return `export default ${JSON.stringify(keys.map((key) => all[key]))};`;
    },
    transform(_code, id) {
      if (id.endsWith('/src/lib/i18n/words.ts')) return lookUp(locales);
      if (id.endsWith('/src/lib/i18n/generated/runtime.js')) return RUNTIME;
      const index = keys.indexOf(ONE_MESSAGE.exec(id)?.[1] ?? '');
      if (index < 0) return;
      return `import { word } from '../../words.ts';\nexport const ${keys[index] ?? ''} = (inputs) => word(${index}, inputs);`;
    },
  };
}
