// Gives a browser the words of one language only, and a room only those it shows at once: in the build for browsers a message is a
// number, looked up in two lists per language. Only vite.config.ts uses it; the server and development use Paraglide's own functions.
import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const MESSAGES = new URL('./messages/', import.meta.url);
const SOURCES = new URL('../../', import.meta.url);
const LIST = 'virtual:words/';
const IMPORT = /import \{ m \} from '#lib\/i18n\/generated\/messages\.js';/;
const USE = /\bm\.([a-z0-9_]+)\b(\()?/g;

/** What a room and its frame show at once; everything lazy must wait for `loadRest` (see lazy.ts). */
const AT_ONCE = [
  'lib/ui/',
  'lib/features/messages/',
  'lib/features/messages/beside/',
  'lib/features/rooms/',
  'routes/(app)/',
  'routes/(app)/rooms/',
  'routes/(app)/rooms/[slug]/',
  'routes/(app)/rooms/[slug]/thread/[messageId]/',
];
const LATER =
  /^(Composer(Extras|Names|Options|Reply)|ThreadBeside|RemoveDialog|PendingMessage|Dialog|Pager|PasswordField)\.svelte$/;

const read = (locale: string) =>
  JSON.parse(readFileSync(new URL(`${locale}.json`, MESSAGES), 'utf8')) as Record<string, unknown>;

function usedAtOnce(): Set<string> {
  const sources = AT_ONCE.flatMap((folder) => {
    const at = new URL(folder, SOURCES);
    const files = readdirSync(at).filter((name) => /\.(svelte|ts)$/.test(name) && !LATER.test(name));
    return files.map((name) => readFileSync(new URL(name, at), 'utf8'));
  });
  return new Set(sources.flatMap((source) => [...source.matchAll(USE)].map(([, key]) => key ?? '')));
}

/** What stands in for src/lib/i18n/words.ts. Inputs of a message stand in braces. */
const lookUp = (locales: readonly string[], first: number): string => `
const words = [];
const files = {${locales
  .map((locale) => `${locale}: [() => import('${LIST}${locale}/first'), () => import('${LIST}${locale}/rest')]`)
  .join(', ')}};
const load = async (part, from) => {
  (await files[document.documentElement.lang][part]()).default.forEach((text, index) => (words[from + index] = text));
};
let rest;
export const loadWords = () => load(0, 0);
export const loadRest = () => (rest ??= load(1, ${first}).catch((lost) => { rest = undefined; throw lost; }));
export const word = (index, inputs) => (words[index] ?? '').replace(/\\{(\\w+)\\}/g, (_, name) => inputs[name]);
`;

/** All that pages use of Paraglide's runtime. */
const RUNTIME = `
export let getLocale = () => document.documentElement.lang;
export const overwriteGetLocale = (read) => { getLocale = read; };
`;

/** Plain texts only: a message with plurals or other matchers stops the build. */
export function oneLanguageOnly(locales: readonly string[]): Plugin {
  const texts = new Map(locales.map((locale) => [locale, read(locale)]));
  const first = usedAtOnce();
  const all = Object.keys(read(locales[0] ?? '')).sort();
  const keys = [...all.filter((key) => first.has(key)), ...all.filter((key) => !first.has(key))];
  const size = all.filter((key) => first.has(key)).length;
  const numbers = new Map(keys.map((key, index) => [key, index]));
  return {
    name: 'one-language-only',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === 'client',
    buildStart() {
      const other = keys.find((key) => [...texts.values()].some((own) => typeof own[key] !== 'string'));
      if (other) this.error(`${other} is no plain text: teach words.vite.ts to keep it`);
    },
    resolveId: (source) => (source.startsWith(LIST) ? `\0${source}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${LIST}`)) return;
      const [locale = '', part] = id.slice(LIST.length + 1).split('/');
      const own = texts.get(locale) ?? {};
      const wanted = part === 'first' ? keys.slice(0, size) : keys.slice(size);
      return `export default ${JSON.stringify(wanted.map((key) => own[key]))};`;
    },
    transform(code, id) {
      if (id.endsWith('/src/lib/i18n/words.ts')) return lookUp(locales, size);
      if (id.endsWith('/src/lib/i18n/generated/runtime.js')) return RUNTIME;
      if (!IMPORT.test(code)) return;
      return code
        .replace(IMPORT, "import { word as __word } from '#lib/i18n/words.ts';")
        .replace(USE, (use, key: string, call?: string) => {
          const index = numbers.get(key);
          if (index === undefined) return use;
          return call ? `__word(${index}, ` : `((inputs) => __word(${index}, inputs))`;
        });
    },
  };
}
