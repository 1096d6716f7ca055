// Her own settings with the page alive: what is prefilled, what a press of a button brings into view.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_PASSWORD } from '../support/hub.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'amal', displayName: 'Amal', locale: 'en' }] });
});
afterAll(() => site.close());

it('she changes her password in fields that start empty, and signs in with the new one', async () => {
  const visitor = await site.visit();
  const { page, context } = visitor;
  await site.signIn(visitor, 'amal');
  await page.goto('/me', { waitUntil: 'networkidle' });
  const current = page.locator('input[name=current]');
  const next = page.locator('input[name=password]');
  expect([await current.inputValue(), await next.inputValue()]).toEqual(['', '']);
  await current.pressSequentially(TEST_PASSWORD);
  await next.pressSequentially('neue-worte-hier');
  await next.press('Enter');
  await expect.poll(() => current.inputValue()).toBe('');
  await context.clearCookies();
  await page.goto('/sign-in');
  await page.fill('input[name=userName]', 'amal');
  await page.fill('input[name=password]', 'neue-worte-hier');
  await page.press('input[name=password]', 'Enter');
  await page.waitForURL('**/rooms**');
  await context.close();
});

it('a code that was made far down the list is where she looks', async () => {
  const visitor = await site.visit();
  await site.signIn(visitor, 'katrin');
  const { page } = visitor;
  await page.goto('/people', { waitUntil: 'networkidle' });
  await page.locator('form[action="?/code"] button').last().click();
  const made = page.locator('section.new');
  await made.waitFor();
  await expect.poll(() => made.evaluate((node) => node === document.activeElement)).toBe(true);
  const box = await made.boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeLessThan(740);
  await visitor.context.close();
});
