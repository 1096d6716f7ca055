// Help now from every screen, also offline and before sign-in; the crisis card, which only she sees and which tells nobody anything.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page, Response } from 'playwright';
import { enterRoom, openAwake } from '../support/in-room.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'amal', displayName: 'Amal', locale: 'en' },
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
    ],
  });
});
afterAll(() => site.close());

const NUMBERS = ['tel:110', 'tel:112', 'tel:116016'];
const callsIn = (page: Page, where: string) =>
  page.locator(`${where} a[href^="tel:"]`).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
const sheet = '#help-sheet:popover-open';

it('the numbers open over whatever she is looking at, in her language, and the way out stays in reach', async () => {
  const visitor = await site.visit({ viewport: { width: 320, height: 568 } });
  const { page, context, complaints } = visitor;
  for (const path of ['/welcome', '/sign-in', '/reset', site.joinPath]) {
    await page.goto(path);
    await page.click('nav a[href="/help"]');
    expect(await callsIn(page, sheet)).toEqual(NUMBERS);
  }
  await site.signIn(visitor, 'nour');
  for (const path of ['/rooms', '/rooms/jobs', '/notes', '/me', '/search', '/no-such-page']) {
    await page.goto(path);
    await page.click('nav a[href="/help"]');
    expect(await callsIn(page, sheet)).toEqual(NUMBERS);
    expect(await page.textContent(sheet)).toContain('الشرطة');
    const { right, bottom, top } = await page
      .locator(sheet)
      .evaluate((part) => part.getBoundingClientRect().toJSON() as DOMRect);
    const exit = await page.locator('form[action="/leave"]').boundingBox();
    expect(right).toBeLessThanOrEqual(320);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(exit?.y ?? 0);
    await page.keyboard.press('Escape');
    expect(await page.locator(sheet).count()).toBe(0);
  }
  expect(complaints).toEqual([]);
  await context.close();
});

it('they open without network, where she is, and in her language, whatever the browser speaks', async () => {
  const visitor = await site.visit({ locale: 'en-GB' });
  await site.signIn(visitor, 'nour');
  const { page, context } = visitor;
  await page.goto('/rooms/jobs');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const hers = () =>
    page.evaluate(async () => {
      const shell = (await caches.keys()).find((name) => name.startsWith('shell-'));
      const help = shell === undefined ? undefined : await caches.match('/help', { cacheName: shell });
      return (await help?.text())?.includes('lang="ar"') ?? false;
    });
  await expect.poll(hers).toBe(true);
  await context.setOffline(true);
  await page.click('nav a[href="/help"]');
  expect(await callsIn(page, sheet)).toEqual(NUMBERS);
  // and as a page of their own
  await page.goto('/help');
  expect(await callsIn(page, 'main')).toEqual(NUMBERS);
  expect(await page.getAttribute('html', 'dir')).toBe('rtl');
  await context.close();
});

it('a stranger who opened the sign-in page once reads them without network, in the language she chose there', async () => {
  const { page, context, complaints } = await site.visit({ locale: 'de-DE' });
  await page.goto('/welcome');
  await page.click('button[name=locale][value=ar]');
  await page.goto('/sign-in');
  const kept = () =>
    page.evaluate(async () => {
      const help = await caches.match('/help', { cacheName: 'help' });
      return (await help?.text())?.includes('lang="ar"') ?? false;
    });
  await expect.poll(kept).toBe(true);
  await context.setOffline(true);
  await page.goto('/help');
  expect(await callsIn(page, 'main')).toEqual(NUMBERS);
  expect(await page.getAttribute('html', 'dir')).toBe('rtl');
  // with its styles
  const accent = () => getComputedStyle(document.documentElement).getPropertyValue('--accent');
  expect(await page.evaluate(accent)).not.toBe('');
  expect(complaints).toEqual([]);
  await context.close();
});

it('so does a woman who signed out', async () => {
  const visitor = await site.visit();
  await site.signIn(visitor, 'amal');
  const { page, context } = visitor;
  await openAwake(page, '/me');
  await page.click('button[formaction="?/out"]');
  await page.waitForURL('**/sign-in?bye');
  await expect
    .poll(() => page.evaluate(async () => Boolean(await caches.match('/help', { cacheName: 'help' }))))
    .toBe(true);
  await context.setOffline(true);
  await page.goto('/help');
  expect(await callsIn(page, 'main')).toEqual(NUMBERS);
  await context.close();
});

it('without scripts the same place leads to the page with the numbers', async () => {
  const { page, context } = await site.visit({ javaScriptEnabled: false });
  await page.goto('/sign-in');
  await page.click('nav a[href="/help"]');
  expect(new URL(page.url()).pathname).toBe('/help');
  expect(await callsIn(page, 'main')).toEqual(NUMBERS);
  await context.close();
});

it('what sounds like violence shows her the numbers, and nothing leaves the device because of it', async () => {
  const visitor = await site.visit({ serviceWorkers: 'block' });
  await site.signIn(visitor, 'amal');
  const { page, context, complaints } = visitor;
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(String(payload))));
  const open = new Set<unknown>();
  page.on('request', (request) => void open.add(request));
  for (const end of ['requestfinished', 'requestfailed'] as const) {
    page.on(end as 'requestfinished', (request) => void open.delete(request));
  }
  await enterRoom(page);
  const card = page.getByRole('heading', { name: 'You are not alone' });
  await page.focus('#composer');
  await page.waitForSelector('form > div[role=status]', { state: 'attached' });
  const kept = () =>
    page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
    }));

  // an ordinary message first: what writing loads and keeps anyway
  await page.keyboard.type('my husband is at work');
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'my husband is at work' }).waitFor();
  await expect.poll(() => page.inputValue('#composer')).toBe('');
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  await expect.poll(() => open.size).toBe(0);
  const before = await kept();
  const requests: string[] = [];
  const earlier = frames.length;
  page.on('request', (request) => requests.push(request.url()));
  await page.keyboard.type('my husband hits me');
  await card.waitFor();
  expect(await callsIn(page, 'form [role=status] section')).toEqual(NUMBERS);
  await page.getByRole('button', { name: 'Hide' }).click();
  await card.waitFor({ state: 'detached' });

  expect(requests).toEqual([]);
  expect(await kept()).toEqual(before);
  // the line carries that she types and how far she read, as always, and never what
  const sent = frames.slice(earlier);
  expect(sent.filter((frame) => frame.includes('husband') || frame.includes('crisis'))).toEqual([]);
  const names = (some: string[]) => new Set(some.map((frame) => /^42\d*\["([^"]+)"/.exec(frame)?.[1] ?? ''));
  const usual = names(frames.slice(0, earlier)).add('room:typing').add('room:read');
  expect([...names(sent)].filter((name) => !usual.has(name))).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

it('also where she looks for words: what she types into the search field is answered before she sends it', async () => {
  const visitor = await site.visit({ serviceWorkers: 'block' });
  await site.signIn(visitor, 'nour');
  const { page, context, complaints } = visitor;
  await page.goto('/search');
  await page.focus('[name=q]');
  await page.waitForSelector('form > div > div[role=status]', { state: 'attached' });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.keyboard.type('زوجي يضربني');
  await page.locator('form section').waitFor();
  expect(await callsIn(page, 'form section')).toEqual(NUMBERS);
  expect(requests).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

it('the list costs a prepaid phone at most six kilobytes, and only whoever comes to write', async () => {
  const visitor = await site.visit({ serviceWorkers: 'block' });
  await site.signIn(visitor, 'amal');
  const { page, context } = visitor;
  const lists: Promise<number>[] = [];
  const sizeOfList = async (response: Response): Promise<number> => {
    // of a page that she has left meanwhile there is none
    const body = await response.body().catch(() => Buffer.alloc(0));
    return body.includes('he beats me') ? gzipSync(body).length : 0;
  };
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) lists.push(sizeOfList(response));
  });
  const total = async (): Promise<number> => (await Promise.all(lists)).reduce((sum, bytes) => sum + bytes, 0);
  await enterRoom(page);
  await page.waitForLoadState('networkidle');
  expect(await total()).toBe(0);
  await page.focus('#composer');
  await expect.poll(total).toBeGreaterThan(0);
  expect(await total()).toBeLessThanOrEqual(6 * 1024);
  await context.close();
});
