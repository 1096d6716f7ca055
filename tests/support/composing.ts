// A room on the narrowest telephone, and what her device keeps of her words. End-to-end tests of writing only.
import type { BrowserContextOptions, Page } from 'playwright';
import { enterRoom } from './in-room.ts';
import type { Site, Visitor } from './site.ts';

export async function inside(site: Site, userName: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const visitor = await site.visit({ viewport: { width: 320, height: 568 }, ...options });
  await site.signIn(visitor, userName);
  await enterRoom(visitor.page);
  return visitor;
}
/** What is kept of the half-written words of a room is on the device. */
export const keptOnDevice = (page: Page, part: string) =>
  page.evaluate(
    (wanted) =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open('strong-together');
        opening.onerror = () => reject(opening.error ?? new Error());
        opening.onsuccess = () => {
          const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(all.result).includes(wanted));
          };
        };
      }),
    part,
  );
export const article = (page: Page, text: string) => page.locator('article', { hasText: text });
