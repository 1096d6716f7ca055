// Five thousand messages on a slow phone: scrolled back and forth, few of them alive; and a message far back found by its address.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { enterRoom, roomIsLive } from '../support/in-room.ts';
import { openSite, type Site } from '../support/site.ts';

const ALL = 5_000;
const MOST_ALIVE = 300;
/** Of different heights, as people write. */
const text = (nth: number) => `message ${nth}${' and some more words about it'.repeat(nth % 7)}`;
let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'amal', displayName: 'Amal', locale: 'en' },
      { userName: 'leyla', displayName: 'Leyla', locale: 'de' },
    ],
    past: { count: ALL, text },
  });
}, 240_000);
afterAll(() => site.close());

async function open(path: string, slow: number) {
  const visitor = await site.visit();
  await site.signIn(visitor, 'amal');
  await visitor.page.goto(path);
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slow });
  await roomIsLive(visitor.page);
  return visitor;
}
/** The places of the first and the last message in the page, as its links onward say; between them nothing is missing. */
const alive = async (page: Page, all = ALL) => {
  const seen = await page.evaluate(() => {
    const place = (name: string) =>
      new URLSearchParams(document.querySelector<HTMLAnchorElement>(`a[href^="?${name}="]`)?.search).get(name);
    return { first: place('before'), last: place('after'), count: document.querySelectorAll('article').length };
  });
  const first = Number(seen.first ?? 1);
  const last = Number(seen.last ?? all);
  expect(seen.count).toBe(last - first + 1);
  return { first, last };
};
/** The place of the message that is marked. */
const placeOfSought = async (page: Page) => {
  const index = await page.evaluate(() =>
    [...document.querySelectorAll('article')].findIndex((one) => one.closest('li.sought') !== null),
  );
  return (await alive(page)).first + index;
};
/** From now on the most messages that were in the page at once. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const seen = { most: 0 };
    Object.assign(window, { seen });
    new MutationObserver(() => {
      seen.most = Math.max(seen.most, document.querySelectorAll('article').length);
    }).observe(document.body, { childList: true, subtree: true });
  });
const watched = (page: Page) => page.evaluate(() => (window as unknown as { seen: { most: number } }).seen);

/** Goes to within `px` of one end; answers what stands in sight. */
const near = (page: Page, side: 'older' | 'newer', px: number) =>
  page.evaluate(
    ([to, left]) => {
      const scroller = document.querySelector('.scroller');
      if (!scroller) throw new Error('no list');
      scroller.scrollTop = to === 'older' ? -(scroller.scrollHeight - scroller.clientHeight) + left : -left;
      const edge = scroller.getBoundingClientRect().top;
      const first = [...document.querySelectorAll('article')].find((one) => one.getBoundingClientRect().bottom > edge);
      return { id: first?.id ?? '', top: first?.getBoundingClientRect().top ?? 0 };
    },
    [side, px] as const,
  );
const topOf = (page: Page, id: string) =>
  page.evaluate((wanted) => document.getElementById(wanted)?.getBoundingClientRect().top ?? NaN, id);

it('five thousand messages are scrolled back on a slow phone: few are alive, and nothing moves under her eyes', async () => {
  const { page, context } = await open('/rooms/jobs', 2);
  await page.click('.newest').catch(() => undefined);
  await watch(page);
  let { first } = await alive(page);
  expect(first).toBe(ALL - 49);
  let pages = 0;
  while (first > 1) {
    const before = await near(page, 'older', 300);
    await expect.poll(async () => (await alive(page)).first, { timeout: 20_000 }).toBeLessThan(first);
    expect(Math.abs((await topOf(page, before.id)) - before.top)).toBeLessThanOrEqual(1);
    first = (await alive(page)).first;
    pages++;
  }
  expect(pages).toBeGreaterThan(20);
  expect((await watched(page)).most).toBeLessThanOrEqual(MOST_ALIVE);
  await page.getByText('The room begins here').waitFor();

  // and forward again
  for (let step = 0; step < 5; step++) {
    const { last } = await alive(page);
    const before = await near(page, 'newer', 300);
    await expect.poll(async () => (await alive(page)).last, { timeout: 20_000 }).toBeGreaterThan(last);
    expect(Math.abs((await topOf(page, before.id)) - before.top)).toBeLessThanOrEqual(1);
  }
  expect((await watched(page)).most).toBeLessThanOrEqual(MOST_ALIVE);
  await page.click('.newest');
  await expect.poll(() => page.locator('.newest').count()).toBe(0);
  expect((await alive(page)).last).toBe(ALL);
  await context.close();
}, 300_000);

it('a message three thousand back opens in its place by its address, marked, with what stands around it', async () => {
  const { page, context, complaints } = await open('/rooms/jobs?at=2000', 1);
  const sought = page.locator('li.sought article');
  const words = (await sought.locator('.text').textContent()) ?? '';
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain(words);
  expect(await placeOfSought(page)).toBe(2_000);
  const box = await sought.boundingBox();
  expect(box && box.y > 50 && box.y + box.height < 700).toBe(true);
  const around = await alive(page);
  expect(around.first).toBeLessThanOrEqual(1_990);
  expect(around.last).toBeGreaterThanOrEqual(2_010);
  // what is posted meanwhile does not come between, and is not lost
  const writer = await site.visit();
  await site.signIn(writer, 'leyla');
  await enterRoom(writer.page);
  await writer.page.fill('#composer', 'message 5001');
  await writer.page.press('#composer', 'Enter');
  await expect.poll(() => page.locator('p[aria-live]').textContent(), { timeout: 20_000 }).toContain('message 5001');
  expect((await alive(page)).last).toBeLessThan(3_000);
  expect(await page.evaluate(() => document.activeElement?.textContent ?? '')).toContain(words);
  // her own goes to the end, and she with it
  await page.fill('#composer', 'message 5002');
  await page.press('#composer', 'Enter');
  const texts = () => page.locator('article .text').allTextContents();
  await expect.poll(async () => (await texts()).slice(-2)).toEqual(['message 5001', 'message 5002']);
  expect(complaints).toEqual([]);
  await context.close();
  await writer.context.close();
}, 60_000);

it('without JavaScript the same address reads there too, and goes on in both directions', async () => {
  const visitor = await site.visit({ javaScriptEnabled: false });
  const { page, context } = visitor;
  await site.signIn(visitor, 'amal');
  await page.goto('/rooms/jobs?at=2000');
  const id = await page.locator('li.sought article').getAttribute('id');
  await page.goto(`/rooms/jobs?at=2000#${id ?? ''}`);
  const box = await page.locator('li.sought article').boundingBox();
  expect(box && box.y > 0 && box.y < 700).toBe(true);
  expect(await placeOfSought(page)).toBe(2_000);
  const around = await alive(page, ALL + 2);
  await page.click('a[href^="?after="]');
  expect((await alive(page, ALL + 2)).first).toBe(around.last + 1);
  await page.click('a[href^="?before="]');
  expect((await alive(page, ALL + 2)).last).toBe(around.last);
  for (const wrong of ['?at=x', '?at=-1', '?at=1.5', '?at=99999999']) {
    expect((await page.goto(`/rooms/jobs${wrong}`))?.status()).toBe(200);
    expect((await alive(page, ALL + 2)).last).toBe(ALL + 2);
  }
  await context.close();
}, 60_000);
