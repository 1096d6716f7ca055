// What she wrote and what becomes of it: waiting, refused, kept; checked on her device; edited under the eyes of who hosts the room; asked anonymously.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { enterRoom } from '../support/in-room.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

const IBAN = 'DE89 3704 0044 0532 0130 00';
let site: Site;
let amal: Visitor;
let katrin: Visitor;
beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'amal', displayName: 'Amal', locale: 'en' }], posts: 3 });
  amal = await site.visit();
  katrin = await site.visit({ viewport: { width: 1280, height: 800 } });
  await Promise.all([site.signIn(amal, 'amal'), site.signIn(katrin, 'katrin')]);
  await Promise.all([open(amal), open(katrin)]);
  // what is loaded when it is used is on the device by now
  await amal.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
});
afterAll(() => site.close());

const open = ({ page }: Visitor, path?: string) => enterRoom(page, path);
const write = async (page: Page, text: string) => {
  await page.fill('#composer', text);
  await page.press('#composer', 'Enter');
};
const message = (page: Page, text: string) => page.locator('.room article', { hasText: text }).last();
const menu = async (page: Page, text: string, item: string) => {
  await message(page, text).locator('.act').click();
  await page.locator('.menu:popover-open').getByText(item, { exact: true }).click();
};
const dialog = (page: Page) => page.locator('dialog[open]');

it('what waits says so and how it goes; what was refused says why, goes again on a tap, or is thrown away', async () => {
  const { page, context } = amal;
  await write(katrin.page, 'Wer weiß das?');
  await message(page, 'Wer weiß das?').waitFor();
  await context.setOffline(true);
  await menu(page, 'Wer weiß das?', 'Reply');
  await write(page, 'I know it');
  const pending = page.locator('.pending');
  await expect.poll(() => pending.textContent()).toContain('Not sent yet. We keep it and try again.');
  await menu(katrin.page, 'Wer weiß das?', 'Nachricht löschen');
  await dialog(katrin.page).locator('button').last().click();
  await katrin.page.locator('.stone').waitFor();
  await context.setOffline(false);
  await expect.poll(() => pending.textContent(), { timeout: 20_000 }).toContain('Not sent.');
  expect(await pending.textContent()).toContain('I know it');
  await pending.getByText('Try again', { exact: true }).click();
  await expect.poll(() => pending.textContent()).toContain('Not sent.');
  await pending.locator('.quietly').click();
  await expect.poll(() => pending.count()).toBe(0);
});

it('an anonymous message that waits says that it is anonymous', async () => {
  const { page, context } = amal;
  await page.click('.more');
  await page.getByRole('checkbox', { name: 'Ask anonymously' }).check();
  await page.click('.more');
  await context.setOffline(true);
  await write(page, 'May they keep my passport?');
  await expect.poll(() => page.locator('.pending').textContent()).toContain('Anonymous');
  await context.setOffline(false);
  await message(katrin.page, 'May they keep my passport?').waitFor();
  expect(await message(katrin.page, 'May they keep my passport?').textContent()).not.toContain('Amal');
});

it('each room keeps its own half-written words, and no other room shows them', async () => {
  const { page } = amal;
  await page.fill('#composer', 'about jobs');
  await open(amal, '/rooms/schools');
  expect(await page.inputValue('#composer')).toBe('');
  await page.fill('#composer', 'about schools');
  await open(amal, '/rooms/jobs');
  await expect.poll(() => page.inputValue('#composer')).toBe('about jobs');
  await open(amal, '/rooms/schools');
  await expect.poll(() => page.inputValue('#composer')).toBe('about schools');
  await page.fill('#composer', '');
  await open(amal);
  await page.fill('#composer', '');
});

it('what the guard notices stays on her device until she decides, before sending and before an edit', async () => {
  const { page } = amal;
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
  await open(amal); // a new socket, which is listened to
  await write(page, `Send it to ${IBAN}`);
  await dialog(page).waitFor();
  expect(await dialog(page).textContent()).toContain(IBAN);
  await dialog(page).getByRole('button').first().click();
  await page.fill('#composer', 'Send it to my account');
  await page.press('#composer', 'Enter');
  await message(page, 'Send it to my account').waitFor();
  expect(sent.some((one) => one.includes('Send it to my account'))).toBe(true);

  await menu(page, 'Send it to my account', 'Edit');
  await dialog(page).locator('textarea').fill(`Send it to my account ${IBAN}`);
  await dialog(page).getByText('Save', { exact: true }).click();
  await page.locator('dialog[open] .part').waitFor();
  await page
    .locator('dialog[open]', { has: page.locator('.part') })
    .getByRole('button')
    .first()
    .click();
  expect(await dialog(page).locator('textarea').inputValue()).toContain(IBAN);
  expect(sent.filter((one) => one.includes('DE89'))).toEqual([]);
  await dialog(page).getByText('Save', { exact: true }).click();
  await page
    .locator('dialog[open]', { has: page.locator('.part') })
    .getByRole('button')
    .last()
    .click();
  await expect.poll(() => dialog(page).count()).toBe(0);
  await message(katrin.page, 'DE89').waitFor();
  expect(sent.some((one) => one.includes('DE89'))).toBe(true);
});

it('who hosts the room reads what edited words were; a member is not offered that', async () => {
  const { page } = katrin;
  await menu(page, 'DE89', 'Was vorher da stand');
  const versions = dialog(page).locator('ol li');
  await expect.poll(() => versions.count()).toBe(2);
  expect(await versions.first().locator('p').textContent()).toBe('Send it to my account');
  expect(await versions.last().textContent()).toContain(IBAN);
  await page.keyboard.press('Escape');
  await message(amal.page, 'DE89').locator('.act').click();
  await amal.page.locator('.menu:popover-open').getByText('Copy text').waitFor();
  expect(await amal.page.locator('.menu').getByText('What it said before').count()).toBe(0);
  await amal.page.keyboard.press('Escape');
});

it('a coordinator decides how long words may change, and from then on it is offered so long', async () => {
  const { page } = katrin;
  await page.goto('/me');
  await page.getByRole('link', { name: 'Für die ganze Gemeinschaft' }).click();
  await page.waitForURL('**/community');
  await page.getByRole('radio', { name: 'Gar nicht' }).check();
  await page.click('form[action="?/editing"] button');
  await page.getByText('Gespeichert').waitFor();
  await page.reload();
  expect(await page.getByRole('radio', { name: 'Gar nicht' }).isChecked()).toBe(true);
  await open(amal);
  await message(amal.page, 'DE89').locator('.act').click();
  await amal.page.locator('.menu:popover-open').getByText('Copy text').waitFor();
  expect(await amal.page.locator('.menu').getByText('Edit', { exact: true }).count()).toBe(0);
  await amal.page.keyboard.press('Escape');
});

it('a moderator looks who asked only after she was told that it is recorded; she who asked sees that she looked', async () => {
  await open(katrin);
  const { page } = katrin;
  await menu(page, 'May they keep my passport?', 'Wer hat das geschrieben?');
  await expect.poll(() => dialog(page).textContent()).toContain('Bisher hat niemand nachgesehen');
  expect(await dialog(page).textContent()).not.toContain('Amal');
  await dialog(page).getByText('Nachsehen', { exact: false }).last().click();
  await expect.poll(() => dialog(page).textContent()).toContain('Amal');
  await expect.poll(() => dialog(page).textContent()).toContain('Katrin');
  await page.keyboard.press('Escape');
  await menu(amal.page, 'May they keep my passport?', 'Who looked who I am?');
  await expect.poll(() => dialog(amal.page).textContent()).toContain('Katrin');
  await amal.page.keyboard.press('Escape');
});

it('nothing broke a rule of the page', () => {
  expect(amal.complaints.concat(katrin.complaints)).toEqual([]);
});
