// Someone comes in: away from the page at once, signed out, nothing left on the phone. With JavaScript, without, and offline.
import type { BrowserContextOptions } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LEFT_MARK } from '../../src/lib/features/accounts/leave.ts';
import { EXIT_SITES } from '../../src/lib/shared/exit.ts';
import { roomIsLive } from '../support/in-room.ts';
import { openSite, type Site } from '../support/site.ts';

const NEUTRAL_SITE = EXIT_SITES.weather;
let site: Site;
beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'amal', displayName: 'Amal', locale: 'en' }] });
});
afterAll(() => site.close());

const EXIT = 'form[action="/leave"] button';

/** Signed in, in a room, with a neutral site that answers without the network. */
async function inRoom(options?: BrowserContextOptions) {
  const visitor = await site.visit(options);
  await visitor.context.route(`${NEUTRAL_SITE}**`, (route) => route.fulfill({ body: 'Weather' }));
  await site.signIn(visitor, 'amal');
  await visitor.page.goto('/rooms/jobs');
  return visitor;
}

it('one press leaves for a neutral site, signs out and wipes what she wrote', async () => {
  const { page, context } = await inRoom();
  await page.fill('#composer', 'nobody may read this');
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).length);
  await expect.poll(databases).toBe(1);

  await page.click(EXIT);
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  const cookies = async () => (await context.cookies(site.origin)).map(({ name }) => name);
  await expect.poll(cookies).not.toContain('session');
  await page.goBack();
  expect(await page.textContent('body')).not.toContain('nobody may read this');
  await page.goto('/rooms/jobs');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await expect.poll(databases).toBe(0);
  await context.close();
});

it('works without JavaScript', async () => {
  const { page, context } = await inRoom({ javaScriptEnabled: false });
  await page.click(EXIT);
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  await page.goto('/rooms/jobs');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await context.close();
});

it('without network either the hub hears of it as soon as it can, or a mark stays on the phone', async () => {
  const { page, context } = await inRoom();
  await context.setOffline(true);
  await page.click(EXIT);
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  await context.setOffline(false);
  const cookies = (await context.cookies(site.origin)).map(({ name }) => name);
  expect(cookies.includes(LEFT_MARK) || !cookies.includes('session')).toBe(true);

  const answer = await context.request.get('/rooms/jobs');
  expect(new URL(answer.url()).pathname).toBe('/sign-in');
  expect(await answer.text()).not.toContain('Amal');
  await context.close();
});

it('the mark signs her out before anything is shown', async () => {
  const { page, context } = await inRoom();
  await context.addCookies([{ name: LEFT_MARK, value: '1', url: site.origin }]);
  const answer = await context.request.get('/rooms/jobs');
  expect(new URL(answer.url()).pathname).toBe('/sign-in');
  expect(await answer.text()).not.toContain('Amal');
  expect(await context.cookies(site.origin)).not.toContainEqual(expect.objectContaining({ name: 'session' }));
  // the page that was open hears of it and goes by itself; only then is another asked for: two ways at once hang the browser
  await page.waitForURL('**/sign-in**');
  await page.goto('/rooms/jobs');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await context.close();
});

it('a stranger can leave too', async () => {
  const { page, context } = await site.visit({ javaScriptEnabled: false });
  await context.route(`${NEUTRAL_SITE}**`, (route) => route.fulfill({ body: 'Weather' }));
  await page.goto('/help');
  await page.click(EXIT);
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  await context.close();
});

it('whatever is open over a room on a phone, the way out and the numbers are where they were', async () => {
  const { page, context } = await inRoom({ viewport: { width: 360, height: 640 } });
  await roomIsLive(page);
  await page.fill('#composer', 'some words');
  await page.press('#composer', 'Enter');
  const hers = page.locator('article', { hasText: 'some words' }).last();
  await hers.waitFor();
  const help = page.locator('nav a[href="/help"]');
  /** What a tap at the place of a control in the bar meets: the control, or the cover of a dialog, which door.js looks through. */
  const met = (selector: string) =>
    page.evaluate((of) => {
      const control = document.querySelector(of);
      const { left, top, width, height } = control?.getBoundingClientRect() ?? new DOMRect();
      const places = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + width * x, top + height * y]));
      const hit = places.map(([x = 0, y = 0]) => document.elementFromPoint(x, y));
      return hit.every((one) => one && (control?.contains(one) || one.matches('dialog:modal')));
    }, selector);
  const bothInReach = async () => expect([await met(EXIT), await met('nav a[href="/help"]')]).toEqual([true, true]);
  await hers.locator('.act').click();
  await page.waitForSelector('.menu:popover-open');
  await bothInReach();
  await page.locator('.menu').getByText('Edit', { exact: true }).click();
  await page.fill('dialog[open] textarea', 'He beats me');
  await page.locator('dialog[open] a[href="tel:110"]').waitFor();
  await bothInReach();
  // the numbers: the dialog goes, their sheet comes
  const { x, y, width, height } = (await help.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(x + width / 2, y + height / 2);
  await page.waitForSelector('#help-sheet:popover-open');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  await page.keyboard.press('Escape');
  await page.click('[popovertarget="about"]');
  await page.waitForSelector('#about:popover-open');
  await bothInReach();
  await page.click(EXIT);
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  await context.close();
});
