// How the build for browsers is cut into files: what every page needs in one, an open room in another. Only vite.config.ts uses it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minify } from 'terser';
import { minifySync, type Plugin } from 'vite';
import { LIMITS } from './shared/limits.ts';

/** Needed by every page behind the sign-in. */
const EVERYWHERE = [
  /node_modules\/(svelte|@sveltejs\/kit|devalue|esm-env|clsx)\//,
  /preload-helper/,
  /src\/lib\/i18n\/(words|lazy|format|browser|generated\/runtime)\.[jt]s$/,
  /src\/lib\/ui\/(Icon|Button|Avatar|Thread|Tab|Shell)\.svelte$/,
  /src\/lib\/ui\/(icons|initials)\.ts$/,
  /src\/lib\/features\/accounts\/(Places|Leave)\.svelte$/,
  /src\/lib\/features\/notifications\/(NotesTitle\.svelte|notes\.live\.svelte\.ts)$/,
  /src\/lib\/shared\/locales\.ts$/,
];
/** Parts of Kit and Svelte that only pages with forms use. */
const FORMS =
  /runtime\/app\/forms\.js|runtime\/server\/|flags\/legacy\.js|blocks\/key\.js|elements\/actions\.js|bindings\/select\.js/;
/** The list of rooms stays with the pages that show it; tools and extras stay lazy. */
const ROOM = [
  /src\/lib\/features\/messages\/(?!MessageCards|PendingMessage|place|Composer(Extras|Names|Options|Reply)|RemoveDialog|tools\/)[^/]*$/,
  /src\/lib\/features\/rooms\/(RoomList|RoomHead|Panel)\.svelte$/,
  /src\/lib\/features\/rooms\/rooms\.live\.svelte\.ts$/,
  /src\/lib\/features\/text\/(RichText|Tokens)\.svelte$/,
  /src\/lib\/realtime\/(?!onward|reloading)[^/]*$/,
  /src\/lib\/shared\/(messages\.(reduce|pages)|realtime|reactions|attachments\.limits|rooms\.attention)\.ts$/,
  /src\/lib\/shared\/text\/(rich-text|inline|links|phones|characters|folding|names|languages)\.ts$/,
];
/** Kit's own names of styles are twice as long, and every page loads a list of all of them. */
const STYLES = '_app/immutable/assets/[hash:6][extname]';

/** Never used, but Svelte does not say that it may go. */
const NO_EFFECT = /svelte\/src\/(internal\/client\/dom\/elements\/custom-element|legacy\/legacy-client)\.js$/;

const oneOf = (tests: RegExp[]) => (id: string) =>
  !id.includes('type=style') && !FORMS.test(id) && tests.some((test) => test.test(id));

export function fewFiles(): Plugin {
  return {
    name: 'few-files',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    transform: (_code, id) => (NO_EFFECT.test(id) ? { moduleSideEffects: false } : undefined),
    outputOptions: (options) => ({
      ...options,
      assetFileNames: STYLES,
      codeSplitting: {
        groups: [
          { name: 'everywhere', test: oneOf(EVERYWHERE), priority: 2 },
          { name: 'room', test: oneOf(ROOM), priority: 1 },
        ],
      },
    }),
  };
}

/** Scripts of `static/`: the build leaves their comments and long names out. */
const PLAIN = ['door.js', 'back.js', 'keep.js', 'help-worker.js'];

export function smallStatics(): Plugin {
  return {
    name: 'small-statics',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    writeBundle({ dir = '' }) {
      for (const name of PLAIN) {
        const file = join(dir, name);
        writeFileSync(file, minifySync(name, readFileSync(file, 'utf8')).code);
      }
    },
  };
}

/** Each limit as a number where it is used: a page needs few of them. */
export function plainLimits(): Plugin {
  const value = (whole: string, name: string) =>
    name in LIMITS ? `(${JSON.stringify(LIMITS[name as keyof typeof LIMITS])})` : whole;
  return {
    name: 'plain-limits',
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: (environment) => environment.name === 'client',
    transform: (code, id) =>
      /\/src\/.*\.(ts|svelte)$/.test(id) && code.includes('LIMITS.')
        ? { code: code.replace(/\bLIMITS\.(\w+)/g, value), map: null }
        : undefined,
  };
}

/** A second minifier over the finished files: about 900 bytes less in a room. It comes last: what is preloaded is known then. */
export function smallerScripts(): Plugin {
  return {
    name: 'smaller-scripts',
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: (environment) => environment.name === 'client',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          const { code } = await minify(file.code, {
            module: true,
            ecma: 2022,
            compress: { passes: 2, keep_fargs: false },
          });
          // Svelte's errors by name alone
          if (code) file.code = code.replaceAll('https://svelte.dev/e/', '');
        }
      },
    },
  };
}

interface Listed {
  isEntry?: boolean;
  dynamicImports?: string[];
}

/**
 * Kit looks for a page's styles along its imports, the lazy ones too, and once only: what a lazy part of a shared file
 * reaches first it leaves out, also where the page itself needs it. So it is not told of lazy parts but those of pages.
 */
export function stylesOfPages(): Plugin {
  return {
    name: 'styles-of-pages',
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: (environment) => environment.name === 'client',
    writeBundle({ dir = '' }) {
      const file = join(dir, '.vite/manifest.json');
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Listed>;
      for (const one of Object.values(manifest)) if (!one.isEntry) delete one.dynamicImports;
      writeFileSync(file, JSON.stringify(manifest));
    },
  };
}
