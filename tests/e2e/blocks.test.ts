// She blocks somebody: from a message, with the words that say what it does; the stone, one look behind it, her list. In a browser.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { looksRight, press } from '../support/looks.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
let talk = '';
const WORDS = 'Marigold, what she must not read';

beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'rasha', displayName: 'رشا', locale: 'ar' },
      { userName: 'lena', displayName: 'Lena', locale: 'de' },
      { userName: 'petra', displayName: 'Petra', locale: 'de', role: 'mentor' },
    ],
    async also({ accounts, database, messages, rooms, tickets }, katrin) {
      const context = { address: '192.0.2.1', userAgent: 'test' };
      const actorOf = async (userName: string) =>
        (await accounts.signIn({ userName, password: TEST_PASSWORD }, context)).actor;
      const [rasha, lena, petra] = [await actorOf('rasha'), await actorOf('lena'), await actorOf('petra')];
      const roomId = (await rooms.list(katrin)).find(({ slug }) => slug === 'jobs')?.roomId;
      const post = (actor: typeof lena, text: string) =>
        messages.post(actor, { roomId, text, clientId: crypto.randomUUID() });
      await rooms.join(lena, { roomId, shown: true });
      await post(lena, WORDS);
      await post(katrin, 'A word of the coordinator');
      const dropIns = createDropInsRepository(createOfficeHoursModels(database.connection));
      const hosts = [{ actor: petra, languages: ['ar' as const] }];
      const dropInId = await makeSitting(dropIns, new Date(), { hosts, topics: ['jobs'] });
      const { ticketId } = await tickets.join(rasha, aPlace(dropInId, { topic: 'jobs', languages: ['ar'] }));
      await tickets.call(petra, { ticketId });
      await tickets.start(petra, { ticketId });
      talk = `/talks/${(await tickets.ticket(rasha, { ticketId })).talkId}`;
    },
  });
}, 120_000);
afterAll(() => site.close());

const message = (page: Page, text: string) => page.locator('article', { hasText: text });
const stone = (page: Page) => page.locator('article a[href$="/look"]');

it('she blocks from a message, looks once behind the stone, and takes it back', async () => {
  const visitor = await site.visit();
  const { page } = visitor;
  await site.signIn(visitor, 'rasha');
  await page.goto('/rooms/jobs', { waitUntil: 'networkidle' });
  await message(page, WORDS).locator('button.act').press('Enter');
  await page.locator('.menu a[href^="/me/blocked/new"]').press('Enter');
  await page.waitForURL('**/me/blocked/new**');
  await page.waitForSelector('main li');
  await looksRight(page);
  await press(page, 'main form button.primary');
  await page.waitForSelector('.notice.good');
  await looksRight(page);

  // what the hub sends of the room from now on
  const sent = await visitor.context.request.get('/rooms/jobs');
  expect(await sent.text()).not.toMatch(/Marigold|Lena/);
  await page.goto('/rooms/jobs', { waitUntil: 'networkidle' });
  await stone(page).waitFor();
  expect(await page.content()).not.toMatch(/Marigold|Lena/);
  await looksRight(page);
  await stone(page).press('Enter');
  await page.waitForSelector(`text=${WORDS}`);
  await looksRight(page);
  // until she leaves the page, as it says there: a tap too many on "reload" takes nothing away
  await page.reload({ waitUntil: 'networkidle' });
  await page.waitForSelector(`text=${WORDS}`);
  await press(page, 'main a.primary');
  await page.waitForURL('**/rooms/jobs**');
  await stone(page).waitFor();

  await page.goto('/me/blocked', { waitUntil: 'networkidle' });
  expect(await page.locator('main li').textContent()).toContain('Lena');
  await looksRight(page);
  await press(page, 'main li button');
  await page.waitForSelector('.notice.good');
  await page.goto('/rooms/jobs');
  await message(page, WORDS).waitFor();
  expect(visitor.complaints).toEqual([]);
  await visitor.context.close();
});

it('without a script the stone is no empty box: a link shows it once', async () => {
  const visitor = await site.visit({ javaScriptEnabled: false });
  const { page } = visitor;
  await site.signIn(visitor, 'rasha');
  await page.goto('/rooms/jobs/people');
  await page.locator('main li', { hasText: 'Lena' }).locator('a[href^="/me/blocked/new"]').click();
  await page.locator('main form button').click();
  await page.waitForSelector('.notice.good');
  await page.goto('/rooms/jobs/people');
  expect(await page.textContent('main')).not.toContain('Lena');
  await page.goto('/rooms/jobs');
  expect(await page.content()).not.toContain('Marigold');
  await stone(page).click();
  expect(await page.textContent('main article')).toContain(WORDS);
  await page.goto('/me/blocked');
  await page.locator('main li button').click();
  expect(await page.locator('main li').count()).toBe(0);
  await visitor.context.close();
});

it('of a moderator the page says why it is not possible', async () => {
  const visitor = await site.visit();
  const { page } = visitor;
  await site.signIn(visitor, 'lena');
  await page.goto('/rooms/jobs', { waitUntil: 'networkidle' });
  await message(page, 'A word of the coordinator').locator('button.act').press('Enter');
  await page.locator('.menu a[href^="/me/blocked/new"]').press('Enter');
  await page.waitForSelector('.notice');
  expect(await page.locator('main form').count()).toBe(0);
  expect(await page.textContent('main')).toMatch(/Katrin/);
  await looksRight(page);
  await visitor.context.close();
});

it('blocked during a talk, the mentor sees that it is over, and nothing of why', async () => {
  const [her, mentor] = [await site.visit(), await site.visit()];
  await site.signIn(her, 'rasha');
  await site.signIn(mentor, 'petra');
  await mentor.page.goto(talk, { waitUntil: 'networkidle' });
  await mentor.page.waitForSelector('textarea[name=text]');
  await her.page.goto(talk, { waitUntil: 'networkidle' });
  await press(her.page, 'button[popovertarget=talk]');
  await her.page.locator('#talk a[href^="/me/blocked/new"]').press('Enter');
  await her.page.waitForURL('**/me/blocked/new**');
  await press(her.page, 'main form button.primary');
  await her.page.waitForSelector('.notice.good');
  await mentor.page.waitForSelector('a[href="/drop-in"].primary');
  expect(await mentor.page.textContent('main')).not.toMatch(/block/i);
  await looksRight(mentor.page);
  for (const { page } of [her, mentor]) {
    await page.goto(talk);
    await page.waitForSelector('a[href="/drop-in"].primary');
    await page.goto('/talks');
    expect(await page.locator(`main a[href="${talk}"]`).count()).toBe(0);
  }
  await Promise.all([her.context.close(), mentor.context.close()]);
});
