// Reading a long room: nothing jumps under her eyes, and what is new is found.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { enterRoom } from '../support/in-room.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [{ userName: 'amal', displayName: 'Amal', locale: 'en' }],
    posts: 130,
  });
});
afterAll(() => site.close());

const open = async (userName: string): Promise<Visitor> => {
  const visitor = await site.visit();
  if (userName === 'amal') await site.signIn(visitor, userName);
  else await site.join(visitor, userName, 'سميرة', 'ar');
  await enterRoom(visitor.page);
  return visitor;
};
const count = (page: Page) => page.locator('article').count();
/** Distance of the newest message's end from the end of the list, in px. */
const fromEnd = (page: Page) =>
  page.evaluate(() => {
    const end = document.querySelector('.scroller')?.getBoundingClientRect().bottom ?? 0;
    return end - ([...document.querySelectorAll('article')].at(-1)?.getBoundingClientRect().bottom ?? 0);
  });
/** Scrolls so that `px` are left above, and answers where the first message in sight stands. */
const scrollNearTop = (page: Page, px: number) =>
  page.evaluate((left) => {
    const scroller = document.querySelector('.scroller');
    if (!scroller) throw new Error('no list');
    scroller.scrollTop = -(scroller.scrollHeight - scroller.clientHeight) + left;
    const edge = scroller.getBoundingClientRect().top;
    const article = [...document.querySelectorAll('article')].find((one) => one.getBoundingClientRect().top > edge);
    if (!article) throw new Error('no message');
    return { id: article.id, top: article.getBoundingClientRect().top };
  }, px);
const topOf = (page: Page, id: string) =>
  page.evaluate((wanted) => document.getElementById(wanted)?.getBoundingClientRect().top, id);

it('opens at the line where the unread part begins, for a woman who was here before', async () => {
  const { page, context } = await open('amal');
  const line = await page.locator('[data-unread]').boundingBox();
  expect(line && line.y > 0 && line.y < 300).toBe(true);
  expect(await page.locator('li:has([data-unread]) .text').textContent()).not.toBe('post 1');
  await context.close();
});

it('pages back to the first one without moving what she reads', async () => {
  const { page, context } = await open('leyla');
  expect(await count(page)).toBe(50);
  for (const all of [100, 130]) {
    const before = await scrollNearTop(page, 200);
    await expect.poll(() => count(page), { timeout: 10_000 }).toBe(all);
    expect(Math.abs(((await topOf(page, before.id)) ?? 0) - before.top)).toBeLessThanOrEqual(1);
  }
  expect(await page.locator('article .text').first().textContent()).toBe('post 1');
  expect(await page.locator('a[href^="?before="]').count()).toBe(0);
  await context.close();
});

it('keeps the focus in the list when the way to older messages goes, because the last of them have come', async () => {
  const { page, context } = await open('rana');
  const older = page.locator('a[href^="?before="]');
  for (const all of [100, 130]) {
    await older.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => count(page), { timeout: 20_000 }).toBe(all);
  }
  await expect.poll(() => older.count()).toBe(0);
  const focus = () => page.evaluate(() => document.activeElement?.tagName);
  await expect.poll(focus).toBe('SPAN');
  await page.keyboard.press('Tab');
  await expect.poll(focus).toBe('ARTICLE');
  await context.close();
});

it('keeps her place when somebody writes while she reads further up, and leads her to the new part', async () => {
  const reader = await open('samira');
  const writer = await open('amal');
  const { page } = reader;
  await page.click('.newest');
  await page.waitForSelector('.newest', { state: 'detached' });
  await expect.poll(() => page.locator('a[href="/rooms/jobs"] .unread').count()).toBe(0);
  const before = await scrollNearTop(page, 900);
  await page.waitForSelector('.newest');
  for (const text of ['while you read', 'and again']) {
    await writer.page.fill('#composer', text);
    await writer.page.press('#composer', 'Enter');
  }
  await expect.poll(() => page.locator('article .text').last().textContent()).toBe('and again');
  expect(Math.abs(((await topOf(page, before.id)) ?? 0) - before.top)).toBeLessThanOrEqual(1);
  await expect.poll(() => page.textContent('.newest')).toMatch(/[2٢]/);
  expect(await page.locator('li:has([data-unread]) .text').textContent()).toBe('while you read');
  await page.click('.newest');
  await expect.poll(() => page.locator('.newest').count()).toBe(0);
  expect(await fromEnd(page)).toBeGreaterThanOrEqual(0);
  // read here is read in the list, also on another device of hers
  const other = await site.visit();
  await site.signIn(other, 'samira');
  await expect.poll(() => other.page.locator('a[href="/rooms/jobs"] .unread').count()).toBe(0);
  for (const { context } of [reader, writer, other]) await context.close();
});
