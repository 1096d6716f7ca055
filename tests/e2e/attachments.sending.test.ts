// A message that is sent before its files have arrived: it waits for them, can be taken back, and is not lost. In a real browser.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { photo } from '../support/attachments.ts';
import { article, keptOnDevice } from '../support/composing.ts';
import { enterRoom } from '../support/in-room.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'amal', displayName: 'Amal', locale: 'en' }], posts: 2 });
});
afterAll(() => site.close());

async function inside(userName: string): Promise<Visitor> {
  const visitor = await site.visit({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  await site.signIn(visitor, userName);
  await enterRoom(visitor.page);
  return visitor;
}
async function choose(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.click('.more');
  await page.locator('input[type=file][multiple]').setInputFiles(files);
}
const tray = (page: Page) => page.locator('form[action="?/post"] section li');
const send = (page: Page) => page.click('form[action="?/post"] [type=submit]');
const jpeg = async () => ({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await photo() });

it('a message that was sent while its picture is on its way goes by itself; what she types meanwhile is the next one', async () => {
  const { page, context, complaints } = await inside('amal');
  let cut = true;
  await page.route('**/api/attachments**', (route) => (cut ? route.abort() : route.continue()));
  await page.route('**/api/attachments/**', (route) => (cut ? route.abort() : route.continue()));
  const online = () => {
    cut = false;
    return page.evaluate(() => dispatchEvent(new Event('online')));
  };
  await choose(page, [await jpeg()]);
  await page.fill('#composer', 'This is the letter');
  await send(page);
  const held = page.getByRole('list', { name: 'Waiting for files' }).locator(':scope > li');
  await expect.poll(() => held.allTextContents()).toEqual([expect.stringContaining('This is the letter')]);
  expect(await held.textContent()).toContain('Goes by itself');
  expect(await page.inputValue('#composer')).toBe('');
  // she may think again
  await held.getByRole('button', { name: 'Do not send, change it' }).click();
  await expect.poll(() => held.count()).toBe(0);
  expect(await page.inputValue('#composer')).toBe('This is the letter');
  expect(await tray(page).count()).toBe(1);
  await page.fill('#composer', 'This is the letter from yesterday');
  await send(page);
  await expect.poll(() => held.count()).toBe(1);
  await page.fill('#composer', 'and what I think of it');
  await send(page);
  await article(page, 'and what I think of it').waitFor();
  expect(await article(page, 'from yesterday').count()).toBe(0);
  // it goes on while she looks at another room
  await page.locator('a[href="/rooms"]:visible').first().click();
  await page.waitForURL('**/rooms');
  await online();
  await page.locator('a[href="/rooms/jobs"]:visible').first().click();
  await page.waitForURL('**/rooms/jobs');
  await expect.poll(() => article(page, 'from yesterday').locator('img').count(), { timeout: 30_000 }).toBe(1);
  await expect.poll(() => page.getByText('Waiting for files').count()).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});

it('a picture that fails after she sent keeps her words; without it the message goes', async () => {
  const { page, context } = await inside('amal');
  const bad = { name: 'bad.png', mimeType: 'image/png', buffer: Buffer.from('<!doctype html>') };
  let later: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (later = resolve));
  await page.route('**/api/attachments/**', async (route) => {
    await released;
    await route.continue();
  });
  await choose(page, [bad]);
  await page.fill('#composer', 'look at this one');
  await send(page);
  const held = page.getByRole('list', { name: 'Waiting for files' }).locator(':scope > li');
  await held.waitFor();
  later();
  await expect.poll(() => held.textContent()).toContain('One file did not arrive');
  expect(await held.textContent()).toContain('look at this one');
  expect(await article(page, 'look at this one').count()).toBe(0);
  await held.getByRole('button', { name: 'bad.png' }).click();
  await article(page, 'look at this one').waitFor();
  expect(await held.count()).toBe(0);
  await context.close();
});

it('after a reload her words are there, also those that waited for a file, and it is said that the files are not', async () => {
  const { page, context } = await inside('amal');
  await page.route('**/api/attachments**', (route) => route.abort());
  await choose(page, [await jpeg()]);
  await page.fill('#composer', 'waits for its picture');
  await page.click('.more');
  await page.locator('#composer-options input[type=checkbox]').first().check();
  await send(page);
  await page.getByText('Goes by itself').first().waitFor();
  await page.fill('#composer', 'half a sentence');
  const lost = page.getByText('Your files were not kept. Please choose them again.');
  for (const words of ['waits for its picture', 'half a sentence'])
    await expect.poll(() => keptOnDevice(page, words)).toBe(true);
  await page.reload();
  await lost.waitFor();
  expect(await page.inputValue('#composer')).toBe('waits for its picture\nhalf a sentence');
  // what she asked anonymously does not lose its being so
  expect(await page.getByRole('list', { name: 'Chosen for this message' }).textContent()).toContain('Anonymous');
  // said once
  await expect.poll(() => keptOnDevice(page, '/files')).toBe(false);
  await page.reload();
  await page.getByRole('list', { name: 'Chosen for this message' }).waitFor();
  expect(await lost.count()).toBe(0);
  await context.close();
});
