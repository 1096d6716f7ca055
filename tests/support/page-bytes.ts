// How much compressed JavaScript a page really loads, counted by the browser's own network layer. End-to-end tests only.
import type { BrowserContext } from 'playwright';

export interface LoadedScript {
  path: string;
  /** The compressed body as it came over the wire (gzip), without headers. */
  bytes: number;
}

/**
 * Loads `path` in a new page with an empty cache and answers every script it fetched, the biggest first. The service
 * worker must be blocked in the context: what it fetches in the background is not the page's.
 */
export async function scriptsOf(context: BrowserContext, path: string): Promise<LoadedScript[]> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.setAcceptedEncodings', { encodings: ['gzip'] });
  const scripts = new Map<string, { path: string; head: number }>();
  const loaded: LoadedScript[] = [];
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (!/javascript/.test(response.mimeType)) return;
    scripts.set(requestId, { path: new URL(response.url).pathname, head: response.encodedDataLength });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId);
    if (script) loaded.push({ path: script.path, bytes: encodedDataLength - script.head });
  });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await page.close();
  return loaded.sort((a, b) => b.bytes - a.bytes);
}
