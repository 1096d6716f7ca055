// Keeping the good answers, as people do it on the screen: saved answers, questions, checks, pins, and what one saves for herself.
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { enterRoom, roomIsLive } from '../support/in-room.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
let amal: Visitor;
let katrin: Visitor;
let plain: Visitor;

beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'amal', displayName: 'Amal', locale: 'en' }] });
  amal = await site.visit();
  katrin = await site.visit();
  plain = await site.visit({ javaScriptEnabled: false });
  await site.signIn(amal, 'amal');
  await site.signIn(katrin, 'katrin');
  await site.signIn(plain, 'katrin');
  for (const { page } of [amal, katrin]) await enterRoom(page);
});
afterAll(() => site.close());

const write = async (page: Page, text: string) => {
  await page.fill('#composer', text);
  await page.press('#composer', 'Enter');
};
const message = (page: Page, text: string) =>
  page.locator('article', { has: page.locator('.text', { hasText: text }) }).last();
const menu = async (page: Page, text: string, item: string) => {
  await message(page, text).locator('.act').click();
  await page.locator('.menu').getByText(item, { exact: true }).click();
};
/** The screen of a hydrated page: what a form did is shown inside of it. */
const tap = async (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

it('a mentor writes an answer in two languages and inserts it with two taps', async () => {
  const { page } = katrin;
  await page.goto('/answers');
  expect(await violationsIn(page)).toEqual([]);
  await page.getByRole('link', { name: 'Neue Antwort' }).click();
  await page.waitForURL('**/answers/new');
  await page.getByLabel('Worum geht es?').fill('Diplom');
  await page.getByLabel('Deutsch').fill('Zuerst zur Anerkennungsberatung.');
  await page.getByText('Noch eine Sprache').click();
  await page.getByLabel('Українська').fill('Спершу на консультацію.');
  expect(await violationsIn(page)).toEqual([]);
  await tap(page, 'Antwort speichern');
  await page.waitForURL('**/answers?saved');
  await page.getByText('Українська').waitFor();

  await enterRoom(page);
  await tap(page, 'Mehr zu deiner Nachricht');
  await tap(page, 'Diplom einfügen: Українська');
  await expect.poll(() => page.inputValue('#composer')).toBe('Спершу на консультацію.');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('composer');
  await page.keyboard.press('Enter');
  await message(amal.page, 'Спершу на консультацію.').waitFor();
});

it('members see nothing of saved answers', async () => {
  await tap(amal.page, 'More for your message');
  await amal.page.getByText('Ask anonymously').waitFor();
  expect(await amal.page.getByText('Insert an answer').count()).toBe(0);
  await amal.page.keyboard.press('Escape');
  expect((await amal.page.request.get('/answers')).status()).toBe(403);
});

it('what a mentor wrote in a room becomes one of her answers', async () => {
  const { page } = katrin;
  await write(page, 'Die Frist steht im Bescheid.');
  await message(amal.page, 'Die Frist steht im Bescheid.').waitFor();
  await message(page, 'Die Frist steht im Bescheid.').locator('.act').click();
  await page.locator('.menu').getByText('In meine Antworten').click();
  await page.waitForURL('**/answers/new?**');
  expect(await page.getByLabel('Deutsch').inputValue()).toBe('Die Frist steht im Bescheid.');
  await enterRoom(page);
});

it('who asked marks a reply as the answer on the page of her question, and both lists follow', async () => {
  const { page } = amal;
  await enterRoom(page);
  await tap(page, 'More for your message');
  await page.getByLabel('This is a question').check();
  await write(page, 'Which office is it?');
  await message(katrin.page, 'Which office is it?').waitFor();
  await menu(katrin.page, 'Which office is it?', 'Antworten');
  await write(katrin.page, 'Das am Markt.');
  await message(page, 'Das am Markt.').waitFor();

  await page.goto('/rooms/jobs/questions');
  await page.getByText('Which office is it?').waitFor();
  await page.getByRole('link', { name: 'Look at the replies' }).click();
  await page.getByText('What was written about it').waitFor();
  expect(await violationsIn(page)).toEqual([]);
  await tap(page, 'Answers the question');
  await page.getByText('Shown as the answer.').waitFor();
  await page.getByRole('link', { name: 'Answered', exact: true }).click();
  await page.getByText('Das am Markt.').waitFor();
  expect(await violationsIn(page)).toEqual([]);
  await page.getByRole('link', { name: 'Open questions' }).click();
  await page.getByText('No question here.').waitFor();
  await expect.poll(() => message(katrin.page, 'Das am Markt.').textContent()).toContain('Antwort');
});

it('without JavaScript a mentor confirms an answer with its source, and the room says so', async () => {
  const { page } = plain;
  await page.goto('/rooms/jobs/questions?state=answered');
  await page.getByRole('link', { name: 'Antworten ansehen' }).click();
  await page.getByText('Als geprüft zeigen bis …').first().click();
  await page.getByText('Anderer Tag oder andere Quelle').first().click();
  await page.getByLabel('Quelle').first().fill('meine Tante');
  await tap(page, 'Bis zu diesem Tag zeigen');
  await page.getByText('Bitte prüfe').or(page.locator('.complaint')).first().waitFor();
  expect(await page.getByLabel('Quelle').first().inputValue()).toBe('meine Tante');
  await page.getByLabel('Quelle').first().fill('www.bamf.de/hilfe');
  await tap(page, 'Bis zu diesem Tag zeigen');
  await page.getByText(/^Geprüft bis/).waitFor();
  const shown = message(amal.page, 'Das am Markt.');
  await amal.page.goto('/rooms/jobs');
  await expect.poll(() => shown.textContent()).toContain('Checked on');
  expect(await shown.getByRole('link', { name: /www\.bamf\.de/ }).getAttribute('href')).toBe(
    'https://www.bamf.de/hilfe',
  );
});

it('an answer whose time has passed says so in the room, and two taps confirm it for months', async () => {
  const { page } = katrin;
  const id = await message(amal.page, 'Das am Markt.').getAttribute('id');
  await page.goto('/rooms/jobs/questions?state=answered');
  const roomId = await page.evaluate(
    async (one) => {
      const list = await fetch(`/rooms/jobs/questions/${one}`).then((answer) => answer.text());
      return /name="roomId" value="([0-9a-f]{24})"/.exec(list)?.[1] ?? '';
    },
    await page.locator('article').first().getAttribute('id'),
  );
  const form = { roomId, messageId: id ?? '', until: new Date(Date.now() + 1500).toISOString(), source: '' };
  await page.request.post(`/checks?/check`, { form, headers: { origin: site.origin } });
  await expect
    .poll(async () => (await page.request.get('/checks')).text(), { timeout: 15_000 })
    .toContain('Das am Markt.');
  await amal.page.goto('/rooms/jobs');
  await expect.poll(() => message(amal.page, 'Das am Markt.').textContent()).toContain('Please ask again');
  expect((await amal.page.request.get('/checks')).status()).toBe(403);

  await page.goto('/notes');
  await page.getByRole('link', { name: /Antworten neu prüfen/ }).click();
  await page.getByText('Das am Markt.').waitFor();
  await page.getByText('Stimmt noch bis …').click();
  expect(await violationsIn(page)).toEqual([]);
  await page.locator('.days').getByRole('button').first().click();
  await page.getByText(/^Geprüft bis/).waitFor();
  await page.getByText('Alles ist geprüft').waitFor();
  await expect.poll(() => message(amal.page, 'Das am Markt.').textContent()).toContain('Checked on');
});

it('pins are put in order by keyboard and without JavaScript; members see who pinned and when', async () => {
  const { page } = katrin;
  await enterRoom(page);
  for (const text of ['Das am Markt.', 'Die Frist steht']) {
    await menu(page, text, 'Anheften');
    await expect.poll(() => message(page, text).textContent()).toContain('Angeheftet von Katrin');
  }
  const order = (where: Page) => where.locator('.cards article .text').allTextContents();
  await page.goto('/rooms/jobs/pins');
  expect(await order(page)).toEqual(['Das am Markt.', 'Die Frist steht im Bescheid.']);
  expect(await violationsIn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Nach oben' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Steht jetzt an Platz 1.').waitFor();
  expect(await order(page)).toEqual(['Die Frist steht im Bescheid.', 'Das am Markt.']);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Nach unten');

  await plain.page.goto('/rooms/jobs/pins');
  await plain.page.getByRole('button', { name: 'Nach unten' }).click();
  expect(await order(plain.page)).toEqual(['Das am Markt.', 'Die Frist steht im Bescheid.']);
  await amal.page.goto('/rooms/jobs/pins');
  expect(await amal.page.getByRole('button', { name: 'Move up' }).count()).toBe(0);
  const first = amal.page.locator('.cards li').first();
  await expect.poll(() => first.textContent()).toMatch(/Pinned by Katrin · \d+ \w+ \d{4}/);
  await first.getByRole('link', { name: 'Show it in the room' }).click();
  await roomIsLive(amal.page);
  await expect.poll(() => amal.page.evaluate(() => document.activeElement?.textContent)).toContain('Das am Markt.');
});

it('what she saved for herself is on a page of its own, also without JavaScript, and nobody else sees it', async () => {
  const { page } = amal;
  await menu(page, 'Die Frist steht', 'Save for me');
  await expect.poll(() => page.locator('.menu:popover-open').count()).toBe(0);
  await page.goto('/notes');
  await page.getByRole('link', { name: 'Saved' }).click();
  await page.getByText('Die Frist steht im Bescheid.').waitFor();
  await page.getByText('In Jobs').waitFor();
  expect(await violationsIn(page)).toEqual([]);
  await plain.page.goto('/saved');
  await plain.page.getByText('Noch nichts gemerkt').waitFor();
  await tap(page, 'No longer save');
  await page.getByText('Nothing saved yet').waitFor();
});

it('fits a phone of 320 px in German, and nothing breaks the content security policy', async () => {
  const { page } = katrin;
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of [
    '/answers',
    '/answers/new',
    '/checks',
    '/saved',
    '/rooms/jobs/pins',
    '/rooms/jobs/questions?state=answered',
  ]) {
    await page.goto(path);
    expect(await fits(page), path).toBe(true);
  }
  expect([amal, katrin, plain].flatMap(({ complaints }) => complaints)).toEqual([]);
});
