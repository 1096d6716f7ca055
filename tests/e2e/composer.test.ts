// Writing: anonymously, with a name, with something private in it, with a picture; by keyboard, mirrored, on a small phone.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserContextOptions, Page } from 'playwright';
import { openSite, type Site, type Visitor } from '../support/site.ts';

const IBAN = 'DE89 3704 0044 0532 0130 00';
let site: Site;
let axe: string;
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  site = await openSite({
    members: [
      { userName: 'amal', displayName: 'Amal', locale: 'en' },
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
    ],
    posts: 4,
    past: { count: 60, text: (nth) => `old ${nth}.` },
  });
});
afterAll(() => site.close());

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
async function fits(page: Page): Promise<void> {
  expect(await seriousIn(page)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
}
async function inside(userName: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const visitor = await site.visit({ viewport: { width: 320, height: 568 }, ...options });
  await site.signIn(visitor, userName);
  await visitor.page.goto('/rooms/jobs');
  await visitor.page.waitForSelector('.more:not(.asleep)');
  return visitor;
}
/** What is kept of the half-written words of a room is on the device. */
const kept = (page: Page, part: string) =>
  page.evaluate(
    (wanted) =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open('strong-together');
        opening.onerror = () => reject(opening.error ?? new Error());
        opening.onsuccess = () => {
          const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(all.result).includes(wanted));
          };
        };
      }),
    part,
  );
const article = (page: Page, text: string) => page.locator('article', { hasText: text });

it('asks anonymously: she is told who can see it, and nobody else sees a name, nor that she types', async () => {
  const [nour, amal] = [await inside('nour'), await inside('amal')];
  // all that is said of who types, from now on
  await amal.page.evaluate(() => {
    const sign = document.querySelector<HTMLElement>('.typing');
    const note = () => (document.body.dataset['typed'] = `${document.body.dataset['typed'] ?? ''}${sign?.textContent}`);
    if (sign) new MutationObserver(note).observe(sign, { childList: true, characterData: true, subtree: true });
  });
  const typed = () => amal.page.evaluate(() => document.body.dataset['typed'] ?? '');
  await nour.page.click('.more');
  await nour.page.getByRole('checkbox').first().check();
  expect(await nour.page.getByRole('checkbox').first().getAttribute('aria-describedby')).toBeTruthy();
  await nour.page.getByRole('checkbox').nth(1).check();
  await fits(nour.page);
  await nour.page.click('.more');
  await expect.poll(() => nour.page.locator('form[action="?/post"] > .told').textContent()).toContain('للمشرفات');
  await fits(nour.page);
  await nour.page.fill('#composer', 'سؤال صعب');
  // half-written, and back tomorrow: it is still anonymous
  await nour.page.waitForTimeout(300);
  await nour.page.reload();
  await nour.page.waitForSelector('.told');
  await expect.poll(() => nour.page.inputValue('#composer')).toBe('سؤال صعب');
  await nour.page.press('#composer', 'Enter');
  await article(amal.page, 'سؤال صعب').waitFor();
  expect(await article(amal.page, 'سؤال صعب').textContent()).not.toContain('نور');
  expect(await typed()).toBe('');
  // the next one is hers again
  expect(await nour.page.locator('form[action="?/post"] ul button').count()).toBe(0);
  await nour.page.fill('#composer', 'أنا نور');
  await expect.poll(typed).toContain('نور');
  await nour.page.press('#composer', 'Enter');
  await expect.poll(() => article(amal.page, 'أنا نور').locator('bdi').first().textContent()).toBe('نور');
  expect(nour.complaints.concat(amal.complaints)).toEqual([]);
  for (const { context } of [nour, amal]) await context.close();
});

it('what she types while the check of the first message still loads is a message of its own; neither is lost or doubled', async () => {
  const { page, context } = await inside('amal', { serviceWorkers: 'block' });
  let arrive = (): void => undefined;
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await context.route('**/_app/immutable/**', async (route) => {
    await held;
    await route.continue();
  });
  for (const text of ['the first', 'the second']) {
    await page.fill('#composer', text);
    await page.press('#composer', 'Enter');
    await page.press('#composer', 'Enter');
  }
  for (const text of ['the first', 'the second']) expect(await article(page, text).count()).toBe(0);
  arrive();
  await expect.poll(() => page.locator('article .text').last().textContent()).toBe('the second');
  for (const text of ['the first', 'the second']) await expect.poll(() => article(page, text).count()).toBe(1);
  expect(await page.inputValue('#composer')).toBe('');
  await context.close();
});

it('what is private is asked about before it is sent, and she can change it', async () => {
  const { page, context, complaints } = await inside('amal');
  await page.fill('#composer', `My account: ${IBAN}`);
  await page.press('#composer', 'Enter');
  await page.waitForSelector('dialog[open]');
  await fits(page);
  await page.keyboard.press('Enter'); // the mild answer has the focus
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  expect(await page.inputValue('#composer')).toContain(IBAN);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('composer');
  expect(await article(page, IBAN).count()).toBe(0);
  await page.press('#composer', 'Enter');
  await page.click('dialog[open] button:last-of-type');
  await article(page, IBAN).waitFor();
  expect(await page.inputValue('#composer')).toBe('');
  expect(complaints).toEqual([]);
  await context.close();
});

it('without network the check comes from what the phone keeps, and asks', async () => {
  const { page, context, complaints } = await inside('amal');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await page.waitForSelector('.more:not(.asleep)');
  await context.setOffline(true);
  await page.fill('#composer', `Offline: ${IBAN}`);
  await page.press('#composer', 'Enter');
  await page.waitForSelector('dialog[open]');
  expect(await page.locator('.pending').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.fill('#composer', '');
  expect(complaints).toEqual([]);
  await context.close();
});

it('where the check cannot load nothing goes unasked: she is told, and pressing once more sends it', async () => {
  const { page, context } = await inside('amal', { serviceWorkers: 'block' });
  const parts = '**/_app/immutable/**';
  await context.route(parts, (route) => route.abort());
  await page.fill('#composer', `Unchecked: ${IBAN}`);
  await page.press('#composer', 'Enter');
  await expect.poll(() => page.textContent('#composer-note')).toContain('We could not check');
  await fits(page);
  expect(await article(page, 'Unchecked').count()).toBe(0);
  expect(await page.inputValue('#composer')).toContain(IBAN);
  // other words are another question
  await page.fill('#composer', 'Unchecked: 0176 1234567');
  await expect.poll(() => page.textContent('#composer-note')).not.toContain('We could not check');
  await page.press('#composer', 'Enter');
  await expect.poll(() => page.textContent('#composer-note')).toContain('We could not check');
  await page.press('#composer', 'Enter');
  await article(page, 'Unchecked: 0176').waitFor();
  expect(await page.inputValue('#composer')).toBe('');
  // with the next load of the page the check is back; what she wrote is still there
  await page.fill('#composer', `Checked: ${IBAN}`);
  await expect.poll(() => kept(page, 'Checked')).toBe(true);
  await context.unroute(parts);
  await page.reload();
  await expect.poll(() => page.inputValue('#composer')).toContain('Checked');
  await page.press('#composer', 'Enter');
  await page.waitForSelector('dialog[open]');
  await context.close();
});

it('a name is chosen with the keyboard among those who wrote, in their own letters', async () => {
  const { page, context, complaints } = await inside('amal');
  await page.locator('#composer').pressSequentially('Danke @نو');
  await page.waitForSelector('[role=option]');
  await fits(page);
  await page.keyboard.press('Enter');
  expect(await page.inputValue('#composer')).toBe('Danke @نور ');
  expect(await page.locator('[role=option]').count()).toBe(0);
  await page.keyboard.press('Enter');
  await article(page, 'Danke @نور').waitFor();
  const nour = await site.visit({ viewport: { width: 320, height: 568 } });
  await site.signIn(nour, 'nour');
  const waiting = nour.page.locator('nav a[href="/notes"] b');
  await expect.poll(() => waiting.textContent()).toMatch(/[1١]/);
  await nour.page.goto('/notes');
  expect(await nour.page.textContent('main li.card')).toContain('Danke');
  await fits(nour.page);
  await nour.page.click('main li.card form button');
  await expect.poll(() => nour.page.locator('main li.card form').count()).toBe(0);
  await expect.poll(() => waiting.count()).toBe(0);
  await nour.page.click('main li.card a');
  await nour.page.waitForURL(/\/rooms\/jobs\?at=/);
  expect(complaints).toEqual([]);
  for (const one of [context, nour.context]) await one.close();
});

it('a picture is chosen, taken off again, chosen anew, and sent without words', async () => {
  const { page, context, complaints } = await inside('amal');
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const file = { name: 'letter.png', mimeType: 'image/png', buffer: picture };
  await page.click('.more');
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.waitForSelector('form progress, form section img');
  expect(await page.locator('#composer-options').count()).toBe(0);
  await fits(page);
  await page.click('form section .remove');
  expect(await page.locator('form section li').count()).toBe(0);
  await page.click('.more');
  await page.locator('input[type=file]').first().setInputFiles(file);
  await expect.poll(() => page.textContent('form section .state'), { timeout: 20_000 }).toContain('Ready');
  const before = await page.locator('article').count();
  await page.click('form[action="?/post"] [type=submit]');
  await expect.poll(() => page.locator('form section li').count()).toBe(0);
  await expect.poll(() => page.locator('article').count()).toBe(before + 1);
  expect(complaints).toEqual([]);
  await context.close();
});

it('a half-written reply is still a reply when she comes back, also to something far up; sent or taken back, it is forgotten', async () => {
  const { page, context, complaints } = await inside('amal');
  const reply = page.locator('.reply');
  const answer = async (text: string, words: string) => {
    await article(page, text).locator('.act').click();
    await page.locator('.menu:popover-open').getByText('Reply', { exact: true }).click();
    await reply.waitFor();
    await page.fill('#composer', words);
    await expect.poll(() => kept(page, words)).toBe(true);
  };
  await answer('post 1', 'half a reply');
  expect(await kept(page, 'post 1')).toBe(false); // the words of others do not lie on her phone
  await page.reload();
  await expect.poll(() => reply.textContent()).toContain('post 1');
  await expect.poll(() => page.inputValue('#composer')).toBe('half a reply');
  await fits(page);
  await page.press('#composer', 'Enter');
  await expect.poll(() => article(page, 'half a reply').locator('.quote').textContent()).toContain('post 1');
  await expect.poll(() => reply.count()).toBe(0);
  await expect.poll(() => kept(page, '"reply":{')).toBe(false);

  await answer('post 2', 'another reply');
  await reply.getByRole('button').click();
  await expect.poll(() => kept(page, '"reply":{')).toBe(false);
  await page.reload();
  await expect.poll(() => page.inputValue('#composer')).toBe('another reply');
  await page.press('#composer', 'Enter');
  await article(page, 'another reply').waitFor();
  expect(await article(page, 'another reply').locator('.quote').count()).toBe(0);

  // the newest page does not show what she answers
  await page.goto('/rooms/jobs?at=1');
  await page.waitForSelector('.more:not(.asleep)');
  const old = (await page.locator('article .text').first().textContent()) ?? '';
  await answer(old, 'a late reply');
  await page.goto('/rooms/jobs');
  await expect.poll(() => reply.textContent()).toContain(old);
  expect(await article(page, old).count()).toBe(0);
  await page.press('#composer', 'Enter');
  await expect.poll(() => article(page, 'a late reply').locator('.quote').textContent()).toContain(old);
  expect(complaints).toEqual([]);
  await context.close();
});
