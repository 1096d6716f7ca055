// Someone comes in: away from the page at once, signed out, nothing left on the phone. With JavaScript, without, and offline.
import type { BrowserContextOptions } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LEFT_MARK } from '../../src/lib/features/accounts/leave.ts';
import { EXIT_SITES } from '../../src/lib/shared/exit.ts';
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
