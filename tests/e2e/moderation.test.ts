// A report in Arabic, a decision in German, notice and appeal in Arabic, decided by another moderator; a stranger who asks: on a phone, by keyboard, axe clean.
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  countTaps,
  lookAt,
  message,
  openCase,
  openDeciding,
  PHONE,
  post,
  report,
  seesNumbersAt,
  tabTo,
} from '../support/deciding.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { enterRoom } from '../support/in-room.ts';
import type { Site, Visitor } from '../support/site.ts';

let site: Site;
let katrin: Visitor;
let vera: Visitor;
let nour: Visitor;
let amal: Visitor;

beforeAll(async () => {
  ({ site, katrin, vera, nour, amal } = await openDeciding());
});
afterAll(() => site.close());

it('she reports a message in three taps and is told what happens next', async () => {
  await enterRoom(nour.page);
  await post(nour.page, 'كلام جارح');
  await enterRoom(amal.page);
  const taps = await countTaps(amal.page);
  await message(amal.page, 'كلام جارح').locator('.act').click();
  await amal.page.locator('.menu:popover-open').getByText('إبلاغ').click();
  await amal.page.waitForURL('**/report?**');
  await amal.page.locator('form .what', { hasText: 'كلام جارح' }).waitFor();
  // what she writes beside it may be about herself: then she sees the numbers
  await amal.page.locator('details summary').press('Enter'); // no tap of the three
  await seesNumbersAt(amal.page, 'textarea[name=note]');
  await lookAt(amal.page);
  await amal.page.getByRole('button', { name: 'إهانة أو كراهية' }).click();
  await amal.page.getByText('وصل بلاغكِ').waitFor();
  expect(await taps()).toBe(3);
  await lookAt(amal.page);
  await amal.page.goto('/reports');
  await amal.page.getByText('ما زال على مشرفة أن تنظر فيه').waitFor();
  await lookAt(amal.page);
});

it('a moderator finds it on her list, another one sees that she looks, and she mutes the author for three days', async () => {
  const { page } = vera;
  await page.goto('/notes');
  await page.getByRole('link', { name: 'Zu entscheiden: 1' }).waitFor();
  // and on the other pages, also the first that she sees
  await page.goto('/drop-in');
  await page.getByRole('link', { name: 'Zu entscheiden: 1' }).waitFor();
  await page.goto('/rooms');
  await lookAt(page);
  await page.getByRole('link', { name: 'Zu entscheiden: 1' }).click();
  await page.waitForURL('**/decisions');
  await lookAt(page);
  await openCase(page, 'كلام جارح');
  await page.getByText('Diese Nachricht wurde gemeldet').waitFor();
  await lookAt(page);
  await katrin.page.goto('/decisions');
  await katrin.page.getByText('Vera sieht es sich gerade an').waitFor();
  await openCase(katrin.page, 'كلام جارح');
  // she is writing meanwhile
  await nour.page.fill('#composer', 'نصف جملة');
  await page.getByRole('link', { name: 'Mehr …' }).click();
  await page.getByRole('button', { name: 'Stumm schalten' }).click();
  // no rule is chosen for her
  await page
    .locator('select[name=rule][aria-invalid]')
    .selectOption({ label: 'Respekt: keine Beleidigung, kein Hass' });
  // what a suspension would do is asked first, and she thinks again
  await page.getByRole('button', { name: 'Vorübergehend sperren' }).click();
  await page.getByRole('dialog').getByText('kommt sie dann in keinen Raum').waitFor();
  await lookAt(page);
  await page.getByRole('link', { name: 'Nein, zurück' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('Eigene Dauer').first().click();
  await page.getByRole('button', { name: 'Stumm schalten' }).click();
  await page.getByText('Wähle, wie lange').waitFor();
  await page.locator('input[name=own]').fill('3');
  await page.getByRole('button', { name: 'Stumm schalten' }).click();
  await page.getByText('Die Person hat Nachricht bekommen').waitFor();
  await lookAt(page);
});

it('the other one, whose page was open, sees the decision by itself and has nothing to decide any more', async () => {
  const { page } = katrin;
  await page.getByRole('heading', { name: 'Stumm schalten' }).waitFor();
  expect(await page.getByRole('button', { name: 'Nichts tun' }).count()).toBe(0);
  await lookAt(page);
});

it('the author reads in Arabic what, which rule and until when; she can read the room, and objects', async () => {
  const { page } = nour;
  await page.getByText('يمكنكِ الكتابة مجددًا').waitFor();
  expect(await page.locator('#composer').count()).toBe(0);
  await page.goto('/notices');
  await page.getByText('الاحترام: لا إهانة ولا كراهية').waitFor();
  await page.getByText('لم تعد الأخريات يرين رسالتكِ').waitFor();
  await lookAt(page);
  await page.getByText('القراءة والاعتراض').click();
  await seesNumbersAt(page, 'textarea[name=text]');
  await page.locator('textarea[name=text]').fill('كنت أقتبس كلام غيري');
  await lookAt(page);
  await page.getByRole('button', { name: 'إرسال الاعتراض' }).click();
  await page.getByText('وصل اعتراضكِ').waitFor();
});

it('another moderator takes the decision back, by keyboard alone, and she goes on where she was in her sentence', async () => {
  await nour.page.goto('/rooms/jobs');
  await nour.page.getByText('يمكنكِ الكتابة مجددًا').waitFor();
  const taps = await countTaps(nour.page);
  const { page } = katrin;
  await page.goto('/decisions');
  await page.getByText('Ein Widerspruch').waitFor();
  await tabTo(page, 'Ein Widerspruch');
  await page.keyboard.press('Enter');
  await page.getByText('كنت أقتبس كلام غيري').waitFor();
  await tabTo(page, 'Entscheidung zurücknehmen');
  await page.keyboard.press('Enter');
  await page.getByText('Die Person hat Nachricht bekommen').waitFor();
  await nour.page.locator('#composer').waitFor();
  await message(nour.page, 'كلام جارح').waitFor();
  await expect.poll(() => nour.page.inputValue('#composer')).toBe('نصف جملة');
  await nour.page.press('#composer', 'Enter');
  await message(nour.page, 'نصف جملة').waitFor();
  await expect.poll(() => nour.page.locator('.pending').count()).toBe(0);
  // by itself: nothing was tapped, and the page was not loaded again
  expect(await taps()).toBe(0);
  await nour.page.goto('/notices');
  await nour.page.getByText('راجعت مشرفة أخرى الأمر وألغت القرار').waitFor();
});

it('a report comes onto the open list by itself; hiding takes the rule and one tap, and is undone', async () => {
  const { page } = vera;
  await page.goto('/decisions');
  await page.getByText('Hier wartet nichts').waitFor();
  await enterRoom(amal.page);
  await enterRoom(nour.page);
  await post(nour.page, 'شقة للإيجار ادفعي أولًا');
  await report(amal.page, 'شقة للإيجار', 'احتيال');
  await openCase(page, 'شقة للإيجار');
  await page.locator('select[name=rule]').selectOption({ label: 'Kein Betrug, keine Werbung' });
  await page.getByRole('button', { name: 'Verbergen' }).click();
  await page.getByText('Die Person hat Nachricht bekommen').waitFor();
  await enterRoom(amal.page);
  await expect.poll(() => message(amal.page, 'شقة للإيجار').count()).toBe(0);
  await amal.page.goto('/reports');
  await amal.page.getByText('ما أبلغتِ عنه لم يعد معروضًا').waitFor();
  await enterRoom(amal.page);
  await page.getByRole('button', { name: 'Entscheidung zurücknehmen' }).click();
  await message(amal.page, 'شقة للإيجار').waitFor();
});

it('what the word filter holds waits: its author is told so, nobody else sees it, and a moderator releases it', async () => {
  await enterRoom(nour.page);
  // a moderator who reads sees in her bar that something came, without loading again
  await enterRoom(katrin.page);
  const bar = katrin.page.locator('nav a[href="/decisions"]').first();
  expect(await bar.textContent()).not.toMatch(/\d/);
  await nour.page.fill('#composer', 'كلمة ممنوعة');
  await nour.page.press('#composer', 'Enter');
  await nour.page.locator('.pending').getByText('بانتظار مشرفة').waitFor();
  await lookAt(nour.page);
  await expect.poll(() => bar.textContent()).toContain('1');
  expect(await message(amal.page, 'كلمة ممنوعة').count()).toBe(0);
  const { page } = vera;
  await page.goto('/decisions');
  await lookAt(page);
  await openCase(page, 'كلمة ممنوعة');
  await page.locator('.notice', { hasText: 'Niemand sieht es, bis entschieden ist' }).waitFor();
  // on a wide screen the list stands beside it
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('nav a[aria-current=page]', { hasText: 'كلمة ممنوعة' }).waitFor();
  await lookAt(page);
  await page.getByRole('button', { name: 'Freigeben' }).click();
  // nobody reported it: nobody is told
  await page.getByText('Entschieden.', { exact: true }).waitFor();
  await message(amal.page, 'كلمة ممنوعة').waitFor();
  await expect.poll(() => nour.page.locator('.pending').count()).toBe(0);
  await message(nour.page, 'كلمة ممنوعة').waitFor();
  await expect.poll(() => bar.textContent()).not.toMatch(/\d/);
  for (const { complaints } of [katrin, vera, nour, amal]) expect(complaints).toEqual([]);
});

it('a stranger asks in Arabic without scripts, is let in in German, and joins in Arabic on another phone', async () => {
  const { page } = katrin;
  await page.goto('/community', { waitUntil: 'networkidle' });
  await page.getByLabel('Wer keine Einladung hat, darf anfragen').check();
  await page.locator('form[action="?/asking"] button').click();
  await page.getByText('Gespeichert').waitFor();
  await lookAt(page);

  // an old phone: no scripts
  const zahra = await site.visit({ ...PHONE, locale: 'ar', javaScriptEnabled: false });
  await zahra.page.goto('/sign-in');
  await zahra.page.getByRole('link', { name: 'طلب الانضمام' }).click();
  await zahra.page.locator('[name=displayName]').fill('زهرة');
  await zahra.page.getByRole('button', { name: 'إرسال الطلب' }).click();
  await zahra.page.locator('[aria-invalid=true][name=words]').fill('أبحث عن نساء يعرفن الطريق إلى العمل');
  await zahra.page.getByRole('button', { name: 'إرسال الطلب' }).click();
  await zahra.page.getByRole('heading', { name: 'وصل طلبكِ' }).waitFor();
  const code = (await zahra.page.locator('output').textContent()) ?? '';
  // and another one, to which she takes her code
  const other = await site.visit({ ...PHONE, locale: 'ar' });
  await other.page.goto('/sign-in');
  await lookAt(other.page);
  await other.page.goto('/ask');
  // no scripts at the door: the numbers stand beside the field for all
  await other.page.locator('form a[href="tel:116016"]').waitFor();
  await lookAt(other.page);
  await other.page.goto(`/join/${code}`);
  await other.page.getByRole('heading', { name: 'وصل طلبكِ' }).waitFor();
  await lookAt(other.page);
  await page.goto('/decisions');
  await page.getByRole('heading', { name: 'Anfragen zum Beitritt' }).waitFor();
  await lookAt(page);
  await openCase(page, 'زهرة');
  await page.locator('.words', { hasText: 'أبحث عن نساء' }).waitFor();
  await page.getByText('Nicht aufnehmen …').click();
  await lookAt(page);
  await page.getByRole('button', { name: 'Aufnehmen', exact: true }).click();
  await page.getByText('Sie kann jetzt beitreten').waitFor();
  await lookAt(page);
  await page.goto('/invitations');
  await page.locator('summary', { hasText: 'Zurückziehen' }).first().click();
  await lookAt(page);
  await zahra.page.goto('/ask');
  await zahra.page.getByRole('heading', { name: 'أهلًا بكِ!' }).waitFor();
  await other.page.goto('/ask');
  await lookAt(other.page);
  await other.page.getByRole('link', { name: 'المتابعة للانضمام' }).click();
  await other.page.click('button[name=locale][value=ar]');
  await other.page.fill('[name=displayName]', 'زهرة');
  await other.page.fill('[name=userName]', 'zahra');
  await other.page.fill('[name=password]', TEST_PASSWORD);
  await other.page.press('[name=password]', 'Enter');
  await other.page.waitForURL('**/rooms**');
  await zahra.page.reload();
  await zahra.page.getByRole('heading', { name: 'لم يعد هنا شيء' }).waitFor();
  expect([...zahra.complaints, ...other.complaints, ...katrin.complaints]).toEqual([]);
});
