// Three people and one drop-in: an Arabic member on a phone, a Ukrainian member, a mentor at a desk; from joining to next steps.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import type { Hub } from '../../server/hub.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { makeSitting } from '../support/queue.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
let axe: string;
let queue = '';
/** Another drop-in, of another mentor. */
let second = '';
let [nour, olena, amina] = [] as unknown as [Visitor, Visitor, Visitor];

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  site = await openSite({
    members: [
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
      { userName: 'olena', displayName: 'Олена', locale: 'uk' },
      { userName: 'zoe', displayName: 'Zoe', locale: 'en' },
      { userName: 'rasha', displayName: 'رشا', locale: 'ar' },
    ],
    async also(hub, coordinator) {
      const invite = { role: 'mentor', note: '', uses: 1, days: 1 };
      const { code } = await hub.accounts.createInvitation(coordinator, invite);
      const from = { address: '192.0.2.1', userAgent: 'test' };
      const person = { userName: 'amina', displayName: 'Amina', locale: 'de', code, password: TEST_PASSWORD };
      const { actor } = await hub.accounts.register(person, from);
      const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
      const hosts = [{ actor, languages: ['ar' as const, 'uk' as const, 'de' as const] }];
      const began = new Date(Date.now() - 60_000);
      queue = `/queue/${await makeSitting(dropIns, began, { hosts, topics: ['jobs', 'schools'] })}`;
      const other = await hub.accounts.createInvitation(coordinator, invite);
      const mona = { ...person, userName: 'mona', displayName: 'Mona', code: other.code };
      const { actor: monaActor } = await hub.accounts.register(mona, from);
      const alone = [{ actor: monaActor, languages: ['ar' as const] }];
      second = `/queue/${await makeSitting(dropIns, began, { hosts: alone, topics: ['jobs'] })}`;
      await dropIns.seen([actor.id, monaActor.id], new Date());
      await countedTalks(hub);
    },
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

/** Seven talks in the four weeks that are over: four in Arabic, three in Ukrainian. */
async function countedTalks(hub: Hub): Promise<void> {
  const weeks = 4 * 7 * 86_400_000;
  const first = Date.UTC(2024, 0, 1);
  const day = new Date(first + (Math.floor((Date.now() - first) / weeks) - 1) * weeks).toISOString().slice(0, 10);
  const counts = { talks: 7, notFound: 0, left: 0, unserved: 0, topics: { jobs: 7 }, waits: { 3: 7 } };
  const row = { day, who: 'all', ...counts, languages: { ar: 4, uk: 3 }, seen: [], expireAt: new Date('2099-01-01') };
  await hub.database.connection.collection('figures').insertOne({ _id: `${day}:all` as never, ...row });
}

async function seriousIn(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const run = `${axe}; axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations))`;
  const { result } = await session.send('Runtime.evaluate', { expression: run, awaitPromise: true });
  await session.detach();
  const found = JSON.parse(String(result.value)) as { id: string; impact: string; nodes: { target: unknown }[] }[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join('; ')}`);
}
async function looksRight(page: Page): Promise<void> {
  expect(await seriousIn(page), page.url()).toEqual([]);
  const size = page.viewportSize() ?? { width: 360, height: 740 };
  await page.setViewportSize({ width: 320, height: 568 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, `${page.url()} at 320 px`).toBeLessThanOrEqual(0);
  await page.setViewportSize(size);
}
const isIn = (page: Page, state: string) => page.waitForSelector(`section.${state}`, { timeout: 30_000 });
/** Hydrated: what is pressed goes over the line. */
const press = (page: Page, selector: string) => page.locator(selector).first().press('Enter');

it('joined, called, not found, back, talked, next steps: three women, by keyboard, with a tunnel in between', async () => {
  await nour.page.goto(queue);
  await looksRight(nour.page);
  await nour.page.check('input[name=topic][value=schools]');
  await nour.page.fill('textarea[name=words]', 'سؤال عن المدرسة');
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
    .locator('button')
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
    .locator('button')
    .press('Enter');
  await amina.page.waitForSelector('.closed');
  await olena.page.reload();
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

it('a question in a room becomes a place in the queue, and the talk is searched, reported and turned into a lesson', async () => {
  const [asks, answers] = [await site.visit(), await site.visit({ viewport: { width: 1280, height: 800 } })];
  await site.signIn(asks, 'rasha');
  await site.signIn(answers, 'mona');
  const { page } = asks;
  await page.goto('/rooms/jobs');
  await page.fill('#composer', 'كيف أكتب طلب عمل؟');
  await page.press('#composer', 'Enter');
  const mine = page.locator('article', { hasText: 'كيف أكتب طلب عمل؟' });
  await mine.locator('button.act').press('Enter');
  await page.locator('.menu a[href^="/queue/with"]').press('Enter');
  await page.waitForURL('**/queue/**');
  await looksRight(page);
  // two drop-ins are open: hers speaks with Mona
  await press(page, `a[href^="${second}?room="]`);
  await page.waitForSelector('textarea[name=words]');
  expect(await page.inputValue('textarea[name=words]')).toBe('كيف أكتب طلب عمل؟');
  expect(await page.isChecked('input[name=topic][value=jobs]')).toBe(true);
  await press(page, 'main form button.primary');
  await page.waitForURL('**/tickets/*');
  await isIn(page, 'waiting');

  await answers.page.goto(`${second}/host`);
  await press(answers.page, 'form[action="?/next"] button');
  await isIn(page, 'called');
  await press(page, 'section.called form button.primary');
  await isIn(page, 'talking');
  await press(page, 'a[href^="/talks/"]');
  await page.waitForURL('**/talks/*');
  await page.fill('textarea[name=text]', 'عندي موعد يوم الاثنين');
  await page.press('textarea[name=text]', 'Enter');
  await press(answers.page, '.mine a[href^="/talks/"]');
  await answers.page.waitForSelector('text=عندي موعد');
  const talk = new URL(answers.page.url()).pathname;

  await expect
    .poll(async () => {
      await page.goto(`${talk}/search?q=${encodeURIComponent('موعد')}`);
      return page.locator('mark').count();
    })
    .toBe(1);
  await looksRight(page);
  await press(page, `main li a[href^="${talk}?at="]`);
  await page.waitForSelector('text=عندي موعد');
  await page.goto(`/report?talk=${talk.split('/').at(-1)}`);
  await looksRight(page);
  expect(await page.locator('input[name=picks]:checked').count()).toBe(0);
  await page.locator('input[name=picks]').first().check();
  await page.locator('input[name=reason][value=other]').check();
  await press(page, 'main form button.primary');
  await page.waitForSelector('.notice.good');

  await press(answers.page, 'button[popovertarget=talk]');
  await answers.page
    .locator('#talk form', { has: answers.page.locator('[value=end]') })
    .locator('button')
    .press('Enter');
  await answers.page.waitForSelector('.closed');
  await answers.page.reload();
  await answers.page.locator('.end details:has(textarea[name=lesson]) summary').press('Enter');
  await answers.page.fill('.end textarea[name=lesson]', 'Eine Bewerbung braucht ein Anschreiben.');
  await press(answers.page, '.end form[action="?/lesson"] button');
  await answers.page.waitForSelector('.end .notice.good');
  await looksRight(answers.page);
  await page.goto('/rooms/jobs');
  await page.waitForSelector('text=Eine Bewerbung braucht ein Anschreiben.');
  for (const { complaints } of [asks, answers]) expect(complaints).toEqual([]);
}, 240_000);

it('mentors and coordinators read figures and feedback in which there is nobody', async () => {
  const katrin = await site.visit();
  await site.signIn(katrin, 'katrin');
  for (const path of ['/figures', '/figures/feedback', '/community']) {
    await katrin.page.goto(path);
    await katrin.page.waitForSelector('h1');
    await looksRight(katrin.page);
  }
  await katrin.page.goto('/figures');
  const drawing = katrin.page.locator('main svg[role=img]');
  expect(await drawing.first().getAttribute('aria-label')).not.toBe('');
  // seven talks, three of them in Ukrainian: these, and with them the others, are not told
  expect(await katrin.page.textContent('main')).toContain('7');
  const file = await katrin.page.request.get('/figures/csv?of=all');
  expect(file.headers()['content-type']).toContain('text/csv');
  expect(await file.text()).toContain('"7"');
  expect(await file.text()).not.toMatch(/"[1-4]"/);
  expect(katrin.complaints).toEqual([]);
}, 120_000);
