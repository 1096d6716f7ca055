// Old phones, blocked scripts, broken downloads: what must work without JavaScript.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'amal', displayName: 'Amal', locale: 'en' }], posts: 60 });
});
afterAll(() => site.close());

it('she signs in, reads a room, pages back and writes', async () => {
  const visitor = await site.visit({ javaScriptEnabled: false });
  const { page, context } = visitor;
  await site.signIn(visitor, 'amal');
  await page.click('a[href="/rooms/jobs"]');
  const texts = () => page.locator('article .text').allTextContents();
  expect((await texts()).at(-1)).toBe('post 60');
  // the newest stands at the end, in sight, without a script that scrolls there
  const last = await page.locator('article').last().boundingBox();
  expect(last && last.y > 0 && last.y < 740).toBe(true);

  await page.click('a[href^="?before="]');
  expect((await texts())[0]).toBe('post 1');
  await page.click('a[href^="?after="]');
  expect((await texts())[0]).toBe('post 11');
  await page.goBack();
  await page.click('a.newest');
  expect((await texts()).at(-1)).toBe('post 60');

  await page.fill('#composer', 'written by a plain form');
  await page.click('form[action="?/post"] button[type=submit]');
  expect((await texts()).at(-1)).toBe('written by a plain form');
  await page.reload();
  expect((await texts()).filter((text) => text === 'written by a plain form')).toHaveLength(1);
  await context.close();
});

it('keeps her text when the post is refused', async () => {
  const visitor = await site.visit({ javaScriptEnabled: false });
  await site.signIn(visitor, 'amal');
  await visitor.page.goto('/rooms/jobs');
  const long = 'far too long '.repeat(400);
  await visitor.page.fill('#composer', long);
  await visitor.page.click('form[action="?/post"] button[type=submit]');
  expect((await visitor.page.inputValue('#composer')).trim()).toBe(long.trim());
  expect(await visitor.page.textContent('#composer-note')).not.toBe('');
  await visitor.context.close();
});

it('chooses the languages she reads, and whether others see her name', async () => {
  const visitor = await site.visit({ javaScriptEnabled: false });
  const { page, context } = visitor;
  await site.signIn(visitor, 'amal');
  await page.goto('/me');
  expect(await page.locator('[name="reads"]:checked, [name="showsPresence"]:checked').count()).toBe(0);
  await page.check('[name="reads"][value="ar"]');
  await page.check('[name="reads"][value="de"]');
  await page.click('form[action="?/reads"] button');
  await page.check('[name="showsPresence"]');
  await page.click('form[action="?/presence"] button');
  await page.goto('/me');
  const chosen = await page
    .locator('[name="reads"]:checked')
    .evaluateAll((all) => all.map((one) => one.getAttribute('value')));
  expect(chosen).toEqual(['de', 'ar']);
  expect(await page.isChecked('[name="showsPresence"]')).toBe(true);
  await page.uncheck('[name="reads"][value="ar"]');
  await page.uncheck('[name="reads"][value="de"]');
  await page.click('form[action="?/reads"] button');
  expect(await page.locator('[name="reads"]:checked').count()).toBe(0);
  await context.close();
});
