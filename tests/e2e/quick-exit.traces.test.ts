// Leaving by keyboard, what stays on the device, what "back" shows, where she goes, and what she is told beforehand.
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LEFT_MARK } from '../../src/lib/features/accounts/leave.ts';
import { EXIT_SITES } from '../../src/lib/shared/exit.ts';
import { openSite, type Site } from '../support/site.ts';

const NEUTRAL_SITE = EXIT_SITES.weather;
let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'amal', displayName: 'Amal', locale: 'en' },
      { userName: 'olena', displayName: 'Olena', locale: 'en' },
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
    ],
  });
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

/** Everything this site could have left on the device. */
async function traces(context: BrowserContext): Promise<unknown> {
  const page = await context.newPage();
  // a file of the hub that runs no script and sets no cookie
  await page.goto('/robots.txt');
  const kept = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  await page.close();
  return { ...kept, cookies: (await context.cookies(site.origin)).map(({ name }) => name) };
}
const NOTHING = { local: {}, session: {}, databases: [], caches: [], workers: 0, cookies: [] };
const pressShift = async (page: Page, times: number): Promise<void> => {
  for (let i = 0; i < times; i++) await page.keyboard.press('Shift');
};

it('three times Shift: the next painted frame is empty, and so are storage, caches and cookies afterwards', async () => {
  const { page, context } = await inRoom();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.fill('#composer', 'nobody may read this');
  await page.evaluate(() => localStorage.setItem('anything', 'hers'));
  // the harmless page is slow: what is seen until then is ours
  let arrived = (): void => undefined;
  const waiting = new Promise<void>((resolve) => (arrived = resolve));
  await context.route(`${NEUTRAL_SITE}**`, async (route) => {
    await waiting;
    await route.fulfill({ body: 'Weather' });
  });
  const frames: unknown[] = [];
  await page.exposeFunction('painted', (frame: unknown) => void frames.push(frame));
  await page.evaluate(() => {
    let presses = 0;
    addEventListener('keyup', () => {
      if (++presses < 3) return;
      requestAnimationFrame(() => {
        const parts = [...document.querySelectorAll('body, body *')];
        (window as unknown as { painted: (frame: unknown) => void }).painted({
          boxes: parts.filter((part) => part.getClientRects().length > 0).length,
          title: document.title,
          color: getComputedStyle(document.documentElement).backgroundColor,
        });
      });
    });
  });
  await pressShift(page, 3);
  await expect.poll(() => frames).toEqual([{ boxes: 0, title: '', color: 'rgb(255, 255, 255)' }]);
  arrived();
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  await expect.poll(() => traces(context)).toEqual(NOTHING);
  // what belongs to the tab is only seen in it
  await page.goto('/robots.txt');
  expect(await page.evaluate(() => ({ ...sessionStorage }))).toEqual({});
  await context.close();
});

it('a stranger who leaves the help leaves nothing behind either', async () => {
  const { page, context } = await site.visit();
  await context.route(`${NEUTRAL_SITE}**`, (route) => route.fulfill({ body: 'Weather' }));
  await page.goto('/help');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await pressShift(page, 3);
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  await expect.poll(() => traces(context)).toEqual(NOTHING);
  await context.close();
});

it('two Shifts, or capitals between them, are just writing', async () => {
  const { page, context } = await inRoom();
  await page.click('#composer');
  await pressShift(page, 2);
  await page.keyboard.press('Shift+A');
  await pressShift(page, 2);
  await page.keyboard.press('b');
  expect(await page.inputValue('#composer')).toBe('Ab');
  expect(await page.evaluate(() => document.documentElement.classList.contains('leaving'))).toBe(false);
  await context.close();
});

it('others see at once that she is gone, although the harmless page does not come', async () => {
  const other = await site.visit();
  await site.signIn(other, 'olena');
  await other.page.goto('/rooms/jobs');
  const { page, context } = await inRoom();
  const heard = () => other.page.textContent('main');
  await expect.poll(heard, { timeout: 15_000 }).toContain('2 here');
  await context.route(`${NEUTRAL_SITE}**`, () => undefined); // never comes
  await pressShift(page, 3);
  await expect.poll(heard, { timeout: 15_000 }).not.toContain('2 here');
  expect(new URL(page.url()).pathname).toBe('/rooms/jobs');
  await context.close();
  await other.context.close();
});

it('"back" shows a harmless page, not the sign-in', async () => {
  const { page, context } = await inRoom();
  const seen: string[] = [];
  await page.click('nav a[href="/me"]');
  await page.waitForURL('**/me');
  await page.goto('/rooms/jobs');
  await pressShift(page, 3);
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  const cookies = async () => (await context.cookies(site.origin)).map(({ name }) => name);
  await expect.poll(cookies).toEqual([]);
  await page.exposeFunction('saw', (text: string) => seen.push(text));
  await page.addInitScript(() => {
    const look = (): void => {
      const { saw } = window as unknown as { saw?: (text: string) => void };
      if (document.body?.checkVisibility()) saw?.(document.body.innerText);
      requestAnimationFrame(look);
    };
    look();
  });
  // not goBack: the page goes on by itself, and two ways at once hang the browser
  const turnedAway = page.waitForRequest(/\/sign-in\?next/);
  await page.evaluate(() => void setTimeout(() => history.back()));
  await turnedAway;
  await expect.poll(() => page.url(), { timeout: 15_000 }).toContain(NEUTRAL_SITE);
  await expect.poll(() => page.textContent('body')).toBe('Weather');
  // further back, past the sign-in page that she came in by, to the beginning
  while (page.url() !== 'about:blank') {
    const went = page.waitForEvent('framenavigated');
    await page.evaluate(() => void setTimeout(() => history.back()));
    await went;
    const ended = async () => page.url() === 'about:blank' || (await page.textContent('body')) === 'Weather';
    await expect.poll(ended, { timeout: 15_000 }).toBe(true);
  }
  expect(seen.filter((text) => text.trim() !== '' && text !== 'Weather')).toEqual([]);
  await context.close();
});

it('offline too: nothing is left but the mark that signs her out, and the login it is about', async () => {
  const { page, context } = await inRoom();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.fill('#composer', 'nobody may read this');
  await context.setOffline(true);
  await pressShift(page, 3);
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  await context.setOffline(false);
  const left = { ...NOTHING, workers: expect.any(Number) as number, cookies: expect.any(Array) as string[] };
  await expect.poll(() => traces(context)).toEqual(left);
  const cookies = (await context.cookies(site.origin)).map(({ name }) => name);
  expect(cookies.filter((name) => name !== 'session' && name !== LEFT_MARK)).toEqual([]);
  const answer = await context.request.get('/rooms/jobs');
  expect(new URL(answer.url()).pathname).toBe('/sign-in');
  expect(await answer.text()).not.toContain('Amal');
  await context.close();
});

it('the place of the ✕ is the way out even while a question lies over the page', async () => {
  const { page, context } = await inRoom();
  await page.evaluate(() => {
    const dialog = document.createElement('dialog');
    dialog.textContent = 'a question';
    document.body.append(dialog);
    dialog.showModal();
  });
  const { x, y, width, height } = (await page.locator(EXIT).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(x + width / 2, y + height / 2);
  await page.waitForURL(`${NEUTRAL_SITE}**`);
  await context.close();
});

it('it stands in the same place on every page', async () => {
  const { page, context } = await inRoom();
  const places = new Set<string>();
  for (const path of '/rooms /rooms/jobs /notes /me /help /search /no-such-page /rooms/jobs/pins'.split(' ')) {
    await page.goto(path);
    const box = await page.locator(EXIT).boundingBox();
    places.add(JSON.stringify(box));
  }
  expect([...places]).toHaveLength(1);
  await context.close();
});

it('she chooses where it leads, and her pages pass for notes: title, icon, nothing to install', async () => {
  const { page, context, complaints } = await site.visit();
  await context.route(`${EXIT_SITES.recipes}**`, (route) => route.fulfill({ body: 'Soup' }));
  await site.signIn({ page, context, complaints }, 'nour');
  await page.goto('/me');
  await page.check('input[name=exitTo][value=recipes]');
  await page.check('input[name=disguise]');
  await page.click('form[action="?/exit"] button');
  await page.waitForURL(/\/me\?left/);
  await expect.poll(() => page.title()).toBe('ملاحظات');
  expect(await page.getAttribute('link[rel=icon]', 'href')).toMatch(/\/icon-plain\.svg$/);
  expect(await page.locator('link[rel=manifest]').count()).toBe(0);
  await page.click('nav a[href="/rooms"]');
  await page.waitForURL('**/rooms');
  await expect.poll(() => page.title()).toBe('ملاحظات');
  await page.goto('/rooms/jobs');
  await expect.poll(() => page.title()).toBe('ملاحظات');
  await page.click(EXIT);
  await page.waitForURL(`${EXIT_SITES.recipes}**`);
  expect(complaints).toEqual([]);
  await context.close();
});

it('she is told beforehand: what is unsent is lost, and what it cannot do', async () => {
  const visitor = await site.visit();
  await site.join(visitor, 'first-day', 'Sevda', 'en');
  await expect.poll(() => visitor.page.textContent('main')).toContain('deletes what is unsent');
  await visitor.page.click('a[href="/help#leave"]');
  await visitor.page.waitForURL('**/help#leave');
  const text = await visitor.page.textContent('#leave');
  for (const part of ['not sent yet is lost', 'history of the browser', 'Without network', 'Shift three times']) {
    expect(text).toContain(part);
  }
  await visitor.context.close();
});
