// Rooms shaped and entered by plain forms, and their pages on a small phone: axe, 320 px, mirrored.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { LIST_LANGUAGES } from '#shared/moderation/word-lists.ts';
import { seriousIn } from '../support/axe.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'amal', displayName: 'Amal', locale: 'en' },
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
    ],
    posts: 6,
  });
});
afterAll(() => site.close());

async function looksRight(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect(await seriousIn(page), path).toEqual([]);
    await page.setViewportSize({ width: 320, height: 568 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${path} at 320 px`).toBeLessThanOrEqual(0);
  }
}

it('without JavaScript a room is made, asked for, opened, left and archived', async () => {
  const moderator = await site.visit({ javaScriptEnabled: false });
  await site.signIn(moderator, 'katrin');
  await moderator.page.click('a[href="/rooms/manage"]');
  await moderator.page.click('a[href="/rooms/manage/new"]');
  await moderator.page.fill('[name="name.de"]', 'x');
  await moderator.page.click('main form button[type=submit]');
  // refused for want of a purpose: what she typed is still there
  expect(await moderator.page.inputValue('[name="name.de"]')).toBe('x');
  await moderator.page.fill('[name="name.de"]', 'Nähen');
  await moderator.page.fill('[name="purpose.de"]', 'Zusammen nähen');
  await moderator.page.check('[name=access][value=request]');
  await moderator.page.click('main form button[type=submit]');
  await moderator.page.waitForURL('**/rooms/manage');

  const member = await site.visit({ javaScriptEnabled: false });
  await site.signIn(member, 'amal');
  await member.page.click('a[href="/rooms/naehen"]');
  expect(new URL(member.page.url()).pathname).toBe('/rooms/naehen/enter');
  await member.page.fill('[name=note]', 'I like to sew');
  await member.page.click('form[action="?/ask"] button');

  await moderator.page.goto('/rooms/naehen/people');
  expect(await moderator.page.textContent('main')).toContain('I like to sew');
  await moderator.page.click('form[action="?/answer"]:has([value=accept]) button');

  await member.page.goto('/rooms/naehen');
  await member.page.fill('#composer', 'Hello');
  await member.page.click('form[action="?/post"] button[type=submit]');
  expect(await member.page.locator('article .text').allTextContents()).toEqual(['Hello']);
  await member.page.goto('/rooms/naehen/settings');
  await member.page.check('[name=level][value=mentions]');
  await member.page.click('form[action="?/save"] button');
  expect(await member.page.isChecked('[name=level][value=mentions]')).toBe(true);
  await member.page.click('form[action$="enter?/leave"] button');
  await member.page.waitForURL('**/rooms');
  expect((await member.page.goto('/rooms/naehen'))?.url()).toContain('/enter');

  await moderator.page.goto('/rooms/manage');
  await moderator.page.click('li:has(a[href="/rooms/naehen"]) a[href^="/rooms/manage/"]');
  // the coordinator sets how long its messages stay, and the room says so
  await moderator.page.check('[name=keepDays][value="90"]');
  await moderator.page.click('form[action="?/keeping"] button');
  expect(await moderator.page.isChecked('[name=keepDays][value="90"]')).toBe(true);
  await member.page.goto('/rooms/naehen/enter');
  const about = await member.page.textContent('main');
  expect(about).toContain('Messages here are deleted after this time: 90 days.');
  expect(about).toContain('What waits for the moderators’ decision stays until then.');
  await moderator.page.click('form[action="?/archive"] button');
  await moderator.page.goto('/rooms/manage');
  expect(await moderator.page.textContent('section:last-of-type')).toContain('Nähen');
  await member.page.goto('/rooms');
  expect(await member.page.locator('a[href="/rooms/naehen"]').count()).toBe(0);
  for (const { context } of [moderator, member]) await context.close();
});

it('pages about rooms are right on a small phone, in German for who shapes them', async () => {
  const visitor = await site.visit();
  await site.signIn(visitor, 'katrin');
  await looksRight(visitor.page, ['/rooms/manage']);
  await visitor.page.click('form[action="?/add"]:has([value=health]) button');
  await visitor.page.waitForSelector('a[href="/rooms/health"]');
  const edit = await visitor.page.getAttribute('a[href^="/rooms/manage/"]:not([href$=new])', 'href');
  const pages = ['/rooms/manage/new', edit ?? '', '/rooms/health/people', '/rooms/health/people/invite'];
  await visitor.page.goto('/rooms/jobs');
  const id = await visitor.page.locator('article').first().getAttribute('id');
  pages.push(`/rooms/jobs/message/${id ?? ''}/move`, '/notes');
  await looksRight(visitor.page, pages);
  // lists that no native speaker has read say so, and so do the crisis phrases
  for (const language of LIST_LANGUAGES) {
    await visitor.page.goto(`/moderation/words?language=${language}`);
    const list = (await visitor.page.textContent('main')) ?? '';
    expect(list, language).toContain('Noch nicht von einer Muttersprachlerin geprüft');
    expect(list, language).toContain('in allen Sprachen noch nicht von Muttersprachlerinnen geprüft');
  }
  await looksRight(visitor.page, ['/moderation/words']);
  expect(visitor.complaints).toEqual([]);
  await visitor.context.close();
});

it('pages about rooms are right on a small phone, mirrored for who reads Arabic', async () => {
  const visitor = await site.visit({ colorScheme: 'dark' });
  await site.signIn(visitor, 'nour');
  await visitor.page.goto('/rooms/jobs/enter');
  await visitor.page.check('[name=shown]');
  await visitor.page.click('form[action="?/join"] button');
  await visitor.page.waitForURL('**/rooms/jobs');
  await looksRight(visitor.page, ['/rooms', '/rooms/schools/enter', '/rooms/jobs/people', '/rooms/jobs/settings']);
  expect(await visitor.page.getAttribute('html', 'dir')).toBe('rtl');
  expect(visitor.complaints).toEqual([]);
  await visitor.context.close();
});

it('who orders the rooms by keyboard stays where she was', async () => {
  const { page, context, complaints } = await site.visit();
  await site.signIn({ page, context, complaints }, 'katrin');
  await page.goto('/rooms/manage', { waitUntil: 'networkidle' });
  const names = () => page.locator('main ul').first().locator('li bdi').allTextContents();
  const before = await names();
  const last = before.at(-1) ?? '';
  for (let place = before.length - 1; place > 0; place--) {
    const up = page.locator('li', { hasText: last }).locator('form button').first();
    if (place === before.length - 1) await up.focus();
    expect(await up.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await names()).indexOf(last)).toBe(place - 1);
    // at the top there is no way up: the next act of the same room has the focus
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('li')?.querySelector('bdi')?.textContent))
      .toBe(last);
  }
  expect(complaints).toEqual([]);
  await context.close();
});
