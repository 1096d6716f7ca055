// Two women, two languages, one room; one of them in the tram tunnel.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { enterRoom, roomIsLive } from '../support/in-room.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const texts = (page: Page) => page.locator('article .text').allTextContents();
const write = async (page: Page, text: string) => {
  await page.fill('#composer', text);
  await page.press('#composer', 'Enter');
};
const until = (page: Page, expected: string[]) => expect.poll(() => texts(page), { timeout: 20_000 }).toEqual(expected);

it('both see the same messages once and in order, also after one was offline and reloaded', async () => {
  const nour = await site.visit();
  const elif = await site.visit();
  await site.join(nour, 'nour', 'نور', 'ar');
  await site.join(elif, 'elif', 'Elif', 'de');
  for (const { page } of [nour, elif]) {
    await page.click('a[href="/rooms/jobs"]');
    await roomIsLive(page);
  }
  expect(await nour.page.getAttribute('html', 'dir')).toBe('rtl');
  expect(await elif.page.getAttribute('html', 'dir')).toBe('ltr');
  await nour.page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  await write(nour.page, 'مرحبا من يعرف معادلة الشهادات؟');
  await until(elif.page, ['مرحبا من يعرف معادلة الشهادات؟']);
  await write(elif.page, 'Hallo! Ja, ich.');
  const both = ['مرحبا من يعرف معادلة الشهادات؟', 'Hallo! Ja, ich.'];
  await until(nour.page, both);

  await nour.context.setOffline(true);
  await write(nour.page, 'أولاً');
  await write(nour.page, 'ثانيًا');
  await nour.page.fill('#composer', 'نصف');
  await write(elif.page, 'Noch da?');
  await expect.poll(() => nour.page.locator('.pending .text').allTextContents()).toEqual(['أولاً', 'ثانيًا']);
  expect(await texts(nour.page)).not.toContain('Noch da?');

  await nour.page.reload().catch(() => undefined);
  await nour.page.waitForURL('**/offline?to=*');
  await expect.poll(() => nour.page.locator('.pending .text').allTextContents()).toEqual(['أولاً', 'ثانيًا']);
  expect(await nour.page.getAttribute('html', 'lang')).toBe('ar');
  expect(await nour.page.content()).not.toContain('Noch da?');

  await nour.context.setOffline(false);
  await nour.page.waitForURL('**/rooms/jobs');
  const all = [...both, 'Noch da?', 'أولاً', 'ثانيًا'];
  await until(elif.page, all);
  await until(nour.page, all);
  expect(await nour.page.locator('.pending').count()).toBe(0);
  await expect.poll(() => nour.page.inputValue('#composer')).toBe('نصف');
  await elif.page.reload();
  await until(elif.page, all);
  expect(nour.complaints.concat(elif.complaints)).toEqual([]);
  await nour.context.close();
  await elif.context.close();
});

it('a tap without network leads to the page that says so, and on by itself when it is back', async () => {
  const lina = await site.visit();
  await site.join(lina, 'lina', 'Lina', 'de');
  const { page, context, complaints } = lina;
  await enterRoom(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.click('nav a[href="/drop-in"]');
  await page.waitForURL('**/offline?to=%2Fdrop-in');
  await context.setOffline(false);
  await page.waitForURL('**/drop-in');
  expect(complaints).toEqual([]);
  await context.close();
});

it('shows who writes, who is here, and takes a removed message away from both', async () => {
  const oksana = await site.visit();
  const heba = await site.visit();
  await site.join(oksana, 'oksana', 'Оксана', 'uk');
  await site.join(heba, 'heba', 'Heba', 'en');
  await oksana.page.goto('/me');
  await oksana.page.check('[name="showsPresence"]');
  await oksana.page.click('form[action="?/presence"] button');
  await oksana.page.getByText('Збережено').waitFor();
  for (const { page } of [oksana, heba]) await page.goto('/rooms/schools');
  await expect.poll(() => heba.page.textContent('header .here'), { timeout: 10_000 }).toContain('2');
  // a sign goes out now and then while she types, and on a busy line one may be dropped
  const types = async () => {
    await oksana.page.locator('#composer').pressSequentially('При');
    return heba.page.textContent('.typing');
  };
  await expect.poll(types, { timeout: 20_000, interval: 500 }).toContain('Оксана');
  const words = await oksana.page.inputValue('#composer');
  await oksana.page.press('#composer', 'Enter');
  await until(heba.page, [words]);
  await heba.page.click('header .here');
  // one allows that her name is shown, the other is only counted
  await expect.poll(() => heba.page.locator('#people li bdi').allTextContents()).toEqual(['Оксана']);

  await oksana.page.click('article .act');
  await oksana.page.click('.menu .remove');
  await oksana.page.click('dialog .danger');
  for (const { page } of [oksana, heba]) {
    await page.waitForSelector('article.stone');
    expect(await page.content()).not.toContain(`${words}<`);
  }
  await oksana.context.close();
  await heba.context.close();
});
