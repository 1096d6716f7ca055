// How much JavaScript a page really loads in a browser, in gzip. End-to-end tests only.
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Response } from 'playwright';

export interface LoadedScript {
  path: string;
  /** The body in gzip, without headers; what reaches most phones is brotli and smaller still. */
  bytes: number;
}

/**
 * Loads `path` in a new page and answers every script it fetched, the biggest first. The service worker must be blocked
 * in the context: what it fetches in the background is not the page's.
 */
export async function scriptsOf(context: BrowserContext, path: string): Promise<LoadedScript[]> {
  const page = await context.newPage();
  const scripts: Promise<LoadedScript>[] = [];
  const measure = async (response: Response): Promise<LoadedScript> => ({
    path: new URL(response.url()).pathname,
    bytes: gzipSync(await response.body()).length,
  });
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.push(measure(response));
  });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  const loaded = await Promise.all(scripts);
  await page.close();
  return loaded.sort((a, b) => b.bytes - a.bytes);
}
