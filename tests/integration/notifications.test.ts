// Notices: told once, hers alone, a page at a time.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { person } from '../support/live.ts';
import { openOfficeHours } from '../support/office-hours.ts';

let area: Awaited<ReturnType<typeof openOfficeHours>>;
beforeAll(async () => {
  area = await openOfficeHours('2026-06-01T08:00:00Z');
});
afterAll(() => area.close());

const notice = (key: string) => ({ key, kind: 'drop-in.reminder' as const, params: { dropInId: 'x', startsAt: 'y' } });

it('the same notice reaches her once, however often and from however many processes it is told', async () => {
  const nour = person('Nour');
  const huda = person('Huda');
  const other = await area.another();
  const created: string[] = [];
  for (const { bus } of [area, other]) bus.on('notice.created', ({ userId }) => created.push(userId));
  const tell = ({ notifications }: typeof other) => notifications.notify([nour.id, huda.id, nour.id], notice('a'));
  await Promise.all([tell(area), tell(other), tell(area), tell(other)]);
  expect((await area.notifications.list(nour, {})).items).toHaveLength(1);
  expect(created.sort()).toEqual([nour.id, huda.id].sort());
  expect(await area.notifications.unread(nour)).toBe(1);
});

it('she reads hers, and nobody reads them for her', async () => {
  const nour = person('Nour');
  const huda = person('Huda');
  await area.notifications.notify([nour.id], notice('b'));
  const [mine] = (await area.notifications.list(nour, {})).items;
  const input = { noticeIds: [mine?.id] };
  await area.notifications.read(huda, input);
  expect(await area.notifications.unread(nour)).toBe(1);
  await area.notifications.read(nour, input);
  expect(await area.notifications.unread(nour)).toBe(0);
  expect((await area.notifications.list(nour, {})).items).toMatchObject([{ read: true }]);
  await expect(area.notifications.read(nour, { noticeIds: [{ $ne: '' }] })).rejects.toMatchObject({
    code: 'input.invalid',
  });
});

it('a long list comes in pages, newest first, each notice once', async () => {
  const nour = person('Nour');
  for (let number = 0; number < 120; number++) await area.notifications.notify([nour.id], notice(`c${number}`));
  const seen: string[] = [];
  let before: string | null = null;
  let pages = 0;
  do {
    const page: Awaited<ReturnType<typeof area.notifications.list>> = await area.notifications.list(nour, { before });
    seen.push(...page.items.map(({ id }) => id));
    before = page.next;
    pages++;
  } while (before !== null);
  expect([pages, new Set(seen).size]).toEqual([3, 120]);
  expect(seen).toEqual([...seen].sort().reverse());
});
