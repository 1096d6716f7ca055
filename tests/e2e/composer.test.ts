// Writing: anonymously, with a name, with a picture; by keyboard, mirrored, on a small phone.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { article, inside, keptOnDevice } from '../support/composing.ts';
import { enterRoom } from '../support/in-room.ts';
import { looksRight } from '../support/looks.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
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

it('asks anonymously: she is told who can see it, and nobody else sees a name, nor that she types', async () => {
  const [nour, amal] = [await inside(site, 'nour'), await inside(site, 'amal')];
  // her name may be shown while she writes; an anonymous question gives no sign all the same
  await nour.page.goto('/me');
  await nour.page.check('[name="showsPresence"]');
  await nour.page.click('form[action="?/presence"] button');
  await nour.page.getByText('تم الحفظ').waitFor();
  await enterRoom(nour.page);
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
  await looksRight(nour.page);
  await nour.page.click('.more');
  await expect.poll(() => nour.page.locator('form[action="?/post"] > .told').textContent()).toContain('للمشرفات');
  await looksRight(nour.page);
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
  // a sign goes out now and then while she types, and on a busy line one may be dropped
  const types = async () => {
    await nour.page.locator('#composer').pressSequentially('!');
    return typed();
  };
  await expect.poll(types, { interval: 500 }).toContain('نور');
  await nour.page.press('#composer', 'Enter');
  await expect.poll(() => article(amal.page, 'أنا نور').locator('bdi').first().textContent()).toBe('نور');
  expect(nour.complaints.concat(amal.complaints)).toEqual([]);
  for (const { context } of [nour, amal]) await context.close();
});

it('a name is chosen with the keyboard among those who wrote, in their own letters', async () => {
  const { page, context, complaints } = await inside(site, 'amal');
  await page.locator('#composer').pressSequentially('Danke @نو');
  await page.waitForSelector('[role=option]');
  await looksRight(page);
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
  await looksRight(nour.page);
  await nour.page.click('main li.card form button');
  await expect.poll(() => nour.page.locator('main li.card form').count()).toBe(0);
  await expect.poll(() => waiting.count()).toBe(0);
  await nour.page.click('main li.card a');
  await nour.page.waitForURL(/\/rooms\/jobs\?at=/);
  expect(complaints).toEqual([]);
  for (const one of [context, nour.context]) await one.close();
});

it('a picture is chosen, taken off again, chosen anew, and sent without words', async () => {
  const { page, context, complaints } = await inside(site, 'amal');
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const file = { name: 'letter.png', mimeType: 'image/png', buffer: picture };
  await page.click('.more');
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.waitForSelector('form progress, form section img');
  expect(await page.locator('#composer-options').count()).toBe(0);
  await looksRight(page);
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
  const { page, context, complaints } = await inside(site, 'amal');
  const reply = page.locator('.reply');
  const answer = async (text: string, words: string) => {
    await article(page, text).locator('.act').click();
    await page.locator('.menu:popover-open').getByText('Reply', { exact: true }).click();
    await reply.waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await page.fill('#composer', words);
    await expect.poll(() => keptOnDevice(page, words)).toBe(true);
  };
  await answer('post 1', 'half a reply');
  expect(await keptOnDevice(page, 'post 1')).toBe(false); // the words of others do not lie on her phone
  await page.reload();
  await expect.poll(() => reply.textContent()).toContain('post 1');
  await expect.poll(() => page.inputValue('#composer')).toBe('half a reply');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(''); // coming back moves nothing
  await looksRight(page);
  await page.press('#composer', 'Enter');
  await expect.poll(() => article(page, 'half a reply').locator('.quote').textContent()).toContain('post 1');
  await expect.poll(() => reply.count()).toBe(0);
  await expect.poll(() => keptOnDevice(page, '"reply":{')).toBe(false);

  await answer('post 2', 'another reply');
  await reply.getByRole('button').click();
  await expect.poll(() => keptOnDevice(page, '"reply":{')).toBe(false);
  await page.reload();
  await expect.poll(() => page.inputValue('#composer')).toBe('another reply');
  await page.press('#composer', 'Enter');
  await article(page, 'another reply').waitFor();
  expect(await article(page, 'another reply').locator('.quote').count()).toBe(0);

  // the newest page does not show what she answers
  await enterRoom(page, '/rooms/jobs?at=1');
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
