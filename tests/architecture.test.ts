// The house plan as a test: layers, cycles, sizes, versions. Every message says where a thing belongs instead.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, readSources, ROOT, type Import, type Source } from './support/sources.ts';

const code = readSources(['src', 'server']);
const everything = [...code, ...readSources(['tests'])];
const isTest = ({ path }: Source): boolean => path.endsWith('.test.ts') || /(^|\/)tests\//.test(path);
const production = code.filter((source) => !isTest(source));

/** Lines "file imports target: advice" of all imports that break a rule. */
function broken(sources: Source[], bad: (found: Import, source: Source) => boolean, advice: string): string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter((found) => bad(found, source))
      .map((found) => `${source.path} imports ${found.specifier}: ${advice}`),
  );
}
const below =
  (folder: string) =>
  (source: Source): boolean =>
    source.path.startsWith(folder);

describe('one direction', () => {
  test('what both sides load is pure', () => {
    const bad = broken(
      production.filter(below('src/lib/shared/')),
      ({ own, target }) => (own ? !target.startsWith('src/lib/shared/') : target !== 'valibot'),
      'src/lib/shared holds types, schemas, limits and reducers only; move what needs more to server/domain or src/lib',
    );
    expect(bad).toEqual([]);
  });

  test('pages take only types from the server', () => {
    const bad = broken(
      production.filter(below('src/')),
      ({ target, own, typeOnly }) => own && target.startsWith('server/') && !typeOnly,
      'use `import type`, and get the running hub from #lib/server/hub.ts',
    );
    expect(bad).toEqual([]);
  });

  test('the server takes nothing from pages but what is shared', () => {
    const bad = broken(
      production.filter(below('server/')),
      ({ target, own }) => own && target.startsWith('src/') && !target.startsWith('src/lib/shared/'),
      'move what both sides need to src/lib/shared',
    );
    expect(bad).toEqual([]);
  });

  test('services know no request, socket or page', () => {
    const doors = new Set(['express', 'socket.io', 'engine.io', 'ws', '@sveltejs/kit', 'svelte', 'vite', 'helmet']);
    const bad = broken(
      production.filter(below('server/domain/')),
      ({ target, own }) => (own ? /^server\/(http|realtime|hub|main|kit|config)\b/.test(target) : doors.has(target)),
      'emit a domain event or return a value; what speaks HTTP belongs to server/http, what speaks sockets to server/realtime',
    );
    expect(bad).toEqual([]);
  });

  test('doors and pages touch no repository, model or driver', () => {
    const outside = production.filter((source) => /^(src|server\/(http|realtime))\//.test(source.path));
    const bad = broken(
      outside,
      ({ target, own }) =>
        own ? /\.(repository|model|log-store)\.ts$/.test(target) : /^(mongoose|mongodb|bson)$/.test(target),
      'call a service of the hub',
    );
    expect(bad).toEqual([]);
  });

  test('an area reaches into another one by its service, events or policy, never by its model', () => {
    const areaOf = (path: string): string | undefined => /^server\/domain\/([^/]+)\//.exec(path)?.[1];
    const bad = broken(
      production.filter(below('server/domain/')),
      ({ target, own, typeOnly }, { path }) =>
        own && /\.(model|repository)\.ts$/.test(target) && areaOf(target) !== areaOf(path) && !typeOnly,
      'let the hub hand over what is needed',
    );
    expect(bad).toEqual([]);
  });

  test('plain parts of the interface know no feature', () => {
    const bad = broken(
      production.filter(below('src/lib/ui/')),
      ({ target, own }) => own && /^src\/(lib\/(features|realtime|server)|routes)\//.test(target),
      'move the component to src/lib/features/<area>',
    );
    expect(bad).toEqual([]);
  });

  test('only src/lib/realtime opens sockets in the browser', () => {
    const bad = broken(
      production.filter((source) => source.path.startsWith('src/') && !source.path.startsWith('src/lib/realtime/')),
      ({ target }) => target === 'socket.io-client',
      'use the connection of src/lib/realtime',
    );
    expect(bad).toEqual([]);
  });
});

describe('confined parts', () => {
  test('one file knows lucia', () => {
    const files = everything.filter(({ imports }) => imports.some(({ target, own }) => !own && target === 'lucia'));
    expect(files.map(({ path }) => path)).toEqual(['server/domain/accounts/sessions.lucia.ts']);
  });

  test('the embedded engine knows nothing of the hub', () => {
    const inside = 'server/database/embedded/';
    const bad = broken(
      code.filter(below(inside)),
      ({ target, own }, source) =>
        own && !target.startsWith(inside) && !(isTest(source) && target.startsWith('tests/support/')),
      'the engine stands alone; what the hub needs beside it belongs to server/database',
    );
    expect(bad).toEqual([]);
  });

  test('nothing but the connection knows the embedded engine', () => {
    const bad = broken(
      production.filter((source) => !source.path.startsWith('server/database/embedded/')),
      ({ target, own }, { path }) =>
        own && target.startsWith('server/database/embedded/') && path !== 'server/database/connect.ts',
      'use mongoose on the connection of server/database/connect.ts',
    );
    expect(bad).toEqual([]);
  });

  test('the environment is read where the hub is started, nowhere else', () => {
    const commands = ['reset.ts', 'audit-verify.ts', 'backup.ts', 'restore.ts', 'data-copy.ts'];
    const entries = ['main.ts', ...commands, 'kit.ts', 'build.ts', 'database/embedded/cli.ts'];
    const allowed = new Set(entries.map((name) => `server/${name}`));
    const bad = production
      .filter(({ path, text }) => text.includes('process.env') && !allowed.has(path))
      .map(({ path }) => `${path} reads process.env: add the setting to server/config.ts and hand it over`);
    expect(bad).toEqual([]);
  });
});

/** Groups of files that import each other in a ring, types aside. */
function cycles(sources: Source[]): string[] {
  const known = new Map(sources.map((source) => [source.path, source]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  function visit(path: string, trail: string[]): void {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    state.set(path, 'open');
    for (const { target, own, typeOnly } of known.get(path)?.imports ?? []) {
      if (own && !typeOnly && known.has(target)) visit(target, [...trail, path]);
    }
    state.set(path, 'done');
  }
  for (const path of known.keys()) visit(path, []);
  return found.map((ring) => `${ring}: move what both need to a third file`);
}

describe('shape', () => {
  test('no ring of imports', () => {
    expect(cycles(production)).toEqual([]);
  });

  test('files stay small', () => {
    const long = everything
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 250)
      .map(({ path, lines }) => `${path} has ${lines} lines, 250 are the most: split it by topic, beside itself`);
    expect(long).toEqual([]);
  });

  test('every file says at its top what it owns', () => {
    const silent = everything
      .filter(({ path, text }) => path.endsWith('.ts') && !/^(\/\/|\/\*)/.test(text))
      .map(({ path }) => `${path}: begin with one comment sentence, what it owns and who may import it`);
    expect(silent).toEqual([]);
  });

  test('this test sees imports of every kind', () => {
    const text = [
      "import a from './a.ts';",
      "import type { B } from '#server/b.ts';",
      "import { type C, type D } from '../c.ts';",
      "import { e, type F } from 'e/f';",
      "import 'g';",
      "export { h } from './h.ts';",
      "const i = await import('@i/j/k');",
      "type L = typeof import('./l.ts');",
      'import {\n  m,\n  n,\n} from "./m.ts";',
    ].join('\n');
    const seen = importsOf('server/x/y.ts', text).map(({ target, typeOnly }) => `${typeOnly ? 'type ' : ''}${target}`);
    expect(seen.sort()).toEqual(
      [
        'server/x/a.ts',
        'type server/b.ts',
        'type server/c.ts',
        'e',
        'g',
        'server/x/h.ts',
        '@i/j',
        'type server/x/l.ts',
        'server/x/m.ts',
      ].sort(),
    );
  });
});

describe('versions with known holes are not installed', () => {
  const FLOORS: Record<string, string> = {
    'engine.io': '6.6.10',
    'socket.io-parser': '4.2.7',
    'socket.io': '4.8.0',
    ws: '8.21.0',
    mongoose: '9.12.0',
    devalue: '5.6.3',
    '@sveltejs/kit': '2.70.0',
    cookie: '0.7.0',
  };
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const isBelow = (version: string, floor: string): boolean =>
    version.localeCompare(floor, 'en', { numeric: true, sensitivity: 'base' }) < 0;

  test.each(Object.entries(FLOORS))('%s is at least %s, every copy of it', (name, floor) => {
    const copies = Object.entries(lock.packages).filter(
      ([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`),
    );
    expect(copies.length).toBeGreaterThan(0);
    const old = copies.filter(([, { version = '0' }]) => isBelow(version, floor)).map(([path]) => path);
    expect(old).toEqual([]);
  });
});
