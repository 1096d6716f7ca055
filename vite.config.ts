import { readdirSync, readFileSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { LOCALES } from './src/lib/shared/locales.ts';
import { fewFiles, plainLimits, smallerScripts, smallStatics, stylesOfPages } from './src/lib/few-files.vite.ts';
import { oneLanguageOnly } from './src/lib/i18n/words.vite.ts';

const MESSAGES = new URL('./src/lib/i18n/messages/', import.meta.url);

/** Stops the build when a language lacks a message that another one has. */
function everyLanguageComplete(): Plugin {
  return {
    name: 'every-language-complete',
    buildStart() {
      const files = readdirSync(MESSAGES).filter((name) => name.endsWith('.json'));
      const keys = new Map(
        files.map((name) => [name, new Set(Object.keys(JSON.parse(readFileSync(new URL(name, MESSAGES), 'utf8'))))]),
      );
      const all = new Set([...keys.values()].flatMap((set) => [...set]));
      for (const [name, own] of keys) {
        const missing = [...all].filter((key) => !own.has(key));
        if (missing.length > 0) this.error(`${name} lacks: ${missing.join(', ')}`);
      }
    },
  };
}

/** A value import of the server from pages would bundle a second hub: only types may cross (house plan, section 4). */
function serverBoundary(): Plugin {
  return {
    name: 'server-boundary',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source.startsWith('#server/'))
        this.error(`${importer} imports ${source} as a value: import only types from it`);
    },
  };
}

const node = { environment: 'node' as const };

const pages = [
  serverBoundary(),
  oneLanguageOnly(LOCALES),
  fewFiles(),
  smallStatics(),
  plainLimits(),
  smallerScripts(),
  stylesOfPages(),
  everyLanguageComplete(),
  paraglideVitePlugin({
    project: './src/lib/i18n/project.inlang',
    outdir: './src/lib/i18n/generated',
    strategy: ['globalVariable', 'baseLocale'],
    emitReadme: false,
  }),
  sveltekit(),
];

export default defineConfig({
  // tests run on plain Node, and these would keep their process waiting
  plugins: process.env.VITEST ? [] : pages,
  build: {
    chunkSizeWarningLimit: 200,
    // scripts of a page are few and load each other; only styles must be there first
    modulePreload: { resolveDependencies: (_file, deps) => deps.filter((dep) => dep.endsWith('.css')) },
  },
  test: {
    passWithNoTests: false,
    projects: [
      {
        extends: false,
        resolve: {},
        test: {
          ...node,
          name: 'unit',
          include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'tests/*.test.ts', 'tests/bench/**/*.test.ts'],
          exclude: ['server/**/tests/**'],
          testTimeout: 20_000,
        },
      },
      {
        extends: false,
        test: {
          ...node,
          name: 'integration',
          include: ['server/**/tests/*.test.ts', 'tests/integration/**/*.test.ts', 'tests/realtime/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: false,
        test: {
          ...node,
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        extends: false,
        test: {
          ...node,
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
