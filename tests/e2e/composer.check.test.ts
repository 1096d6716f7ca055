// What is private in her words is noticed on her device before they go: also while the check loads, without network, and when it cannot load.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { article, inside, keptOnDevice } from '../support/composing.ts';
import { roomIsLive } from '../support/in-room.ts';
import { looksRight } from '../support/looks.ts';
import { openSite, type Site } from '../support/site.ts';

const IBAN = 'DE89 3704 0044 0532 0130 00';
let site: Site;
beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'amal', displayName: 'Amal', locale: 'en' }], posts: 4 });
});
afterAll(() => site.close());

it('what she types while the check of the first message still loads is a message of its own; neither is lost or doubled', async () => {
  const { page, context } = await inside(site, 'amal', { serviceWorkers: 'block' });
  let arrive = (): void => undefined;
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await context.route('**/_app/immutable/**', async (route) => {
    await held;
    await route.continue();
  });
  for (const text of ['the first', 'the second']) {
    await page.fill('#composer', text);
    await page.press('#composer', 'Enter');
    await page.press('#composer', 'Enter');
  }
  for (const text of ['the first', 'the second']) expect(await article(page, text).count()).toBe(0);
  arrive();
  await expect.poll(() => page.locator('article .text').last().textContent()).toBe('the second');
  for (const text of ['the first', 'the second']) await expect.poll(() => article(page, text).count()).toBe(1);
  expect(await page.inputValue('#composer')).toBe('');
  await context.close();
});

it('what is private is asked about before it is sent, and she can change it', async () => {
  const { page, context, complaints } = await inside(site, 'amal');
  await page.fill('#composer', `My account: ${IBAN}`);
  await page.press('#composer', 'Enter');
  await page.waitForSelector('dialog[open]');
  await looksRight(page);
  await page.keyboard.press('Enter'); // the mild answer has the focus
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  expect(await page.inputValue('#composer')).toContain(IBAN);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('composer');
  expect(await article(page, IBAN).count()).toBe(0);
  await page.press('#composer', 'Enter');
  await page.click('dialog[open] button:last-of-type');
  await article(page, IBAN).waitFor();
  expect(await page.inputValue('#composer')).toBe('');
  expect(complaints).toEqual([]);
  await context.close();
});

it('without network the check comes from what the phone keeps, and asks', async () => {
  const { page, context, complaints } = await inside(site, 'amal');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await roomIsLive(page);
  await context.setOffline(true);
  await page.fill('#composer', `Offline: ${IBAN}`);
  await page.press('#composer', 'Enter');
  await page.waitForSelector('dialog[open]');
  expect(await page.locator('.pending').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.fill('#composer', '');
  expect(complaints).toEqual([]);
  await context.close();
});

it('where the check cannot load nothing goes unasked: she is told, and pressing once more sends it', async () => {
  const { page, context } = await inside(site, 'amal', { serviceWorkers: 'block' });
  const parts = '**/_app/immutable/**';
  await context.route(parts, (route) => route.abort());
  await page.fill('#composer', `Unchecked: ${IBAN}`);
  await page.press('#composer', 'Enter');
  await expect.poll(() => page.textContent('#composer-note')).toContain('Not checked');
  await looksRight(page);
  expect(await article(page, 'Unchecked').count()).toBe(0);
  expect(await page.inputValue('#composer')).toContain(IBAN);
  // other words are another question
  await page.fill('#composer', 'Unchecked: 0176 1234567');
  await expect.poll(() => page.textContent('#composer-note')).not.toContain('Not checked');
  await page.press('#composer', 'Enter');
  await expect.poll(() => page.textContent('#composer-note')).toContain('Not checked');
  await page.press('#composer', 'Enter');
  await article(page, 'Unchecked: 0176').waitFor();
  expect(await page.inputValue('#composer')).toBe('');
  // with the next load of the page the check is back; what she wrote is still there
  await page.fill('#composer', `Checked: ${IBAN}`);
  await expect.poll(() => keptOnDevice(page, 'Checked')).toBe(true);
  await context.unroute(parts);
  await page.reload();
  await expect.poll(() => page.inputValue('#composer')).toContain('Checked');
  await page.press('#composer', 'Enter');
  await page.waitForSelector('dialog[open]');
  await context.close();
});
