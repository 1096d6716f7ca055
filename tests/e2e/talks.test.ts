// A question in a room that becomes a place in a queue, what is done with the words of a talk, and figures without anybody.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import type { Hub } from '../../server/hub.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { enterRoom } from '../support/in-room.ts';
import { isIn, looksRight, press } from '../support/looks.ts';
import { makeSitting } from '../support/queue.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
let second = '';

/** Seven talks in the four weeks that are over: four in Arabic, three in Ukrainian. */
async function countedTalks(hub: Hub): Promise<void> {
  const weeks = 4 * 7 * 86_400_000;
  const first = Date.UTC(2024, 0, 1);
  const day = new Date(first + (Math.floor((Date.now() - first) / weeks) - 1) * weeks).toISOString().slice(0, 10);
  const counts = { talks: 7, notFound: 0, left: 0, unserved: 0, topics: { jobs: 7 }, waits: { 3: 7 } };
  const row = { day, who: 'all', ...counts, languages: { ar: 4, uk: 3 }, seen: [], expireAt: new Date('2099-01-01') };
  await hub.database.connection.collection('figures').insertOne({ _id: `${day}:all` as never, ...row });
}

beforeAll(async () => {
  site = await openSite({
    members: [{ userName: 'rasha', displayName: 'رشا', locale: 'ar' }],
    async also(hub, coordinator) {
      const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
      const began = new Date(Date.now() - 60_000);
      for (const [userName, topic] of [
        ['amina', 'schools'],
        ['mona', 'jobs'],
      ] as const) {
        const invite = { role: 'mentor', note: '', uses: 1, days: 1 };
        const { code } = await hub.accounts.createInvitation(coordinator, invite);
        const person = { userName, displayName: userName, locale: 'de', code, password: TEST_PASSWORD };
        const { actor } = await hub.accounts.register(person, { address: '192.0.2.1', userAgent: 'test' });
        const hosts = [{ actor, languages: ['ar' as const] }];
        second = `/queue/${await makeSitting(dropIns, began, { hosts, topics: [topic] })}`;
        await dropIns.seen([actor.id], new Date());
      }
      await countedTalks(hub);
    },
  });
}, 240_000);
afterAll(() => site.close());

it('a question in a room becomes a place in the queue, and the talk is searched, reported and turned into a lesson', async () => {
  const [asks, answers] = [await site.visit(), await site.visit({ viewport: { width: 1280, height: 800 } })];
  await site.signIn(asks, 'rasha');
  await site.signIn(answers, 'mona');
  const { page } = asks;
  await enterRoom(page);
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
  expect(await answers.page.textContent('main')).not.toContain('Hier beginnt der Raum');
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
  await press(page, 'main form button[name=reason][value=other]');
  await page.waitForSelector('.notice.good');

  // what somebody said in an open talk: its menu, report, the reason
  await answers.page.locator('article', { hasText: 'عندي موعد' }).locator('button.act').click();
  await answers.page.locator('.menu a[href^="/report?talk="]').click();
  await answers.page.waitForURL('**/report?talk=*');
  expect(await answers.page.locator('input[name=picks]:checked').count()).toBe(1);
  await looksRight(answers.page);
  await answers.page.locator('main form button[name=reason][value=other]').click();
  await answers.page.waitForSelector('.notice.good');
  await answers.page.goto(talk);

  await press(answers.page, 'button[popovertarget=talk]');
  await answers.page
    .locator('#talk form', { has: answers.page.locator('[value=end]') })
    .locator('button:not([aria-busy])')
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
