// Moving a thread from the screen, its stone and its old links; requests and their answers in the notification centre.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { TEST_PASSWORD } from '../support/hub.ts';
import { enterRoom } from '../support/in-room.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
let katrin: Visitor;
let nour: Visitor;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
      { userName: 'amal', displayName: 'Amal', locale: 'en' },
    ],
  });
  katrin = await site.visit({ viewport: { width: 1280, height: 800 } });
  nour = await site.visit();
  await site.signIn(katrin, 'katrin');
  await site.signIn(nour, 'nour');
});
afterAll(() => site.close());

const message = (page: Page, text: string) =>
  page.locator('article', { has: page.locator('.text', { hasText: text }) }).last();
async function write(page: Page, text: string, field = '#composer') {
  await page.fill(field, text);
  await page.press(field, 'Enter');
  await message(page, text).locator('.act').waitFor();
}
/** Chooses the room in the form that the menu of a message leads to. */
async function moveFromMenu(page: Page, text: string, room: string) {
  await message(page, text).locator('.act').click();
  await page.locator('.menu').getByText('In einen anderen Raum verschieben').click();
  await page.waitForURL('**/move');
  await page.selectOption('select[name=toRoomId]', { label: room });
  await page.click('main form button[type=submit]');
}

let oldThread: string;
let oldReply: string;

it('a coordinator moves a thread: everybody sees at once where it went, and the way there', async () => {
  await enterRoom(nour.page);
  await write(nour.page, 'سؤال عن الحضانة');
  await enterRoom(katrin.page);
  await message(katrin.page, 'سؤال عن الحضانة').locator('.act').click();
  await katrin.page.locator('.menu a[href*="/thread/"]').click();
  await katrin.page.waitForURL('**/thread/**');
  await write(katrin.page, 'Das gehört zu den Schulen', '#composer-thread');
  oldThread = new URL(katrin.page.url()).pathname;
  const replyId = await message(katrin.page, 'Das gehört zu den Schulen').getAttribute('id');
  oldReply = `/rooms/jobs/message/${replyId ?? ''}`;
  await enterRoom(katrin.page);
  await message(katrin.page, 'سؤال عن الحضانة').locator('.act').waitFor();
  await moveFromMenu(katrin.page, 'سؤال عن الحضانة', 'Schule und Kita');
  await katrin.page.waitForURL('**/rooms/jobs?at=**');
  const stone = katrin.page.locator('article.stone');
  await expect.poll(() => stone.textContent()).toContain('Diese Nachricht ist jetzt im Raum Schule und Kita.');
  // the other one did not load anything anew
  await expect.poll(() => nour.page.locator('article.stone').textContent()).toContain('هذه الرسالة الآن في غرفة');
  await nour.page.locator('article.stone a').click();
  await nour.page.waitForURL('**/rooms/schools**');
  await message(nour.page, 'سؤال عن الحضانة').waitFor();
  expect(await nour.page.locator('article .thread').textContent()).toContain('1');
});

it('old links to a thread and to a reply in it lead to where they are now, also without JavaScript', async () => {
  const plain = await site.visit({ javaScriptEnabled: false });
  await site.signIn(plain, 'amal');
  await plain.page.goto(oldThread);
  expect(new URL(plain.page.url()).pathname).toMatch(/^\/rooms\/schools\/thread\/[0-9a-f]{24}$/);
  expect(await plain.page.locator('article .text').allTextContents()).toHaveLength(2);
  await plain.page.goto(oldReply);
  const there = new URL(plain.page.url());
  expect(there.pathname).toMatch(/^\/rooms\/schools\/thread\//);
  expect(await plain.page.locator(`article[id="${there.hash.slice(1)}"]`).textContent()).toContain('gehört zu den');
  await plain.page.goto('/rooms/jobs');
  await plain.page.click('article.stone a');
  expect(new URL(plain.page.url()).pathname).toBe('/rooms/schools');
  for (const wrong of ['x', 'f'.repeat(24)]) {
    const answer = await plain.page.goto(`/rooms/jobs/message/${wrong}`);
    expect([404, 400]).toContain(answer?.status());
  }
  await plain.context.close();
});

it('into a room that not everyone sees: she who moves is warned, and who may not enter gets no way to a closed door', async () => {
  await katrin.page.goto('/rooms/manage/new');
  await katrin.page.fill('[name="name.de"]', 'Teamraum');
  await katrin.page.fill('[name="purpose.de"]', 'Für uns');
  expect(await katrin.page.locator('[name=access]').count()).toBe(4);
  await katrin.page.check('[name=access][value=staff]');
  await katrin.page.click('main form button[type=submit]');
  await katrin.page.waitForURL('**/rooms/manage');
  await enterRoom(nour.page);
  await write(nour.page, 'سؤال خاص');
  await enterRoom(katrin.page);
  await message(katrin.page, 'سؤال خاص').locator('.act').click();
  await katrin.page.locator('.menu').getByText('In einen anderen Raum verschieben').click();
  await katrin.page.waitForURL('**/move');
  expect(await katrin.page.textContent('main form')).toMatch(/Diesen Raum sehen nicht alle[^]*Teamraum/);
  await katrin.page.selectOption('select[name=toRoomId]', { label: 'Teamraum' });
  await katrin.page.click('main form button[type=submit]');
  await katrin.page.waitForURL('**/rooms/jobs?at=**');
  await expect.poll(() => katrin.page.locator('article.stone a').count()).toBe(2);
  const stone = nour.page.locator('article.stone').last();
  await expect.poll(() => stone.textContent()).toContain('لا تراها كل النساء');
  expect(await stone.locator('a[href*="/message/"]').count()).toBe(0);
});

it('of two moderators who have the form open, the second is told that it is gone, and where', async () => {
  await enterRoom(nour.page);
  await write(nour.page, 'سؤال ثانٍ');
  const id = await message(nour.page, 'سؤال ثانٍ').getAttribute('id');
  const second = await site.visit({ javaScriptEnabled: false });
  await site.signIn(second, 'katrin');
  await second.page.goto(`/rooms/jobs/message/${id ?? ''}/move`);
  await second.page.selectOption('select[name=toRoomId]', { label: 'Ämter und Briefe' });
  await katrin.page.goto(`/rooms/jobs/message/${id ?? ''}/move`);
  await katrin.page.selectOption('select[name=toRoomId]', { label: 'Schule und Kita' });
  await katrin.page.click('main form button[type=submit]');
  await katrin.page.waitForURL('**/rooms/jobs?at=**');
  await second.page.click('main form button[type=submit]');
  expect(await second.page.textContent('main')).toContain('Diese Nachricht hat schon jemand verschoben.');
  await second.page.click('main p a');
  expect(new URL(second.page.url()).pathname).toBe('/rooms/schools');
  await second.page.goto('/rooms/bureaucracy');
  expect(await second.page.locator('article').count()).toBe(0);
  await second.context.close();
});

it('a form without a room says so, and a member gets no form', async () => {
  await enterRoom(nour.page);
  await write(nour.page, 'سؤال ثالث');
  const id = (await message(nour.page, 'سؤال ثالث').getAttribute('id')) ?? '';
  const plain = await site.visit({ javaScriptEnabled: false });
  await site.signIn(plain, 'katrin');
  await plain.page.goto(`/rooms/jobs/message/${id}/move`);
  await plain.page.locator('main form').evaluate((form) => form.setAttribute('novalidate', ''));
  await plain.page.click('main form button[type=submit]');
  expect(await plain.page.locator('#to-complaint').count()).toBe(1);
  expect((await nour.page.goto(`/rooms/jobs/message/${id}/move`))?.status()).toBe(403);
  await plain.context.close();
});

it('a request shows in the bar of who answers, and the answer in hers: live, and in neutral words', async () => {
  const { page } = katrin;
  await page.goto('/rooms/manage/new');
  await page.fill('[name="name.de"]', 'Nähen');
  await page.fill('[name="purpose.de"]', 'Zusammen nähen');
  await page.check('[name=access][value=request]');
  await page.click('main form button[type=submit]');
  await page.waitForURL('**/rooms/manage');
  await enterRoom(page);
  const bell = (visitor: Visitor) => visitor.page.locator('a.tab[href="/notes"]');
  expect(await bell(katrin).textContent()).not.toMatch(/\d/);

  // what she did not get to read in the tests before this one
  await nour.page.goto('/notes');
  const unread = nour.page.locator('form:has([name=messageId]) button');
  while ((await unread.count()) > 0) await Promise.all([nour.page.waitForEvent('load'), unread.first().click()]);

  await nour.page.goto('/rooms/naehen/enter');
  await nour.page.fill('[name=note]', 'أحب الخياطة');
  await nour.page.click('form[action="?/ask"] button');
  await nour.page.waitForSelector('form[action="?/leave"], .notice');
  await enterRoom(nour.page);
  await expect.poll(() => bell(katrin).textContent()).toContain('1');

  await bell(katrin).click();
  await page.waitForURL('**/notes');
  expect(await page.textContent('main')).toContain('Anfragen: 1');
  await page.click('main a[href="/rooms/naehen/people"]');
  await page.click('form[action="?/answer"]:has([value=accept]) button');
  await expect.poll(() => bell(nour).textContent()).toMatch(/[1١]/);
  await bell(nour).click();
  await nour.page.waitForURL('**/notes');
  expect(await nour.page.textContent('main')).toContain('أنتِ الآن في الغرفة');
  await nour.page.click('form:has([name=roomId]) button');
  await expect.poll(() => bell(nour).textContent()).not.toMatch(/[1١]/);
  await expect.poll(() => nour.page.locator('main a[href="/rooms/naehen"]').count()).toBe(0);
});

it('a coordinator makes a mentor a host on screen: she is told, lets people in, and moves where she may', async () => {
  const { page } = katrin;
  await page.goto('/invitations');
  await page.check('[name=role][value=mentor]');
  await page.click('form[action="?/make"] button[type=submit], form[action="?/make"] button:not([type])');
  await page.waitForFunction(() => /\/join\/[\w-]+/.test(document.body.innerText + document.body.innerHTML));
  const [path = ''] = /\/join\/[\w-]+/.exec(await page.content()) ?? [];
  const nuria = await site.visit();
  await nuria.page.goto(path);
  await nuria.page.click('button[name=locale][value=de]');
  await nuria.page.fill('input[name=displayName]', 'Nuria');
  await nuria.page.fill('input[name=userName]', 'nuria');
  await nuria.page.fill('input[name=password]', TEST_PASSWORD);
  await nuria.page.press('input[name=password]', 'Enter');
  await nuria.page.waitForURL('**/rooms**');
  expect((await nuria.page.goto('/rooms/naehen/people/invite'))?.status()).toBe(403);

  await page.goto('/rooms/naehen/people/invite');
  const row = page.locator('li', { hasText: 'Nuria' });
  await row.getByRole('button', { name: 'Zur Gastgeberin machen' }).click();
  await row.getByText('Gehört schon dazu').waitFor();
  await page.goto('/rooms/naehen/people');
  expect(await page.locator('li', { hasText: 'Nuria' }).textContent()).toContain('Gastgeberin');

  await nuria.page.goto('/notes');
  expect(await nuria.page.textContent('main')).toContain('Du bist hier jetzt Gastgeberin');
  const amal = await site.visit({ javaScriptEnabled: false });
  await site.signIn(amal, 'amal');
  await amal.page.goto('/rooms/naehen/enter');
  await amal.page.click('form[action="?/ask"] button');
  await nuria.page.goto('/notes');
  await nuria.page.click('main a.whole[href="/rooms/naehen/people"]');
  await nuria.page.click('form[action="?/answer"]:has([value=accept]) button');
  await nuria.page.locator('li', { hasText: 'Amal' }).getByText('Aus dem Raum').waitFor();
  await amal.page.goto('/rooms/naehen');
  await amal.page.fill('#composer', 'Hello');
  await amal.page.click('form[action="?/post"] button[type=submit]');

  // she hosts this room only: there is nowhere to put it
  await enterRoom(nuria.page, '/rooms/naehen');
  await message(nuria.page, 'Hello').locator('.act').click();
  await nuria.page.locator('.menu').getByText('In einen anderen Raum verschieben').click();
  await nuria.page.waitForURL('**/move');
  expect(await nuria.page.textContent('main')).toContain('Es gibt keinen anderen Raum');
  expect(nuria.complaints).toEqual([]);
  for (const { context } of [nuria, amal]) await context.close();
});

it('nothing breaks the content security policy', () => {
  expect(katrin.complaints.concat(nour.complaints)).toEqual([]);
});
