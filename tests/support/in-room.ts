// A room that may be tapped and written in: its page runs, and its line to the hub is there. End-to-end tests only.
import type { Page } from 'playwright';

/** The page runs, whatever its line does. Also a thread alone on a phone. */
export async function isAwake(page: Page): Promise<void> {
  await page.waitForSelector('.more:not(.asleep)');
}
/**
 * Before its line is there a room looks the same, but links to threads lead to pages, reactions and pins go nowhere, and
 * nobody hears that she types: a test that goes on too early meets another product on a slow machine. The room says it
 * itself: as long as the hub has not told who is here, its list of people says that it does not know.
 */
export async function roomIsLive(page: Page): Promise<void> {
  await isAwake(page);
  await page.waitForSelector('#people:not(:has(p.quiet))', { state: 'attached' });
}
/** By its address. */
export async function enterRoom(page: Page, path = '/rooms/jobs'): Promise<void> {
  await page.goto(path);
  await roomIsLive(page);
}
/** Any page behind the sign-in that has a line: it runs when it begins to open that. */
export async function openAwake(page: Page, path: string): Promise<void> {
  const line = page.waitForEvent('websocket');
  await page.goto(path);
  await line;
}
