// A conversation between two women and a coordinator: replies, edits, reactions, pins, and what the keyboard reaches.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { violationsIn } from '../support/axe.ts';
import { enterRoom, roomIsLive } from '../support/in-room.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
let amal: Visitor;
let katrin: Visitor;

beforeAll(async () => {
  site = await openSite({
    members: [{ userName: 'amal', displayName: 'Amal', locale: 'en' }],
    also: async (hub, coordinator) => {
      await hub.wordLists.add(coordinator, { language: 'en', text: 'forbidden', act: 'hold' });
    },
  });
  amal = await site.visit();
  katrin = await site.visit({ viewport: { width: 1280, height: 800 } });
  await site.signIn(amal, 'amal');
  await site.signIn(katrin, 'katrin');
  for (const { page } of [amal, katrin]) await enterRoom(page);
});
afterAll(() => site.close());

const write = async (page: Page, text: string, field = '#composer') => {
  await page.fill(field, text);
  await page.press(field, 'Enter');
};
const message = (page: Page, text: string) =>
  page.locator('article', { has: page.locator('.text', { hasText: text }) }).last();
const menu = async (page: Page, text: string, item: string) => {
  await message(page, text).locator('.act').click();
  await page.locator('.menu').getByText(item, { exact: true }).click();
};

it('a reply shows what it answers, and a tap goes there', async () => {
  await write(amal.page, 'Who knows about diplomas?');
  await message(katrin.page, 'Who knows about diplomas?').waitFor();
  await menu(katrin.page, 'Who knows about diplomas?', 'Antworten');
  await write(katrin.page, 'Ich weiß etwas darüber.');
  const reply = message(amal.page, 'Ich weiß etwas darüber.');
  await reply.waitFor();
  await expect.poll(() => reply.locator('.quote').textContent()).toContain('Who knows about diplomas?');
  await reply.locator('.quote').click();
  const focused = await amal.page.evaluate(() => document.activeElement?.textContent ?? '');
  expect(focused).toContain('Who knows about diplomas?');
});

it('reactions of two people are counted in both browsers, and are taken back', async () => {
  await amal.page.bringToFront();
  await message(amal.page, 'Ich weiß etwas').locator('.act').click();
  await amal.page.locator('.menu').getByRole('button', { name: 'Thank you' }).click();
  const shown = message(katrin.page, 'Ich weiß etwas').getByRole('button', { name: 'Danke: 1' });
  await shown.waitFor();
  expect(await shown.getAttribute('aria-pressed')).toBe('false');
  await shown.click();
  const hers = message(amal.page, 'Ich weiß etwas').getByRole('button', { name: 'Thank you: 2' });
  await hers.waitFor();
  await expect.poll(() => hers.getAttribute('aria-pressed')).toBe('true');
  await hers.click();
  await message(katrin.page, 'Ich weiß etwas').getByRole('button', { name: 'Danke: 1' }).waitFor();
});

it('words that were edited change for everyone, with a mark', async () => {
  await menu(amal.page, 'Who knows about diplomas?', 'Edit');
  await amal.page.locator('dialog[open] textarea').fill('He beats me, and the diplomas are gone');
  await amal.page.locator('dialog[open] a[href="tel:110"]').waitFor();
  await amal.page.locator('dialog[open] textarea').fill('Who knows about school diplomas?');
  await amal.page.locator('dialog[open]').getByText('Save', { exact: true }).click();
  await expect.poll(() => katrin.page.locator('article .text').first().textContent()).toContain('school diplomas');
  await expect.poll(() => katrin.page.locator('article .foot').first().textContent()).toContain('geändert');
  const reply = message(katrin.page, 'Ich weiß etwas');
  await expect.poll(() => reply.locator('.quote').textContent()).toContain('school diplomas');
});

it('an edit that the word filter holds is a stone for all but her: she reads her words and that somebody looks at them', async () => {
  await write(amal.page, 'ordinary words');
  await message(katrin.page, 'ordinary words').waitFor();
  const id = (await message(amal.page, 'ordinary words').getAttribute('id')) ?? '';
  const at = ({ page }: Visitor) => page.locator(`article[id="${id}"]`);
  await menu(amal.page, 'ordinary words', 'Edit');
  await amal.page.locator('dialog[open] textarea').fill('forbidden words');
  await amal.page.locator('dialog[open]').getByText('Save', { exact: true }).click();
  await at(amal).getByText('A moderator is looking at this').waitFor();
  await at(amal).getByText('forbidden words').waitFor();
  await at(katrin).locator('.gone').waitFor();
  expect(await at(katrin).textContent()).not.toContain('forbidden words');
  // also when she comes again
  await amal.page.reload();
  await roomIsLive(amal.page);
  await at(amal).getByText('A moderator is looking at this').waitFor();
  expect(await violationsIn(amal.page)).toEqual([]);
  const other = await site.visit();
  await site.signIn(other, 'katrin');
  await other.page.goto('/decisions');
  await other.page.locator('.card a', { hasText: 'forbidden words' }).click();
  await other.page.getByRole('button', { name: 'Nichts tun' }).click();
  for (const who of [amal, katrin]) await message(who.page, 'forbidden words').waitFor();
  await other.context.close();
});

it('a coordinator pins a message, a member is not offered that', async () => {
  await message(amal.page, 'Ich weiß etwas').locator('.act').click();
  await amal.page.locator('.menu').getByText('Copy text').waitFor();
  expect(await amal.page.locator('.menu').getByText('Pin', { exact: true }).count()).toBe(0);
  await amal.page.keyboard.press('Escape');
  await menu(katrin.page, 'Ich weiß etwas', 'Anheften');
  await expect.poll(() => message(amal.page, 'Ich weiß etwas').textContent()).toContain('Pinned by Katrin');
});

it('each message is one stop for the keyboard: Enter opens what can be done, Escape comes back', async () => {
  const { page } = amal;
  await message(page, 'Ich weiß etwas').focus();
  await page.keyboard.press('ArrowUp');
  expect(await page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('school diplomas');
  await page.keyboard.press('Enter');
  await page.locator('.menu:popover-open').waitFor();
  expect(await violationsIn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await page.locator('.menu:popover-open').count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('ARTICLE');
});

it('a thread has a page of its own, and its room counts the replies', async () => {
  const { page } = amal;
  await message(page, 'school diplomas').locator('.act').click();
  await page.locator('.menu').getByText('Reply in a thread').click();
  await page.waitForURL('**/thread/**');
  await page.locator('h1', { hasText: 'Thread' }).waitFor(); // over the room, which keeps its place
  await write(page, 'Only about nurses', '#composer-thread');
  await message(page, 'Only about nurses').waitFor();
  const count = message(katrin.page, 'school diplomas').locator('.thread');
  await expect.poll(() => count.textContent()).toContain('Antworten: 1');
  expect(await message(katrin.page, 'Only about nurses').count()).toBe(0);
  await count.click();
  await message(katrin.page, 'Only about nurses').waitFor();
  await write(katrin.page, 'Auch darüber', '#composer-thread');
  await message(page, 'Auch darüber').waitFor();
});

it('nothing breaks the content security policy', () => {
  expect(amal.complaints.concat(katrin.complaints)).toEqual([]);
});
