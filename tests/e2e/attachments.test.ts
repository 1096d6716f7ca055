// Pictures and documents in a real browser: chosen, pasted, photographed, several at once, over a line that breaks; covered; paid for by the kilobyte.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserContextOptions, Page } from 'playwright';
import { noise, PDF, photo } from '../support/attachments.ts';
import { enterRoom } from '../support/in-room.ts';
import { temporaryFolder } from '../support/servers.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'amal', displayName: 'Amal', locale: 'en' },
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
    ],
    posts: 2,
  });
});
afterAll(() => site.close());

const PHONE = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  serviceWorkers: 'block' as const,
};
const DESKTOP = { viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' as const };
async function inside(userName: string, options: BrowserContextOptions = DESKTOP): Promise<Visitor> {
  const visitor = await site.visit(options);
  await site.signIn(visitor, userName);
  await enterRoom(visitor.page);
  return visitor;
}
async function choose(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[] | string[]) {
  await page.click('.more');
  await page.locator('input[type=file][multiple]').setInputFiles(files);
}
const tray = (page: Page) => page.locator('form[action="?/post"] section li');
const states = (page: Page) => tray(page).locator('.state').allTextContents();
const ready = (page: Page, count: number, word = 'Ready') =>
  expect.poll(() => states(page), { timeout: 30_000 }).toEqual(Array(count).fill(expect.stringContaining(word)));
const send = (page: Page) => page.click('form[action="?/post"] [type=submit]');
const article = (page: Page, text: string) => page.locator('article', { hasText: text });
const jpeg = async (name = 'photo.jpg') => ({ name, mimeType: 'image/jpeg', buffer: await photo() });

it('several at once on a phone: photographs and a document, sent as one message, seen by others without place or name', async () => {
  const [amal, nour] = [await inside('amal', PHONE), await inside('nour', PHONE)];
  // the camera is offered where there is one
  await amal.page.click('.more');
  const camera = amal.page.locator('input[type=file][capture=environment]');
  await camera.setInputFiles(await jpeg('IMG_2041.jpg'));
  await choose(amal.page, [await jpeg(), { name: 'Antrag.pdf', mimeType: 'application/pdf', buffer: PDF }]);
  await ready(amal.page, 3);
  await amal.page.fill('#composer', 'Is this letter real?');
  await send(amal.page);
  const seen = article(nour.page, 'Is this letter real?');
  await expect.poll(() => seen.locator('img').count(), { timeout: 20_000 }).toBe(2);
  expect(await seen.locator('a[download]').getAttribute('download')).toBe('Antrag.pdf');
  expect(await seen.innerHTML()).not.toContain('IMG_2041');
  // its place was kept: nothing moves when it loads
  expect(await seen.locator('img').first().getAttribute('width')).toBeTruthy();
  await seen.locator('.picture button').first().click();
  await nour.page.locator('dialog[open] img').waitFor();
  await nour.page.keyboard.press('Escape');
  expect(await nour.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(amal.complaints.concat(nour.complaints)).toEqual([]);
  for (const { context } of [amal, nour]) await context.close();
});

it('a picture is pasted; words that are pasted stay words', async () => {
  const { page, context } = await inside('amal');
  const base64 = (await noise(40, 30).png().toBuffer()).toString('base64');
  /** Answers whether the field takes it as words. */
  const paste = (data: string | null) =>
    page.evaluate((picture) => {
      const clipboard = new DataTransfer();
      if (picture === null) clipboard.setData('text/plain', 'words');
      else {
        const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
        clipboard.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
      }
      const event = new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true });
      return document.querySelector('#composer')?.dispatchEvent(event);
    }, data);
  expect(await paste(null)).toBe(true);
  expect(await paste(base64)).toBe(false);
  await ready(page, 1);
  await page.fill('#composer', 'pasted');
  await send(page);
  await expect.poll(() => article(page, 'pasted').locator('img').count()).toBe(1);
  await context.close();
});

it('the line breaks in the middle: it says so, goes on by itself where it was, and can be cancelled', async () => {
  const { page, context, complaints } = await inside('amal');
  const sent: number[] = [];
  let cut = false;
  await page.route('**/api/attachments/*?offset=*', async (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get('offset'));
    if (cut || (offset > 0 && sent.length === 2)) {
      cut = true;
      await route.abort('connectionreset');
      return;
    }
    sent.push(offset);
    await route.continue();
  });
  await page.route(/\/api\/attachments\/[0-9a-f]+$/, (route) => (cut ? route.abort() : route.continue()));
  const large = await noise(1100, 900).png().toBuffer();
  const file = { name: 'large.png', mimeType: 'image/png', buffer: large };
  expect(large.length).toBeGreaterThan(5 * 64 * 1024);
  await choose(page, [file, { ...file, name: 'second.png' }]);
  await expect.poll(() => states(page)).toContain('No connection. It goes on by itself.');
  const progress = Number(await tray(page).first().locator('progress').getAttribute('value'));
  expect(progress).toBe(2 * 64 * 1024);
  // the second one is not wanted after all
  await tray(page).nth(1).locator('.remove').click();
  cut = false;
  sent.length = 2;
  sent.push(-1);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await ready(page, 1);
  await page.fill('#composer', 'with one');
  const again = sent.slice(3);
  expect(again[0]).toBe(2 * 64 * 1024);
  expect(new Set(again).size).toBe(again.length);
  await send(page);
  await expect.poll(() => article(page, 'with one').locator('img').count()).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
});

it('without any network a file waits, and goes when the network is back', async () => {
  const { page, context } = await inside('amal');
  await page.click('.more'); // what is behind it has loaded
  await page.locator('input[type=file][multiple]').waitFor({ state: 'attached' });
  await context.setOffline(true);
  await page.locator('input[type=file][multiple]').setInputFiles(await jpeg());
  await expect.poll(() => states(page)).toEqual(['No connection. It goes on by itself.']);
  await context.setOffline(false);
  await ready(page, 1);
  await context.close();
});

it('what is no picture, too large or too many is said in words, and the rest goes', async () => {
  const { page, context } = await inside('amal');
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');
  const folder = await temporaryFolder();
  const write = async (name: string, content: Buffer) => {
    const path = join(folder.path, name);
    await writeFile(path, content);
    return path;
  };
  await choose(page, [
    await write('picture.png', html),
    await write('film.mp4', Buffer.from('film')),
    await write('huge.pdf', Buffer.alloc(40 * 1024 * 1024, 'x')),
    await write('photo.jpg', await photo()),
  ]);
  await expect
    .poll(() => states(page), { timeout: 30_000 })
    .toEqual([
      'This is neither a picture nor a PDF.',
      'This is neither a picture nor a PDF.',
      expect.stringMatching(/^Larger than 10/),
      expect.stringContaining('Ready'),
    ]);
  await choose(page, await Promise.all([jpeg('a.jpg'), jpeg('b.jpg'), jpeg('c.jpg')]));
  await expect.poll(() => page.textContent('form[action="?/post"] section .note')).toContain('At most 6');
  await expect
    .poll(async () => (await states(page)).filter((one) => one.startsWith('Ready')).length, { timeout: 30_000 })
    .toBe(3);
  await page.fill('#composer', 'three of them');
  await send(page);
  await expect.poll(() => article(page, 'three of them').locator('.picture').count()).toBe(3);
  expect(await tray(page).count()).toBe(0);
  await context.close();
  await folder.remove();
}, 180_000);

it('a covered picture shows why, costs nothing until the tap, and then is there', async () => {
  const [amal, nour] = [await inside('amal', PHONE), await inside('nour', PHONE)];
  const fetched: string[] = [];
  nour.page.on('request', (request) => {
    if (/attachments\/\w+\/(file|thumb)/.test(request.url())) fetched.push(request.url());
  });
  await choose(amal.page, [await jpeg()]);
  await amal.page.locator('label.cover input').check();
  await ready(amal.page, 1);
  await amal.page.fill('#composer', 'what do I do?');
  await send(amal.page);
  // without the reason it does not go: others read it instead of the picture
  const reason = amal.page.locator('form[action="?/post"] section input[type=text]');
  await expect.poll(() => reason.getAttribute('aria-invalid')).toBe('true');
  expect(await reason.evaluate((one) => one === document.activeElement)).toBe(true);
  await reason.fill('a letter from the police');
  await send(amal.page);
  const seen = article(nour.page, 'what do I do?');
  const over = seen.locator('a.over');
  await expect.poll(() => over.textContent()).toContain('a letter from the police');
  expect(await over.textContent()).toMatch(/[\d٠-٩]+.*(كيلوبايت|ك\.ب|kB)/);
  expect(await seen.locator('img').count()).toBe(0);
  const id = (await over.getAttribute('href'))?.split('/')[3] ?? '';
  const ofThis = () => fetched.filter((url) => url.includes(id));
  expect(id).toMatch(/^[0-9a-f]{24}$/);
  expect(ofThis()).toEqual([]);
  await over.click();
  await seen.locator('img').waitFor();
  expect(ofThis()).toHaveLength(1);
  for (const { context } of [amal, nour]) await context.close();
});

it('on a line that is paid by the megabyte a picture waits for a tap and says its kilobytes; she may decide otherwise', async () => {
  const amal = await inside('amal');
  await choose(amal.page, [await jpeg()]);
  await ready(amal.page, 1);
  await amal.page.fill('#composer', 'my garden');
  await send(amal.page);
  await article(amal.page, 'my garden').waitFor();
  await amal.context.close();

  const nour = await site.visit(PHONE);
  await nour.context.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '3g' } });
  });
  await site.signIn(nour, 'nour');
  await enterRoom(nour.page);
  const over = article(nour.page, 'my garden').locator('a.over');
  await over.waitFor();
  await over.scrollIntoViewIfNeeded();
  expect(await over.textContent()).toMatch(/[\d٠-٩]+/);
  expect(await article(nour.page, 'my garden').locator('img').count()).toBe(0);
  await over.click();
  await article(nour.page, 'my garden').locator('img').waitFor();

  await nour.page.goto('/me', { waitUntil: 'networkidle' });
  const saver = nour.page.getByRole('checkbox', { name: /توفير/ });
  expect(await saver.isChecked()).toBe(true);
  await saver.uncheck();
  await enterRoom(nour.page);
  // near the screen they load, and the room opens where she has not read yet
  await article(nour.page, 'my garden').scrollIntoViewIfNeeded();
  await article(nour.page, 'my garden').locator('img').waitFor();
  await nour.context.close();
});
