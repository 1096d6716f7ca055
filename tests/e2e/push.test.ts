// On a phone: asked when she has joined and never before, told by the worker in neutral words, a tap opens her place; a no is a no.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { aSchedule } from '../support/office-hours.ts';
import { arrives, asked, moves, taps, visitPhone } from '../support/phone.ts';
import { startPushService, type PushServiceOfOurs } from '../support/push-service.ts';
import { makeSitting } from '../support/queue.ts';
import { openSite, type Site } from '../support/site.ts';
import { connect, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

let site: Site;
let service: PushServiceOfOurs;
let queue = '';
let later = '';
let mentor: TestSocket;

beforeAll(async () => {
  service = await startPushService();
  site = await openSite({
    env: { PUSH_LOOPBACK: 'yes' },
    members: ['nour', 'zoe', 'ada', 'eva'].map((userName) => ({
      userName,
      displayName: userName,
      locale: 'ar' as const,
    })),
    async also(hub, coordinator) {
      const invite = { role: 'mentor', note: '', uses: 1, days: 1 };
      const { code } = await hub.accounts.createInvitation(coordinator, invite);
      const person = { userName: 'amina', displayName: 'Amina', locale: 'de', code, password: TEST_PASSWORD };
      const { actor } = await hub.accounts.register(person, { address: '192.0.2.1', userAgent: 'test' });
      const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
      const hosts = [{ actor, languages: ['ar' as const, 'de' as const] }];
      const began = new Date(Date.now() - 60_000);
      queue = await makeSitting(dropIns, began, { hosts });
      await dropIns.seen([actor.id], new Date());
      const { id } = await hub.officeHours.create(actor, aSchedule());
      const planned = await dropIns.ofOfficeHours([id], new Date(), 10);
      later = planned.find(({ startsAt }) => startsAt > new Date())?.id ?? '';
    },
  });
  const amina = await site.visit();
  await site.signIn(amina, 'amina');
  const cookies = await amina.context.cookies();
  mentor = openSocket(site.origin, cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
  expect(await connect(mentor)).toBeNull();
}, 240_000);
afterAll(async () => {
  mentor.disconnect();
  await site.close();
  await service.close();
});

const phone = (userName: string, answer: 'granted' | 'denied') => visitPhone({ site, service }, userName, answer);
const YES = 'main button.primary:not(form *)';
const NO = 'main button.quiet:not(form *)';
async function joins(page: Page): Promise<string> {
  await page.goto(`/queue/${queue}`);
  await page.locator('main form button.primary').first().press('Enter');
  await page.waitForURL('**/tickets/*');
  return new URL(page.url()).pathname;
}

it('asked when she has joined, never before; called, her locked phone says that it is time and nothing else', async () => {
  const nour = await phone('nour', 'granted');
  const { page, device } = nour;
  await page.goto(`/queue/${queue}`);
  await page.waitForLoadState('networkidle');
  expect(await page.locator(YES).count()).toBe(0);
  const place = await joins(page);
  await page.waitForSelector(YES);
  expect(await page.textContent('section:has(button:not(form *)) p.small')).toContain('حان الوقت');
  expect(await asked(page)).toBe(0);
  await page.click(YES);
  await page.waitForSelector('main .notice.good');
  expect(await asked(page)).toBe(1);
  const options = JSON.parse((await page.evaluate(() => localStorage.getItem('test on'))) ?? '') as object;
  await page.goto('/rooms');

  await must(mentor, 'queue:call-next', { dropInId: queue });
  await until('it was sent', () => device.received.length === 1);
  expect(service.faults).toEqual([]);
  expect(options).toEqual({ userVisibleOnly: true, applicationServerKey: device.received[0]?.key });
  const text = device.received[0]?.text ?? '';
  const [first] = await arrives(nour, text);
  expect(first).toMatchObject({ title: 'حان الوقت', lang: 'ar', dir: 'rtl', renotify: true, data: { url: place } });
  expect(first).toMatchObject({ icon: '/icon-plain.svg' });
  expect(first).not.toHaveProperty('body');
  // sent twice since the hub died in between: it does not ring again
  expect((await arrives(nour, text))[1]).toMatchObject({ tag: first?.['tag'], renotify: false });

  await page.goto('/notes');
  expect(await page.locator(`main a[href="${place}"]`).count()).toBe(1);
  await taps(nour, place);
  await page.waitForURL(`**${place}`);
  await page.waitForSelector('section.called');
  await until('the title says it', async () => (await page.title()).startsWith('حان الوقت'));
  expect(await page.locator(YES).count()).toBe(0);
  await page.goto('/notes');
  expect(await page.locator('main li.unread').count()).toBe(0);
  expect(nour.complaints).toEqual([]);
}, 120_000);

it('her no is a no, here and after a reload; and the page tells her all the same', async () => {
  const zoe = await phone('zoe', 'granted');
  const { page, complaints } = zoe;
  await joins(page);
  await page.click(NO);
  await page.waitForSelector(YES, { state: 'detached' });
  await page.reload();
  await page.waitForSelector('section.waiting');
  await page.waitForLoadState('networkidle');
  expect(await page.locator(YES).count()).toBe(0);
  expect(await asked(page)).toBe(0);
  // she may change her mind where settings are
  await page.goto('/me/push');
  await page.click(YES);
  await page.waitForSelector('main .notice.good');
  const other = service.device();
  await moves(zoe, other);
  // the hub counts the one that went too, until the push service says that it is gone
  await page.reload();
  expect(await page.textContent('section:has(form[action="?/none"])')).toContain(': 2');
  await page.click('main button.secondary:not(form *)');
  await page.waitForSelector(YES);
  expect(complaints).toEqual([]);
}, 120_000);

it('a browser that refuses is taken at its word', async () => {
  const { page, device, complaints } = await phone('ada', 'denied');
  await joins(page);
  await page.click(YES);
  await page.waitForSelector('main [role=status].plain');
  expect(device.asked).toBe(0);
  await page.reload();
  await page.waitForSelector('section.waiting');
  await page.waitForLoadState('networkidle');
  expect(await page.locator(YES).count()).toBe(0);
  expect(complaints).toEqual([]);
}, 120_000);

it('who follows is asked then; quiet hours are kept, also without JavaScript', async () => {
  const { page, context, complaints } = await phone('eva', 'granted');
  await page.goto(`/drop-in/${later}`);
  await page.waitForLoadState('networkidle');
  expect(await page.locator(YES).count()).toBe(0);
  await page.click('form[action="?/follow"] button');
  await page.waitForSelector(YES);
  expect(await page.textContent('section:has(> div > button:not(form *)) p.small')).toContain('اقترب الوقت');
  await page.click(YES);
  await page.waitForSelector('main .notice.good');

  const plain = await site.visit({ javaScriptEnabled: false });
  await plain.context.addCookies(await context.cookies());
  await plain.page.goto('/me/push');
  await plain.page.fill('input[name=quietFrom]', '22:00');
  await plain.page.click('form[action="?/quiet"] button');
  await plain.page.waitForSelector('[aria-invalid=true]');
  await plain.page.fill('input[name=quietFrom]', '22:00');
  await plain.page.fill('input[name=quietTo]', '07:00');
  await plain.page.click('form[action="?/quiet"] button');
  await plain.page.waitForSelector('main .notice.good');
  await page.goto('/me/push');
  expect(await page.inputValue('input[name=quietFrom]')).toBe('22:00');
  await page.click('form[action="?/none"] button');
  await page.waitForSelector(YES);
  expect(complaints).toEqual([]);
}, 120_000);
