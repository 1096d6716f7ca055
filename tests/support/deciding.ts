// What women and moderators do on the pages of moderation, on a phone: reporting, deciding, by thumb and by keyboard. End-to-end tests only.
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { violationsIn } from './axe.ts';
import { openSite } from './site.ts';

export const PHONE = { viewport: { width: 360, height: 740 } };
/** Tabs after which what she looks for should have come. */
const FAR = 120;

/** A coordinator, a moderator and two members, each on a phone of her own; a word that waits. */
export async function openDeciding() {
  const site = await openSite({
    members: [
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
      { userName: 'amal', displayName: 'أمل', locale: 'ar' },
      { userName: 'vera', displayName: 'Vera', locale: 'de', role: 'moderator' },
    ],
    also: async (hub, coordinator) => {
      await hub.wordLists.add(coordinator, { language: 'ar', text: 'ممنوعة', act: 'hold' });
    },
  });
  const enter = async (name: string) => {
    const visitor = await site.visit(PHONE);
    await site.signIn(visitor, name);
    return visitor;
  };
  const [katrin, vera] = [await enter('katrin'), await enter('vera')];
  return { site, katrin, vera, nour: await enter('nour'), amal: await enter('amal') };
}

/** Everything that axe finds, and what is wider than a small phone. */
export async function lookAt(page: Page) {
  expect(await violationsIn(page)).toEqual([]);
  for (const width of [320, 360]) {
    await page.setViewportSize({ ...PHONE.viewport, width });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}
export const message = (page: Page, text: string) =>
  page.locator('article', { has: page.locator('.text', { hasText: text }) }).last();
export async function post(page: Page, text: string) {
  await page.fill('#composer', text);
  await page.press('#composer', 'Enter');
  await message(page, text).waitFor();
}
export async function report(page: Page, text: string, reason: string) {
  await message(page, text).locator('.act').click();
  await page.locator('.menu:popover-open').getByText('إبلاغ').click();
  await page.waitForURL('**/report?**');
  await page.getByRole('button', { name: reason }).click();
  await page.getByText('وصل بلاغكِ').waitFor();
}
export const openCase = async (page: Page, text: string) => {
  await page.locator('.card a', { hasText: text }).click();
  await page.waitForURL(/decisions\/[0-9a-f]{24}/);
};
/** What she writes in a form may be about herself: then the numbers stand beside the field, and go when the words go. */
export async function seesNumbersAt(page: Page, field: string) {
  await page.fill(field, 'بدي موت');
  const number = page.locator('form section a[href="tel:116016"]');
  await number.waitFor();
  await page.fill(field, '');
  await number.waitFor({ state: 'detached' });
}
/** Answers how often she has tapped since; pages that load anew begin at nothing, so none may. */
export async function countTaps(page: Page) {
  await page.evaluate(() => {
    const counting = window as unknown as { taps?: number };
    counting.taps = 0;
    document.addEventListener(
      'click',
      ({ detail }) => (counting.taps = (counting.taps ?? 0) + (detail > 0 ? 1 : 0)),
      true,
    );
  });
  return () => page.evaluate(() => (window as unknown as { taps?: number }).taps);
}
/** By Tab only, until it is on the control with this name. */
export async function tabTo(page: Page, name: string) {
  for (let far = 0; far < FAR; far++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => document.activeElement?.textContent?.trim().replace(/\s+/g, ' ') ?? '');
    if (at.includes(name)) return;
  }
  throw new Error(`${name} is not reached by keyboard`);
}
