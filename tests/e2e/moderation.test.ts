// A report in Arabic, a decision in German, notice and appeal in Arabic, decided by another moderator: on a phone, axe clean.
import axe from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { openSite, type Site, type Visitor } from '../support/site.ts';

let site: Site;
let katrin: Visitor;
let vera: Visitor;
let nour: Visitor;
let amal: Visitor;
const PHONE = { viewport: { width: 360, height: 740 } };
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'nour', displayName: 'نور', locale: 'ar' },
      { userName: 'amal', displayName: 'أمل', locale: 'ar' },
      { userName: 'vera', displayName: 'Vera', locale: 'de', role: 'moderator' },
    ],
  });
  const enter = async (name: string) => {
    const visitor = await site.visit(PHONE);
    await site.signIn(visitor, name);
    return visitor;
  };
  katrin = await enter('katrin');
  vera = await enter('vera');
  nour = await enter('nour');
  amal = await enter('amal');
});
afterAll(() => site.close());

/** Everything that axe finds, and what is wider than the phone. Runs past the page's security policy. */
async function lookAt(page: Page) {
  const session = await page.context().newCDPSession(page);
  const expression = `${axe.source}; axe.run(document, { resultTypes: ['violations'] }).then((all) => JSON.stringify(all.violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target).join(' '))))`;
  const { result } = await session.send('Runtime.evaluate', { expression, awaitPromise: true });
  await session.detach();
  expect(JSON.parse(String(result.value))).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
}
const message = (page: Page, text: string) =>
  page.locator('article', { has: page.locator('.text', { hasText: text }) }).last();
async function room(page: Page) {
  await page.goto('/rooms/jobs');
  await page.waitForSelector('#people ul', { state: 'attached' });
}

it('she reports a message in three taps and is told what happens next', async () => {
  await room(nour.page);
  await nour.page.fill('#composer', 'كلام جارح');
  await nour.page.press('#composer', 'Enter');
  await room(amal.page);
  await message(amal.page, 'كلام جارح').locator('.act').click();
  await amal.page.locator('.menu').getByText('إبلاغ').click();
  await amal.page.waitForURL('**/report?**');
  await lookAt(amal.page);
  await amal.page.getByText('إهانة أو كراهية').click();
  await amal.page.getByRole('button', { name: 'إرسال البلاغ' }).click();
  await amal.page.getByText('وصل بلاغكِ').waitFor();
  await amal.page.goto('/reports');
  await amal.page.getByText('ما زال على مشرفة أن تنظر فيه').waitFor();
  await lookAt(amal.page);
});

it('a moderator finds it on her list and mutes the author for a day', async () => {
  const { page } = vera;
  await page.goto('/notes');
  await page.getByText('Zu entscheiden: 1').click();
  await page.waitForURL('**/decisions');
  await lookAt(page);
  await page.locator('.card a', { hasText: 'كلام جارح' }).click();
  await page.waitForURL(/decisions\/[0-9a-f]{24}/);
  await page.getByText('Diese Nachricht wurde gemeldet').waitFor();
  await lookAt(page);
  await page.getByRole('button', { name: 'Stumm schalten' }).click();
  await page.getByText('Wähle die Regel').waitFor();
  await page.getByText('Respekt: keine Beleidigung').click();
  await page.getByRole('button', { name: 'Stumm schalten' }).click();
  await page.getByText('Die Person hat Nachricht bekommen').waitFor();
});

it('the author reads in Arabic what, which rule and until when; she can read the room, and objects', async () => {
  const { page } = nour;
  await page.getByText('يمكنكِ الكتابة مجددًا').waitFor();
  expect(await page.locator('#composer').count()).toBe(0);
  await page.goto('/notices');
  await page.getByText('الاحترام: لا إهانة ولا كراهية').waitFor();
  await lookAt(page);
  await page.getByText('القراءة والاعتراض').click();
  await page.locator('textarea[name=text]').fill('كنت أقتبس كلام غيري');
  await lookAt(page);
  await page.getByRole('button', { name: 'إرسال الاعتراض' }).click();
  await page.getByText('وصل اعتراضكِ').waitFor();
});

it('another moderator takes the decision back, and she writes again', async () => {
  await room(nour.page);
  const { page } = katrin;
  await page.goto('/decisions');
  await page.locator('.card a', { hasText: 'Ein Einspruch' }).click();
  await page.getByText('كنت أقتبس كلام غيري').waitFor();
  await page.getByRole('button', { name: 'Entscheidung zurücknehmen' }).click();
  await page.getByText('Die Person hat Nachricht bekommen').waitFor();
  await nour.page.locator('#composer').waitFor();
  await message(nour.page, 'كلام جارح').waitFor();
  await nour.page.goto('/notices');
  await nour.page.getByText('راجعت مشرفة أخرى الأمر وألغت القرار').waitFor();
  for (const { complaints } of [katrin, vera, nour, amal]) expect(complaints).toEqual([]);
});
