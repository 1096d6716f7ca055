// Three people and one drop-in: an Arabic member on a phone, a Ukrainian member, a mentor at a desk; from the schedule to the end of the day.
import type { Request } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isIn, looksRight, press } from '../support/looks.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
let sitting = '';
let queue = '';
let [nour, olena, amina] = [] as unknown as [Visitor, Visitor, Visitor];

beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
      { userName: 'olena', displayName: 'Олена', locale: 'uk' },
      { userName: 'zoe', displayName: 'Zoe', locale: 'en' },
      { userName: 'amina', displayName: 'Amina', locale: 'de', role: 'mentor' },
    ],
  });
  [nour, olena, amina] = await Promise.all([
    site.visit(),
    site.visit(),
    site.visit({ viewport: { width: 1280, height: 800 } }),
  ]);
  await site.signIn(nour, 'nour');
  await site.signIn(olena, 'olena');
  await site.signIn(amina, 'amina');
}, 240_000);
afterAll(() => site.close());

/** The fields of a date and a time in Germany, whatever zone this machine has. */
function inBerlin(at: number) {
  const write = (locale: string, parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Berlin', ...parts }).format(at);
  return {
    date: write('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }),
    time: write('en-GB', { hour: '2-digit', minute: '2-digit' }),
  };
}

it('a mentor offers hours that begin now, is led there, and opens the queue', async () => {
  const { page } = amina;
  await page.goto('/drop-in/new');
  await page.check('input[name=repeat][value=once]');
  const began = inBerlin(Date.now() - 60_000);
  await page.fill('input[name=date]', began.date);
  await page.fill('input[name=from]', began.time);
  await page.fill('input[name=to]', inBerlin(Date.now() + 120 * 60_000).time);
  for (const topic of ['jobs', 'schools']) await page.check(`input[name=topics][value=${topic}]`);
  for (const language of ['ar', 'uk', 'de']) await page.check(`input[name=languages][value=${language}]`);
  await looksRight(page);
  await press(page, 'main form button[type=submit]');
  await page.waitForURL('**/drop-in/mine');
  await press(
    page,
    'main a[href^="/drop-in/"]:not([href^="/drop-in/mine"], [href="/drop-in/new"], [href="/drop-in/calendar"])',
  );
  await page.waitForSelector('form[action="?/checkIn"]');
  sitting = new URL(page.url()).pathname;
  queue = sitting.replace('/drop-in/', '/queue/');
  for (const language of ['ar', 'uk', 'de']) await page.check(`input[name=languages][value=${language}]`);
  await press(page, 'form[action="?/checkIn"] button');
  await page.waitForSelector('.state.open');
}, 120_000);

it('joined, called, not found, back, talked, next steps: three women, by keyboard, with a tunnel in between', async () => {
  await nour.page.goto(queue);
  await looksRight(nour.page);
  await nour.page.check('input[name=topic][value=schools]');
  // where she most likely tells of it she is shown the numbers, and no request carries her words
  await nour.page.focus('textarea[name=words]');
  await nour.page.waitForSelector('main [role=status]', { state: 'attached' });
  const requests: string[] = [];
  const note = (request: Request) => void requests.push(decodeURIComponent(request.url() + (request.postData() ?? '')));
  nour.page.on('request', note);
  await nour.page.fill('textarea[name=words]', 'زوجي يضربني');
  await nour.page.locator('main section a[href="tel:116016"]').waitFor();
  nour.page.off('request', note);
  expect(requests.filter((sent) => sent.includes('زوجي'))).toEqual([]);
  await nour.page.fill('textarea[name=words]', 'سؤال عن المدرسة');
  await nour.page.locator('main section a[href="tel:116016"]').waitFor({ state: 'detached' });
  await press(nour.page, 'main form button.primary');
  await nour.page.waitForURL('**/tickets/*');
  await isIn(nour.page, 'waiting');
  await looksRight(nour.page);

  await olena.page.goto(queue);
  await press(olena.page, 'main form button.primary');
  await olena.page.waitForURL('**/tickets/*');
  expect(await olena.page.textContent('main')).toContain('1');
  // twice is not possible: there is only the way to her place
  await olena.page.goto(queue);
  await olena.page.waitForSelector('a[href^="/tickets/"]');
  expect(await olena.page.locator('input[name=topic]').count()).toBe(0);
  await olena.page.click('a[href^="/tickets/"]');
  await isIn(olena.page, 'waiting');

  await amina.page.goto(`${queue}/host`);
  await amina.page.waitForSelector('form[action="?/next"]');
  await looksRight(amina.page);
  expect(await amina.page.textContent('main')).toContain('سؤال عن المدرسة');
  await press(amina.page, 'form[action="?/next"] button');
  await isIn(nour.page, 'called');
  await looksRight(nour.page);
  // she is in a tunnel: the mentor does not find her, and goes on with the other one
  await nour.context.setOffline(true);
  await amina.page
    .locator('.mine form', { has: amina.page.locator('[value=notFound]') })
    .locator('button:not([aria-busy])')
    .press('Enter');
  await amina.page.waitForSelector('.mine', { state: 'detached' });
  await press(amina.page, 'form[action="?/next"] button');
  await isIn(olena.page, 'called');
  // the line is there again: her page says so by itself, and she says that she is back
  await nour.context.setOffline(false);
  await isIn(nour.page, 'not-found');
  await looksRight(nour.page);
  await press(nour.page, 'section.not-found form button.primary');
  await isIn(nour.page, 'waiting');

  await press(olena.page, 'section.called form button.primary');
  await isIn(olena.page, 'talking');
  await press(olena.page, 'a[href^="/talks/"]');
  await olena.page.waitForURL('**/talks/*');
  await olena.page.waitForSelector('textarea[name=text]');
  await looksRight(olena.page);
  await olena.page.fill('textarea[name=text]', 'Добрий день');
  await olena.page.press('textarea[name=text]', 'Enter');
  await amina.page.waitForSelector('.mine a[href^="/talks/"]');
  await press(amina.page, '.mine a[href^="/talks/"]');
  await amina.page.waitForURL('**/talks/*');
  await amina.page.waitForSelector('text=Добрий день');
  await looksRight(amina.page);
  // she is a number here, and nothing of the page says more
  expect(await amina.page.content()).not.toContain('Олена');
  expect(await amina.page.textContent('main')).toContain('#2');
  await amina.page.fill('textarea[name=text]', 'Guten Tag');
  await amina.page.press('textarea[name=text]', 'Enter');
  await olena.page.waitForSelector('text=Guten Tag');

  await press(amina.page, 'button[popovertarget=talk]');
  await amina.page.fill('#talk textarea[name=steps]', 'Montag: im Schulamt anrufen');
  await press(amina.page, '#talk form[action="?/steps"] button');
  await amina.page.waitForSelector('#talk .card >> text=Montag');
  await amina.page
    .locator('#talk form', { has: amina.page.locator('[value=end]') })
    .locator('button:not([aria-busy])')
    .press('Enter');
  await amina.page.waitForSelector('.closed');
  await olena.page.waitForSelector('.end >> text=Montag: im Schulamt anrufen');
  await olena.page.locator('.end input[name=face][value=good]').check();
  await press(olena.page, '.end form[action="?/feedback"] button');
  await olena.page.waitForSelector('.end .notice.good');
  await olena.page.goto('/talks');
  await looksRight(olena.page);
  expect(await olena.page.textContent('main')).toContain('Montag');

  // nour came back with priority and is next
  await amina.page.goto(`${queue}/host`);
  await press(amina.page, 'form[action="?/next"] button');
  await isIn(nour.page, 'called');
  for (const { complaints } of [nour, olena, amina]) expect(complaints).toEqual([]);
}, 240_000);

it('without JavaScript she joins, pauses, goes on and gives her place up', async () => {
  const zoe = await site.visit({ javaScriptEnabled: false });
  await site.signIn(zoe, 'zoe');
  const { page } = zoe;
  await page.goto(queue);
  await page.check('input[name=languages][value=de]');
  await page.click('main form button[type=submit]');
  await page.waitForURL('**/tickets/*');
  await page.click('form:has([value=pause]) button');
  await isIn(page, 'paused');
  await page.click('form:has([value=resume]) button');
  await isIn(page, 'waiting');
  await page.click('summary:has-text("Give up")');
  await page.click('form:has([value=leave]) button');
  await isIn(page, 'left');
}, 120_000);

it('the last one on duty is asked, closes it, and who still has a place there is told', async () => {
  await press(nour.page, 'section.called form button.primary');
  await isIn(nour.page, 'talking');
  await amina.page.goto(`${queue}/host`);
  const end = amina.page
    .locator('.mine form', { has: amina.page.locator('[value=end]') })
    .locator('button:not([aria-busy])');
  await end.press('Enter');
  await isIn(nour.page, 'done');
  await nour.page.goto(queue);
  await press(nour.page, 'main form button.primary');
  await isIn(nour.page, 'waiting');
  await amina.page.goto(sitting);
  await press(amina.page, 'details:has(form[action="?/checkOut"]) summary');
  await looksRight(amina.page);
  await press(amina.page, 'form[action="?/checkOut"] button');
  await amina.page.waitForSelector('.state.closed');
  await isIn(nour.page, 'expired');
  await looksRight(nour.page);
}, 120_000);
