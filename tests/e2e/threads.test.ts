// A thread beside its room on a wide screen, over it on a phone: its address, the way back, and what stays alive meanwhile.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { enterRoom, isAwake } from '../support/in-room.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
let katrin: Visitor;
let nour: Visitor;
beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'nour', displayName: 'نور', locale: 'ar' }], posts: 40 });
  katrin = await site.visit({ viewport: { width: 1280, height: 800 } });
  nour = await site.visit({ viewport: { width: 360, height: 740 } });
  await Promise.all([site.signIn(katrin, 'katrin'), site.signIn(nour, 'nour')]);
});
afterAll(() => site.close());

const open = ({ page }: Visitor) => enterRoom(page);
const message = (page: Page, text: string) => page.locator('.room article', { hasText: text }).first();
const beside = (page: Page) => page.locator('aside.beside');
async function openThread(page: Page, text: string) {
  await message(page, text).locator('.act').click();
  await page.locator('.menu:popover-open a[href*="/thread/"]').click();
  await beside(page).locator('#composer-thread').waitFor();
}
const room = (page: Page) => page.locator('.room').first();

it('on a wide screen the room stays beside the thread, both go on, and the way back closes it', async () => {
  const { page } = katrin;
  await open(katrin);
  await page.fill('#composer', 'half a sentence');
  await openThread(page, 'post 39');
  expect(new URL(page.url()).pathname).toMatch(/\/rooms\/jobs\/thread\/[0-9a-f]{24}$/);
  expect(await page.title()).toContain('Faden');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  expect(await page.getAttribute('#composer-thread', 'placeholder')).toBe('Im Faden antworten');
  expect(await page.locator('.menu:popover-open').count()).toBe(0);
  const [left, right] = [await room(page).boundingBox(), await beside(page).boundingBox()];
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual((right?.x ?? 0) + 1);
  expect(Math.min(left?.width ?? 0, right?.width ?? 0)).toBeGreaterThan(320);

  await page.fill('#composer-thread', 'Hierher gehört es.');
  await page.press('#composer-thread', 'Enter');
  await beside(page).locator('article', { hasText: 'Hierher gehört es.' }).waitFor();
  await expect.poll(() => message(page, 'post 39').locator('.thread').textContent()).toContain('Antworten: 1');
  expect(await room(page).locator('article', { hasText: 'Hierher gehört es.' }).count()).toBe(0);
  expect(await page.inputValue('#composer')).toBe('half a sentence');

  // what others write reaches both sides at once
  await open(nour);
  await nour.page.fill('#composer', 'في الغرفة');
  await nour.page.press('#composer', 'Enter');
  await room(page).locator('article', { hasText: 'في الغرفة' }).waitFor();

  await page.goBack();
  await beside(page).waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/rooms/jobs');
  expect(await page.inputValue('#composer')).toBe('half a sentence');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('post 39');
  // the room is still hers: closing the thread has not left it
  await nour.page.fill('#composer', 'وبعد ذلك');
  await nour.page.press('#composer', 'Enter');
  await room(page).locator('article', { hasText: 'وبعد ذلك' }).waitFor();
});

it('another thread takes the place of the first one, the way back leads through both, and the cross leaves them', async () => {
  const { page } = katrin;
  await open(katrin);
  await openThread(page, 'post 38');
  const first = page.url();
  await openThread(page, 'post 39');
  expect(page.url()).not.toBe(first);
  await beside(page).locator('article', { hasText: 'Hierher gehört es.' }).waitFor();
  await page.goBack();
  await expect.poll(() => beside(page).textContent()).toContain('post 38');
  await page.goForward();
  await beside(page).locator('article', { hasText: 'Hierher gehört es.' }).waitFor();
  await beside(page).locator('header a').click();
  await beside(page).waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/rooms/jobs');
});

it('on a phone the thread is a page: it covers the room, which keeps its place for the way back', async () => {
  const { page } = nour;
  await open(nour);
  await message(page, 'post 12').scrollIntoViewIfNeeded();
  const before = await message(page, 'post 12').boundingBox();
  await openThread(page, 'post 12');
  expect(await room(page).evaluate((one) => getComputedStyle(one).visibility)).toBe('hidden');
  const size = await beside(page).boundingBox();
  expect(size).toMatchObject({ x: 0, width: 360 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.goBack();
  await beside(page).waitFor({ state: 'detached' });
  const after = await message(page, 'post 12').boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(3);
});

it('its address is a page of its own, also after a reload', async () => {
  for (const visitor of [katrin, nour]) {
    const { page } = visitor;
    await open(visitor);
    await openThread(page, 'post 39');
    await page.reload();
    await page.waitForSelector('#composer-thread');
    await page.locator('h1', { hasText: visitor === katrin ? 'Faden' : 'سلسلة' }).waitFor();
    await page.locator('article', { hasText: 'Hierher gehört es.' }).waitFor();
    // the composer stands on the screen, not below it
    const field = await page.locator('#composer-thread').boundingBox();
    expect((field?.y ?? 0) + (field?.height ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
    await page.locator('header a[href="/rooms/jobs"]').click();
    await page.waitForSelector('#composer');
  }
});

it('opened by its address on a wide screen it stands beside its room, and both go on; on a phone it is alone', async () => {
  const { page } = katrin;
  await open(katrin);
  const path = await message(page, 'post 39').locator('.thread').getAttribute('href');
  const aside = page.locator('aside.by-address');
  for (const width of [1280, 1024]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(path ?? '');
    await page.waitForSelector('#composer');
    await aside.locator('article', { hasText: 'Hierher gehört es.' }).waitFor();
    await message(page, 'post 40').waitFor();
    const [left, right] = [await room(page).boundingBox(), await aside.boundingBox()];
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual((right?.x ?? 0) + 1);
    expect(Math.min(left?.width ?? 0, right?.width ?? 0)).toBeGreaterThan(320);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.fill('#composer', 'Für alle im Raum.');
  await page.press('#composer', 'Enter');
  await room(page).locator('article', { hasText: 'Für alle im Raum.' }).waitFor();
  await page.fill('#composer-thread', 'Noch etwas dazu.');
  await page.press('#composer-thread', 'Enter');
  await aside.locator('article', { hasText: 'Noch etwas dazu.' }).waitFor();
  expect(await aside.locator('article', { hasText: 'Für alle im Raum.' }).count()).toBe(0);
  // a narrow window leaves the thread alone, and it is still live
  await page.setViewportSize({ width: 800, height: 800 });
  await expect.poll(() => page.locator('#composer').count()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.waitForSelector('#composer');

  await nour.page.goto(path ?? '');
  await isAwake(nour.page);
  await nour.page.locator('article', { hasText: 'Noch etwas dazu.' }).waitFor();
  expect(await nour.page.locator('#composer').count()).toBe(0);
  await nour.page.fill('#composer-thread', 'نعم');
  await nour.page.press('#composer-thread', 'Enter');
  await aside.locator('article', { hasText: 'نعم' }).waitFor();
});

it('a thread of a message that is gone says so', async () => {
  const { page } = katrin;
  const answer = await page.goto(`/rooms/jobs/thread/${'0'.repeat(24)}`);
  expect(answer?.status()).toBe(404);
});

it('nothing broke a rule of the page', () => {
  expect(katrin.complaints.concat(nour.complaints)).toEqual([]);
});
