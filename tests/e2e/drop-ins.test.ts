// Drop-ins as people meet them: offering hours on a phone, finding and following, the day itself, the poster, the week for everybody.
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seriousIn } from '../support/axe.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'amal', displayName: 'Amal', locale: 'de', role: 'mentor' },
      { userName: 'oksana', displayName: 'Оксана', locale: 'uk', role: 'mentor' },
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
    ],
  });
});
afterAll(() => site.close());

const berlin = (at: Date, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(options.year ? 'en-CA' : 'en-GB', { timeZone: 'Europe/Berlin', ...options }).format(at);
/** Fields of a single date that began `minutes` ago (negative: begins later) and takes two hours. */
function around(minutes: number) {
  const start = new Date(Date.now() - minutes * 60_000);
  const end = new Date(start.getTime() + 120 * 60_000);
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const date = berlin(start, { year: 'numeric', month: '2-digit', day: '2-digit' });
  return { date, from: berlin(start, clock), to: berlin(end, clock) };
}
async function signedIn(userName: string, options = {}): Promise<Visitor> {
  const visitor = await site.visit(options);
  await site.signIn(visitor, userName);
  return visitor;
}
async function offer(page: Page, minutesAgo: number): Promise<void> {
  const { date, from, to } = around(minutesAgo);
  await page.goto('/drop-in/new');
  await page.check('input[name=repeat][value=once]');
  await page.fill('input[name=date]', date);
  await page.fill('input[name=from]', from);
  await page.fill('input[name=to]', to);
  await page.check('input[name=topics][value=jobs]');
  await page.click('main form button[type=submit]');
  await page.waitForURL('**/drop-in/mine');
}

it('a mentor offers every Tuesday with three taps and finds it among hers', async () => {
  const { page, context, complaints } = await signedIn('amal');
  await page.goto('/drop-in/new', { waitUntil: 'networkidle' });
  expect(await page.isVisible('input[name=date]')).toBe(false);
  await page.check('input[name=weekday][value="2"]');
  await page.check('input[name=topics][value=schools]');
  await page.click('main form button[type=submit]');
  await page.waitForURL('**/drop-in/mine');
  expect(await page.textContent('main')).toContain('Jeden Dienstag, 17:00–19:00');
  expect(complaints).toEqual([]);
  await context.close();
});

it('without JavaScript it works too; a mistake is said in her language and nothing she typed is lost', async () => {
  const { page, context } = await signedIn('oksana', { javaScriptEnabled: false });
  await page.goto('/drop-in/new');
  await page.check('input[name=weekday][value="3"]');
  await page.check('input[name=topics][value=schools]');
  await page.click('summary');
  await page.fill('input[name=capacity]', '0');
  await page.fill('input[name=to]', '18:30');
  await page.click('main form button[type=submit]');
  const complaint = page.locator('.complaint');
  expect(await complaint.textContent()).toContain('1');
  expect(await page.getAttribute('input[name=capacity]', 'aria-invalid')).toBe('true');
  expect(await page.inputValue('input[name=to]')).toBe('18:30');
  expect(await page.isChecked('input[name=weekday][value="3"]')).toBe(true);
  await page.fill('input[name=capacity]', '5');
  await page.click('main form button[type=submit]');
  expect(page.url()).toContain('/drop-in/mine');
  await context.close();
});

it('a member finds it by language, follows, sees it open while she looks, and reads of what is cancelled', async () => {
  const mentor = await signedIn('amal');
  const member = await signedIn('nour');
  const { page } = member;
  await offer(mentor.page, 10);
  await page.goto('/drop-in', { waitUntil: 'networkidle' });
  await page.selectOption('select[name=language]', 'de');
  await page.waitForURL('**language=de**');
  const href = await page.locator('article a').first().getAttribute('href');
  await page.goto(href ?? '', { waitUntil: 'networkidle' });
  await page.click('form[action="?/follow"] button');
  await expect.poll(() => page.inputValue('form[action="?/follow"] input[name=on]')).toBe('false');

  // a window of hers whose line is slow: it comes when all this has happened
  let arrive = (): void => undefined;
  const held = new Promise<void>((resolve) => (arrive = resolve));
  const late = await member.context.newPage();
  await late.routeWebSocket(/\/live/, async (socket) => {
    await held;
    socket.connectToServer();
  });
  await late.goto(href ?? '', { waitUntil: 'networkidle' });

  await mentor.page.goto(href ?? '', { waitUntil: 'networkidle' });
  await mentor.page.click('form[action="?/checkIn"] button');
  await expect.poll(() => page.locator('.state.open').count()).toBe(1);
  expect(await page.textContent('main')).toContain('Amal');

  // while one act is on its way the next button does nothing
  await mentor.page.fill('input[name=text]:not([type=hidden])', 'Bin gleich da');
  await mentor.page.click('form[action="?/announce"]:has([aria-describedby]) button:not([aria-busy])');
  await expect.poll(() => page.textContent('main')).toContain('Bin gleich da');
  // a ready one is read by each in her own language
  await mentor.page.click('form[action="?/announce"]:has([value=":late"]) button:not([aria-busy])');
  await expect.poll(() => page.textContent('main')).toContain('نبدأ متأخرات نحو عشر دقائق.');
  expect(await mentor.page.textContent('main')).toContain('Wir fangen etwa zehn Minuten später an.');
  expect(await late.locator('.state.open').count()).toBe(0);
  arrive();
  await late.locator('.state.open').waitFor();
  await late.close();
  await mentor.page.click('form[action="?/stopTaking"] button:not([aria-busy])');
  await expect.poll(() => page.locator('.state.closing').count()).toBe(1);
  // the last one is asked before it closes
  await mentor.page.click('details:has(form[action="?/checkOut"]) summary');
  await mentor.page.click('form[action="?/checkOut"] button:not([aria-busy])');
  await expect.poll(() => page.locator('.state.closed').count()).toBe(1);
  expect(await page.textContent('main')).not.toContain('عشر دقائق');

  await offer(mentor.page, -180);
  await page.goto('/drop-in', { waitUntil: 'networkidle' });
  const next = await page.locator('article a').first().getAttribute('href');
  await page.locator('form[action="?/follow"] button').first().click();
  await expect.poll(() => page.locator('input[name=on]').first().inputValue()).toBe('false');
  await mentor.page.goto(next ?? '', { waitUntil: 'networkidle' });
  await mentor.page.click('details:has(form[action="?/cancel"]) summary');
  await mentor.page.click('form[action="?/cancel"] button');
  await expect.poll(() => mentor.page.locator('.state.cancelled').count()).toBe(1);
  // the jobs of the hub tell her within seconds; the badge in the bar counts it while she looks at something else
  await expect.poll(() => page.locator('a[href="/notes"] b').count(), { timeout: 30_000 }).toBe(1);
  const note = page.locator(`li a[href="${next}"]`);
  await expect
    .poll(async () => (await page.goto('/notes', { waitUntil: 'networkidle' })) && note.count(), { timeout: 30_000 })
    .toBe(1);
  await note.click();
  await page.waitForURL(`**${next}`);
  expect([...mentor.complaints, ...member.complaints]).toEqual([]);
  await mentor.context.close();
  await member.context.close();
});

it('the calendar address is shown once, answers without a cookie, and is nothing after it was renewed', async () => {
  const { page, context } = await signedIn('nour');
  await page.goto('/drop-in/calendar', { waitUntil: 'networkidle' });
  const make = async () => {
    const before = (await page.locator('output').count()) ? await page.textContent('output') : null;
    await page.click('form[action="?/renew"] button');
    await expect
      .poll(async () => (await page.locator('output').count()) === 1 && (await page.textContent('output')) !== before)
      .toBe(true);
    return (await page.textContent('output')) ?? '';
  };
  const first = await make();
  const answer = await fetch(first);
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(await answer.text()).toContain('BEGIN:VCALENDAR');
  const second = await make();
  expect((await fetch(first)).status).toBe(404);
  expect((await fetch(second)).status).toBe(200);
  await page.reload();
  expect(await page.locator('output').count()).toBe(0);
  await context.close();
});

it('the poster prints alone, in the languages of its hosts, with a code that leads there', async () => {
  const { page, context } = await signedIn('oksana', { colorScheme: 'dark' });
  await page.goto('/drop-in');
  const href = await page.locator('article a').first().getAttribute('href');
  await page.goto(`${href}/poster`);
  expect(
    await page.locator('article section').evaluateAll((all) => all.map((one) => one.getAttribute('lang'))),
  ).toContain('de');
  expect(await page.locator('article svg[role=img] path').count()).toBe(1);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('nav').first().isVisible()).toBe(false);
  expect(await page.locator('article').evaluate((node) => getComputedStyle(node).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  );
  await context.close();
});

it('a coordinator shows the week to everybody, and nobody is named in it', async () => {
  const stranger = await site.visit();
  expect((await stranger.page.goto('/week'))?.status()).toBe(404);
  const mentor = await signedIn('amal');
  await offer(mentor.page, -120);
  await mentor.context.close();
  const { page, context } = await signedIn('katrin');
  await page.goto('/drop-in', { waitUntil: 'networkidle' });
  await page.click('form[action="?/publish"] button');
  await page.waitForSelector('a[href="/week"]');
  expect((await stranger.page.goto('/week'))?.status()).toBe(200);
  const text = await stranger.page.content();
  for (const name of ['Amal', 'Оксана', 'katrin', 'Katrin']) expect(text).not.toContain(name);
  expect(await stranger.page.locator('main li.card').count()).toBeGreaterThan(0);
  expect(await seriousIn(stranger.page)).toEqual([]);
  await context.close();
  await stranger.context.close();
});

it.each([
  { userName: 'amal', colorScheme: 'light' as const, timezoneId: 'America/New_York' },
  { userName: 'oksana', colorScheme: 'dark' as const, timezoneId: 'Europe/Berlin' },
  { userName: 'nour', colorScheme: 'dark' as const, timezoneId: 'Europe/Kyiv' },
])('every page of it is right for $userName on a small phone, $colorScheme', async ({ userName, ...options }) => {
  const { page, context, complaints } = await signedIn(userName, options);
  await page.goto('/drop-in');
  const href = (await page.locator('article a').first().getAttribute('href')) ?? '';
  const edit = userName === 'nour' ? [] : ['/drop-in/new', '/drop-in/mine'];
  for (const path of ['/drop-in', href, `${href}/poster`, '/drop-in/calendar', '/notes', ...edit]) {
    await page.setViewportSize({ width: 320, height: 568 });
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(await seriousIn(page), path).toEqual([]);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sideways, path).toBeLessThanOrEqual(0);
  }
  if (userName === 'amal') {
    await page.goto('/drop-in', { waitUntil: 'networkidle' });
    // six hours behind Germany: her own clock stands beside the schedule's
    await expect.poll(() => page.locator('.hers').count()).toBeGreaterThan(0);
  }
  expect(complaints).toEqual([]);
  await context.close();
});
