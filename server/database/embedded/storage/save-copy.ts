// A copy of the whole file as it is at one moment, in a folder of its own, for backups. For engine.ts.
import fs from 'node:fs';
import path from 'node:path';
import type { Store } from './store.ts';

const PREFIX = 'copy-';
/** Whoever asked for a copy deletes it; one that is older was left by a crash. */
const LEFT_BEHIND_MS = 6 * 60 * 60 * 1000;

/** @returns the new folder beside the file; the copy in it has the file's own name */
export async function saveCopy(store: Store, file: string): Promise<string> {
  const home = path.dirname(file);
  removeLeftBehind(home);
  const folder = fs.mkdtempSync(path.join(home, PREFIX));
  const copy = path.join(folder, path.basename(file));
  try {
    fs.closeSync(fs.openSync(copy, 'wx', 0o600));
    await store.copyTo(copy);
    return folder;
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function removeLeftBehind(home: string): void {
  for (const name of fs.readdirSync(home)) {
    const folder = path.join(home, name);
    if (!name.startsWith(PREFIX) || Date.now() - fs.statSync(folder).mtimeMs < LEFT_BEHIND_MS) continue;
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
