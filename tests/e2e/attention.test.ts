// What she has not read, on all her devices; what is said to her; and how keyboard and screen reader go through a room.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { violationsIn } from '../support/axe.ts';
import { enterRoom, roomIsLive } from '../support/in-room.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
let nour: Visitor;
let leyla: Visitor;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
      { userName: 'leyla', displayName: 'Leyla', locale: 'de' },
    ],
  });
  nour = await site.visit();
  leyla = await site.visit();
  await site.signIn(nour, 'nour');
  await site.signIn(leyla, 'leyla');
  for (const { page } of [nour, leyla]) await enter(page);
});
afterAll(() => site.close());

async function enter(page: Page, path?: string) {
  await enterRoom(page, path);
  await page.waitForLoadState('networkidle');
}
const write = async ({ page }: Visitor, text: string) => {
  await page.fill('#composer', text);
  await page.press('#composer', 'Enter');
  await page.locator('article .text', { hasText: text }).last().waitFor();
};
const message = ({ page }: Visitor, text: string) =>
  page.locator('article', { has: page.locator('.text', { hasText: text }) }).last();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.replaceAll(/\s+/g, ' ') ?? '');

it('new messages of others are told politely, her own are not, and neither moves the focus', async () => {
  const told = leyla.page.locator('p[aria-live="polite"]');
  await write(leyla, 'Wer kennt ein gutes Wörterbuch?');
  expect(await told.textContent()).toBe('');
  expect(await leyla.page.evaluate(() => document.activeElement?.id)).toBe('composer');
  await message(nour, 'Wer kennt ein gutes Wörterbuch?').waitFor();
  await nour.page.focus('#composer');
  await write(nour, 'أنا أعرف واحدا جيدا من المكتبة');
  await expect.poll(() => told.textContent()).toContain('نور: أنا أعرف');
  expect(await told.getAttribute('lang')).toBe('ar');
  await leyla.page.reload();
  await roomIsLive(leyla.page);
  // the history is not told
  expect(await told.textContent()).toBe('');
});

it('each message is one stop: Tab comes to it, goes through what is in it, and on to where she writes', async () => {
  const { page } = leyla;
  await write(leyla, 'Mehr steht auf www.anabin.kmk.org und bei info@example.org');
  await page.locator('section.scroller').focus();
  await page.keyboard.press('Tab');
  await expect.poll(() => focused(page)).toContain('Mehr steht auf');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('ARTICLE');
  expect(await page.locator('article[tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('www.anabin.kmk.org');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('info@example.org');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('article'))).toBeNull();
  // and back the same way
  for (const text of ['info@example.org', 'www.anabin.kmk.org', 'Mehr steht auf']) {
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toContain(text);
  }
  await page.keyboard.press('ArrowUp');
  expect(await focused(page)).toContain('أنا أعرف');
  await page.keyboard.press('Home');
  expect(await focused(page)).toContain('Wer kennt ein gutes Wörterbuch?');
  await page.keyboard.press('End');
  expect(await focused(page)).toContain('Mehr steht auf');
  // from the other side she comes back to where she was, not to the last link
  await page.keyboard.press('ArrowUp');
  await page.focus('#composer');
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press('Shift+Tab');
    if (await page.evaluate(() => document.activeElement?.closest('article'))) break;
  }
  expect(await focused(page)).toContain('أنا أعرف');
});

it('what she marks as unread is unread on all her devices, and stays so while she looks at it', async () => {
  const phone = await site.visit();
  await site.signIn(phone, 'leyla');
  await enter(phone.page, '/rooms/jobs');
  await phone.page.goto('/rooms');
  const unread = phone.page.locator('a[href="/rooms/jobs"] .unread');
  await expect.poll(() => unread.count()).toBe(0);
  await message(leyla, 'أنا أعرف').locator('.act').click();
  await leyla.page.locator('.menu').getByText('Als ungelesen markieren').click();
  await leyla.page.locator('li:has([data-unread]) .text', { hasText: 'أنا أعرف' }).waitFor();
  await expect.poll(() => unread.textContent()).toMatch(/^2 /);
  // somebody writes while the room is open before her: that does not read the rest
  await write(nour, 'وأيضا هذا الكتاب');
  await expect.poll(() => unread.textContent()).toMatch(/^3 /);
  await phone.page.click('a[href="/rooms/jobs"]');
  await phone.page.locator('li:has([data-unread]) .text', { hasText: 'أنا أعرف' }).waitFor();
  await phone.page.locator('article .text', { hasText: 'وأيضا' }).waitFor();
  await phone.page.evaluate(() => document.querySelector('.scroller')?.scrollTo(0, 0));
  await phone.page.goto('/rooms');
  await expect.poll(() => unread.count()).toBe(0);
  await phone.context.close();
});

it('what is said to her is counted on its own, in the list and on the way to the newest, and leads there', async () => {
  for (let nth = 0; nth < 12; nth++) await write(nour, `رسالة طويلة رقم ${nth} ${'وفيها كلام كثير '.repeat(12)}`);
  await leyla.page.locator('article .text', { hasText: 'رقم 11' }).waitFor();
  await leyla.page.evaluate(() => document.querySelector('article')?.scrollIntoView());
  await leyla.page.locator('.newest').waitFor();
  await message(nour, 'Mehr steht auf').locator('.act').click();
  await nour.page.locator('.menu').getByText('ردّ', { exact: true }).click();
  await write(nour, 'شكرا لك');
  const pill = leyla.page.locator('.to-her', { hasText: 'An dich: 1' }).last();
  await pill.waitFor();
  await expect.poll(() => leyla.page.locator('.newest').textContent()).toMatch(/\d+/);
  await leyla.page.locator('.onward .to-her').click();
  await expect.poll(() => focused(leyla.page)).toContain('شكرا لك');
});

it('on a page without a room she is counted what is said to her as it comes; title and icon say so in words that tell nothing', async () => {
  const { page } = leyla;
  for (const path of ['/me', '/search', '/notes']) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    const count = page.locator('nav a[href="/notes"] b');
    const before = (await count.count()) ? Number(await count.textContent()) : 0;
    await message(nour, 'Mehr steht auf').locator('.act').click();
    await nour.page.locator('.menu').getByText('ردّ', { exact: true }).click();
    await write(nour, `ردّ من أجل ${path}`);
    await expect.poll(async () => Number(await count.textContent())).toBe(before + 1);
    // she looks at something else
    const look = (state: string) =>
      page.evaluate((now) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    const own = await page.title();
    await look('hidden');
    expect(await page.title()).toBe(`(${before + 1}) Neues`);
    expect(await page.getAttribute('link[rel="icon"]', 'href')).toBe('/icon-new.svg');
    await look('visible');
    expect(await page.title()).toBe(own);
    expect(await page.getAttribute('link[rel="icon"]', 'href')).not.toContain('new');
  }
  await enter(page);
});

it('the list reads as people write, in German and in Arabic', async () => {
  const first = async ({ page }: Visitor) =>
    (await page.locator('.scroller > .inner > ol').ariaSnapshot())
      .replaceAll(/[\d٠-٩]{1,2}:[\d٠-٩]{2}(?:\s[صم])?/g, 'TIME')
      .replace(/text: .*/, 'text: DAY')
      .split('\n')
      .slice(0, 9)
      .join('\n');
  for (const { page } of [leyla, nour]) {
    await page.reload();
    await roomIsLive(page);
  }
  expect(await first(leyla)).toMatchInlineSnapshot(`
    "- list:
      - listitem:
        - text: DAY
        - article "Du Wer kennt ein gutes Wörterbuch? TIME":
          - paragraph: Du
          - paragraph: Wer kennt ein gutes Wörterbuch?
          - paragraph:
            - time: TIME
          - button "Mehr zu der Nachricht von Du""
  `);
  expect(await first(nour)).toMatchInlineSnapshot(`
    "- list:
      - listitem:
        - text: DAY
        - article "Leyla Wer kennt ein gutes Wörterbuch? TIME":
          - paragraph: Leyla
          - paragraph: Wer kennt ein gutes Wörterbuch?
          - paragraph:
            - time: TIME
          - button "المزيد حول رسالة Leyla""
  `);
});

it('axe finds nothing in any state of a room', async () => {
  const { page } = leyla;
  const states: [string, () => Promise<unknown>][] = [
    ['the room', () => enter(page)],
    ['the menu of a message', () => message(leyla, 'Mehr steht auf').locator('.act').click()],
    ['a dialog', () => page.locator('.menu').getByText('Sprache', { exact: false }).first().click()],
    ['closed again', () => page.keyboard.press('Escape')],
    ['a marked place', () => enter(page, '/rooms/jobs?at=2')],
    ['about the room', () => page.click('button[popovertarget=about]')],
    ['who is here', () => page.click('button[popovertarget=people]')],
    ['an empty room', () => enter(page, '/rooms/schools')],
    ['without network', () => page.context().setOffline(true)],
  ];
  for (const [name, bring] of states) {
    await bring();
    expect(await violationsIn(page), name).toEqual([]);
  }
  await page.context().setOffline(false);
  expect(leyla.complaints.concat(nour.complaints)).toEqual([]);
});

it('of an anonymous question it is told who asks as in the room, of what she does not read only that it is there', async () => {
  const { page } = leyla;
  const told = page.locator('p[aria-live="polite"]');
  await page.goto('/me', { waitUntil: 'networkidle' });
  await page.check('[name="reads"][value="de"]');
  const saved = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.click('form[action="?/reads"] button');
  await saved;
  await enter(page);
  await enter(nour.page);
  await write(nour, 'هل تعرف إحداكن طبيبة جيدة في هذه المدينة؟');
  await expect.poll(() => told.textContent()).toContain('Nachrichten auf ⁨العربية');
  expect(await told.textContent()).not.toContain('طبيبة');
  await nour.page.click('.more');
  await nour.page.locator('#composer-options input[type=checkbox]').first().check();
  await write(nour, 'Welche Ärztin spricht Arabisch und nimmt noch neue Patientinnen?');
  await expect.poll(() => told.textContent()).toContain('Jemand aus der Gemeinschaft: Welche Ärztin');
});
