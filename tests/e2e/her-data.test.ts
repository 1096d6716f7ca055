// Her data on a small phone, in German and in Arabic: a copy of everything, and deleting the account with a choice. Axe clean.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { openSite, type Site } from '../support/site.ts';

const WOMEN = [
  { userName: 'lena', displayName: 'Lena', locale: 'de' as const, choice: 'stay', gone: 'Dein Konto ist gelöscht.' },
  { userName: 'amal', displayName: 'أمل', locale: 'ar' as const, choice: 'go', gone: 'حُذف حسابكِ.' },
];
let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: WOMEN.map(({ userName, displayName, locale }) => ({ userName, displayName, locale })),
  });
});
afterAll(() => site.close());

it.each(WOMEN)('$displayName saves a copy and deletes her account: her messages $choice', async (woman) => {
  // her language stays to the last page, whatever her browser speaks
  const visitor = await site.visit({ locale: 'en-GB' });
  const { page, context, complaints } = visitor;
  await site.signIn(visitor, woman.userName);
  for (const path of ['/privacy', '/me/data']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 740 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    }
    expect(await violationsIn(page), path).toEqual([]);
  }
  expect(await page.getAttribute('html', 'dir')).toBe(woman.locale === 'ar' ? 'rtl' : 'ltr');

  const save = page.locator('#save form');
  await save.locator('input[name=password]').fill('not the right one');
  await save.locator('button[type=submit], button:not([type])').last().click();
  await page.waitForURL(/refused=auth\.wrong-password/);
  expect(await violationsIn(page)).toEqual([]);
  await save.locator('input[name=password]').fill(TEST_PASSWORD);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    save.locator('button[type=submit], button:not([type])').last().click(),
  ]);
  expect(download.suggestedFilename()).toBe('my-data.zip');
  const zip = await readFile(await download.path());
  expect(zip.subarray(0, 2).toString()).toBe('PK');

  const leave = page.locator('#delete form');
  await leave.locator(`input[value=${woman.choice}]`).check();
  await leave.locator('input[name=password]').fill('not the right one');
  await leave.locator('button[type=submit], button:not([type])').last().click();
  await leave.locator('[aria-invalid=true]').waitFor();
  expect(await violationsIn(page)).toEqual([]);
  await leave.locator('input[name=password]').fill(TEST_PASSWORD);
  await leave.locator('button[type=submit], button:not([type])').last().click();
  await page.waitForURL('**/sign-in?gone');
  await page.getByText(woman.gone).waitFor();
  expect(await violationsIn(page)).toEqual([]);
  await page.goto('/rooms');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(complaints).toEqual([]);
  await context.close();
});
