// Every screen on a small phone: nothing that axe calls serious, nothing to scroll sideways, no broken security policy.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { seriousIn } from '../support/axe.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'leyla', displayName: 'Leyla mit einem wirklich langen Namen', locale: 'de' },
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
    ],
    posts: 12,
  });
});
afterAll(() => site.close());

const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

async function look({ page }: Visitor, path: string): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  expect(await seriousIn(page), `${path}`).toEqual([]);
  await page.setViewportSize({ width: 320, height: 568 });
  expect(await sideways(page), `${path} at 320 px`).toBeLessThanOrEqual(0);
}

describe.each([
  { locale: 'de', dir: 'ltr', userName: 'leyla' },
  { locale: 'ar', dir: 'rtl', userName: 'nour' },
])('in $locale', ({ locale, dir, userName }) => {
  it.each(['light', 'dark'] as const)('the first pages are right in %s', async (colorScheme) => {
    const visitor = await site.visit({ colorScheme, extraHTTPHeaders: { 'accept-language': locale } });
    for (const path of ['/welcome', '/sign-in', site.joinPath, `${site.joinPath}?you`, '/offline', '/help']) {
      await look(visitor, path);
      expect(await visitor.page.getAttribute('html', 'dir'), path).toBe(dir);
    }
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it.each(['light', 'dark'] as const)('the pages behind the sign-in are right in %s', async (colorScheme) => {
    const visitor = await site.visit({ colorScheme });
    await site.signIn(visitor, userName);
    for (const path of ['/rooms', '/rooms/jobs', '/rooms/schools', '/rooms/jobs?before=9', '/me']) {
      await look(visitor, path);
    }
    await visitor.page.goto('/rooms/jobs');
    await visitor.page.click('button[popovertarget=about]');
    expect(await seriousIn(visitor.page)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });
});
