// Two women share one phone: what is kept on it belongs to one account.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { enterRoom, openAwake } from '../support/in-room.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'amal', displayName: 'Amal', locale: 'en' },
      { userName: 'olena', displayName: 'Олена', locale: 'uk' },
    ],
  });
});
afterAll(() => site.close());

const openJobs = async (page: Page) => {
  await enterRoom(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
};
/** Everything the browser keeps for this site, as text. */
const keptOnDevice = (page: Page) =>
  page.evaluate(async () => {
    const kept: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
      });
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store).getAll();
        kept.push(await new Promise((resolve) => (all.onsuccess = () => resolve(all.result))));
      }
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        if (answer?.headers.get('content-type')?.includes('html')) kept.push(await answer.text());
      }
    }
    return JSON.stringify({ kept, session: { ...sessionStorage }, local: { ...localStorage } });
  });

describe('what one woman wrote without network', () => {
  it('is neither shown to nor sent by the next one who signs in on this phone', async () => {
    const phone = await site.visit();
    const { page, context } = phone;
    await site.signIn(phone, 'amal');
    await openJobs(page);
    await context.setOffline(true);
    await page.fill('#composer', 'only for Amal to send');
    await page.press('#composer', 'Enter');
    await page.fill('#composer', 'half a secret');
    await page.waitForSelector('.pending');
    // her login is gone, but nobody signed out: somebody else uses the phone
    await context.clearCookies();
    await context.setOffline(false);
    await page.waitForURL('**/sign-in**');

    await site.signIn(phone, 'olena');
    await openJobs(page);
    await page.waitForTimeout(1_500);
    expect(await page.locator('.pending, article').count()).toBe(0);
    expect(await page.inputValue('#composer')).toBe('');
    await context.setOffline(true);
    await page.goto('/rooms').catch(() => undefined);
    await page.waitForURL('**/offline?to=*');
    expect(await page.locator('.pending').count()).toBe(0);
    await context.setOffline(false);
    await page.waitForURL('**/rooms');
    await context.clearCookies();

    await site.signIn(phone, 'amal');
    await openJobs(page);
    await expect.poll(() => page.locator('article .text').allTextContents()).toEqual(['only for Amal to send']);
    expect(await page.inputValue('#composer')).toBe('half a secret');
    await context.close();
  });

  it('is gone from the phone when she signs out', async () => {
    const phone = await site.visit();
    const { page, context } = phone;
    await site.signIn(phone, 'amal');
    await enterRoom(page, '/rooms/schools');
    await page.fill('#composer', 'a draft of mine');
    await expect.poll(() => keptOnDevice(page)).toContain('a draft of mine');
    await openAwake(page, '/me');
    await page.click('button[formaction="?/out"]');
    await page.waitForURL('**/sign-in**');
    const kept = await keptOnDevice(page);
    for (const trace of ['a draft of mine', 'amal', 'Amal']) expect(kept).not.toContain(trace);
    await context.close();
  });

  it('is gone at once when her login is ended from another device', async () => {
    const phone = await site.visit();
    const other = await site.visit();
    await site.signIn(phone, 'amal');
    await openJobs(phone.page);
    await phone.page.fill('#composer', 'a draft of mine');
    await expect.poll(() => keptOnDevice(phone.page)).toContain('a draft of mine');
    await site.signIn(other, 'amal');
    await other.page.goto('/me');
    await other.page.click('button[formaction="?/everywhere"]');
    await phone.page.waitForURL('**/sign-in**');
    expect(await keptOnDevice(phone.page)).not.toContain('a draft of mine');
    await phone.context.close();
    await other.context.close();
  });
});

it('no page of a signed-in woman and no message is ever kept by the service worker', async () => {
  const phone = await site.visit();
  const { page, context } = phone;
  await site.signIn(phone, 'amal');
  await openJobs(page);
  await page.fill('#composer', 'a message that was sent');
  await page.press('#composer', 'Enter');
  await page.waitForSelector('article .text');
  // what is on its way is hers to keep, until the hub has it
  await page.waitForSelector('.pending', { state: 'detached' });
  await page.reload();
  for (const path of ['/rooms', '/rooms/jobs', '/me']) {
    expect((await context.request.get(path)).headers()['cache-control'], path).toBe('no-store');
  }
  await expect.poll(() => keptOnDevice(page)).not.toContain('a message that was sent');
  expect(await keptOnDevice(page)).not.toContain('Amal');
  await context.close();
});
