// What draws her attention and what does not: title and icon in neutral words, quiet hours, muted and hidden rooms, staff, hosts.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
let katrin: Visitor;
let nour: Visitor;
beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'nour', displayName: 'Nour', locale: 'en' }], posts: 2 });
  katrin = await site.visit({ viewport: { width: 1280, height: 800 } });
  nour = await site.visit({ timezoneId: 'Europe/Berlin' });
  // she looks elsewhere when the test says so
  await nour.page.addInitScript(() => {
    const state = { value: 'visible' };
    Object.defineProperty(document, 'visibilityState', { get: () => state.value });
    document.addEventListener('test-look', (event) => {
      state.value = (event as CustomEvent<string>).detail;
      document.dispatchEvent(new Event('visibilitychange'));
    });
  });
  await site.signIn(katrin, 'katrin');
  await site.signIn(nour, 'nour');
});
afterAll(() => site.close());

const look = (page: Page, state: 'visible' | 'hidden') =>
  page.evaluate((detail) => document.dispatchEvent(new CustomEvent('test-look', { detail })), state);
const icon = (page: Page) => page.getAttribute('link[rel="icon"]', 'href');
const bell = ({ page }: Visitor) => page.locator('a[href="/notes"]');
async function enter({ page }: Visitor, path: string) {
  await page.goto(path);
  await page.waitForSelector('#people ul', { state: 'attached' });
}
async function settings({ page }: Visitor, fill: (page: Page) => Promise<unknown>) {
  await page.goto('/rooms/jobs/settings');
  await fill(page);
  await page.click('form[action="?/save"] button');
  await page.waitForSelector('.notice, [role=status]');
}
/** Katrin replies to what Nour wrote. */
async function reply(text: string) {
  const { page } = katrin;
  await enter(katrin, '/rooms/jobs');
  const hers = page.locator('article', { has: page.locator('.text', { hasText: 'post 2' }) });
  await hers.locator('.act').click();
  await page.locator('.menu').getByText('Antworten', { exact: true }).click();
  await page.fill('#composer', text);
  await page.press('#composer', 'Enter');
  await page.locator('article .text', { hasText: text }).waitFor();
}

it('while she looks elsewhere title and icon say that something waits, and nothing about what', async () => {
  await nour.page.goto('/rooms/jobs/enter');
  await nour.page.click('form[action="?/join"] button');
  await nour.page.waitForURL('**/rooms/jobs');
  await enter(nour, '/rooms/schools');
  await look(nour.page, 'hidden');
  expect(await nour.page.title()).not.toMatch(/\d/);
  await reply('Das erste');
  await expect.poll(() => nour.page.title()).toBe('(1) Notes');
  expect(await icon(nour.page)).toBe('/icon-new.svg');
  await look(nour.page, 'visible');
  expect([await nour.page.title(), await icon(nour.page)]).toEqual([expect.stringContaining('Schools'), '/icon.svg']);
  expect(await bell(nour).textContent()).toContain('1');
});

it('in her quiet hours it counts, and title and icon stay as they are', async () => {
  await settings(nour, async (page) => {
    await page.fill('[name=quietFrom]', '00:00');
    await page.fill('[name=quietTo]', '00:00'); // all day
  });
  await enter(nour, '/rooms/schools');
  await look(nour.page, 'hidden');
  await reply('Das zweite');
  await expect.poll(() => bell(nour).textContent()).toContain('2');
  expect([await nour.page.title(), await icon(nour.page)]).toEqual([expect.stringContaining('Schools'), '/icon.svg']);
  await look(nour.page, 'visible');
});

it('a room of which she wants to hear nothing counts nothing, neither in the bar nor in the list', async () => {
  await settings(nour, (page) => page.check('[name=level][value=nothing]'));
  await enter(nour, '/rooms/schools');
  await expect.poll(() => bell(nour).textContent()).not.toMatch(/\d/);
  await reply('Das dritte');
  await nour.page.goto('/rooms');
  expect(await bell(nour).textContent()).not.toMatch(/\d/);
  expect(await nour.page.locator('a[href="/rooms/jobs"] .unread').count()).toBe(0);
  await nour.page.goto('/notes');
  expect(await nour.page.textContent('main')).toContain('Das dritte');
  expect(await nour.page.locator('li.unread').count()).toBe(0);
});

it('a room that she hides is among the others, and comes back', async () => {
  await nour.page.goto('/rooms/schools/enter');
  await nour.page.click('form[action="?/join"] button');
  await nour.page.waitForURL('**/rooms/schools');
  const mine = nour.page.locator('nav section a[href="/rooms/jobs"]');
  await nour.page.goto('/rooms');
  expect(await mine.count()).toBe(1);
  await settings(nour, (page) => page.uncheck('[name=listed]'));
  await nour.page.goto('/rooms');
  expect([await mine.count(), await nour.page.locator('nav details a[href="/rooms/jobs"]').count()]).toEqual([0, 1]);
  await settings(nour, (page) => page.check('[name=listed]'));
  await nour.page.goto('/rooms');
  expect(await mine.count()).toBe(1);
});

it('quiet hours with one end only are asked about, and what she chose is still there', async () => {
  await nour.page.goto('/rooms/jobs/settings');
  await nour.page.check('[name=level][value=mentions]');
  await nour.page.fill('[name=quietFrom]', '22:00');
  await nour.page.fill('[name=quietTo]', '');
  await nour.page.click('form[action="?/save"] button');
  await nour.page.waitForSelector('[name=quietTo][aria-invalid=true]');
  expect(await nour.page.inputValue('[name=quietFrom]')).toBe('22:00');
  expect(await nour.page.isChecked('[name=level][value=mentions]')).toBe(true);
});

it('a room for staff is made on screen, and is not there for a member', async () => {
  const { page } = katrin;
  await page.goto('/rooms/manage/new');
  await page.fill('[name="name.de"]', 'Team');
  await page.fill('[name="purpose.de"]', 'Unter uns');
  await page.check('[name=access][value=staff]');
  await page.click('main form button[type=submit]');
  await page.waitForURL('**/rooms/manage');
  expect((await nour.page.goto('/rooms/team'))?.status()).toBe(404);
  await nour.page.goto('/rooms');
  expect(await nour.page.content()).not.toContain('Team');
});

it('nothing breaks the content security policy', () => {
  expect(katrin.complaints.concat(nour.complaints)).toEqual([]);
});
