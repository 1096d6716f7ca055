// The project's own source files and what they import, for tests of the house plan. Tests only.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

export interface Import {
  /** As written. */
  specifier: string;
  /** Path below the project for our own files, the package's name for others. */
  target: string;
  own: boolean;
  typeOnly: boolean;
}
export interface Source {
  /** With forward slashes, from the project's folder. */
  path: string;
  text: string;
  imports: Import[];
}

const SKIPPED = new Set(['node_modules', 'generated', 'build', '.svelte-kit']);

/** Files below a folder with one of the endings, in a stable order. */
export function filesBelow(folder: string, endings: readonly string[]): string[] {
  const full = join(ROOT, folder);
  if (!statSync(full, { throwIfNoEntry: false })) return [];
  return readdirSync(full, { withFileTypes: true })
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(path, endings);
      return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
    })
    .sort();
}

const ALIASES: Record<string, string> = {
  '#shared/': 'src/lib/shared/',
  '#lib/': 'src/lib/',
  '$lib/': 'src/lib/',
  '#server/': 'server/',
};

function resolve(from: string, specifier: string): { target: string; own: boolean } {
  for (const [alias, folder] of Object.entries(ALIASES)) {
    if (specifier.startsWith(alias)) return { target: folder + specifier.slice(alias.length), own: true };
  }
  if (specifier.startsWith('.')) return { target: posix.join(dirname(from), specifier), own: true };
  const parts = specifier.split('/');
  return { target: specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? ''), own: false };
}

const STATEMENT = /(?:^|\n|>)\s*(import|export)\s+(type\s+)?((?:[^'";]*?)\sfrom\s+)?['"]([^'"\n]+)['"]/g;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.ts)['"]/g;
const TYPE_OF_IMPORT = /(?:typeof\s+|:\s*|<|=\s*)$/;

/** True for `{ type A, type B }`: nothing is left of it at run time. */
const onlyTypes = (clause: string): boolean =>
  /^\s*\{[^}]*\}\s*from\s+$/.test(clause) &&
  clause
    .replace(/^\s*\{|\}\s*from\s+$/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .every((name) => name.startsWith('type '));

export function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  for (const [, keyword, type, clause, specifier] of text.matchAll(STATEMENT)) {
    if (specifier === undefined || (keyword === 'export' && clause === undefined)) continue;
    const typeOnly = type !== undefined || (clause !== undefined && onlyTypes(clause));
    found.push({ specifier, typeOnly, ...resolve(path, specifier) });
  }
  for (const match of text.matchAll(DYNAMIC)) {
    const specifier = match[1] ?? match[2] ?? '';
    const typeOnly = match[1] !== undefined && TYPE_OF_IMPORT.test(text.slice(0, match.index));
    found.push({ specifier, typeOnly, ...resolve(path, specifier) });
  }
  return found;
}

export function readSources(
  folders: readonly string[],
  endings: readonly string[] = ['.ts', '.js', '.svelte'],
): Source[] {
  return folders.flatMap((folder) =>
    filesBelow(folder, endings).map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return { path: relative('.', path).replaceAll('\\', '/'), text, imports: importsOf(path, text) };
    }),
  );
}
