// Whether a page of a place or a talk is fit to be looked at, and what is done on it by keyboard. End-to-end tests only.
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { seriousIn } from './axe.ts';

/** Nothing grave by axe, and no wider than the narrowest telephone. */
export async function looksRight(page: Page): Promise<void> {
  expect(await seriousIn(page), page.url()).toEqual([]);
  const size = page.viewportSize() ?? { width: 360, height: 740 };
  await page.setViewportSize({ width: 320, height: 568 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, `${page.url()} at 320 px`).toBeLessThanOrEqual(0);
  await page.setViewportSize(size);
}
export const isIn = (page: Page, state: string) => page.waitForSelector(`section.${state}`, { timeout: 30_000 });
/** Hydrated: what is pressed goes over the line. While something else of hers is on its way, pressing does nothing. */
export const press = (page: Page, selector: string) =>
  page.locator(selector).and(page.locator(':not([aria-busy])')).first().press('Enter');
