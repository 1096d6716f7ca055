// Prepaid data: how much JavaScript the first page and a room may cost, in the language that takes the most bytes.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scriptsOf, type LoadedScript } from '../support/page-bytes.ts';
import { openSite, type Site } from '../support/site.ts';

const KB = 1024;
const ROOM = 70_000;
let site: Site;
beforeAll(async () => {
  site = await openSite({ members: [{ userName: 'olena', displayName: 'Олена', locale: 'uk' }], posts: 60 });
});
afterAll(() => site.close());

const total = (scripts: LoadedScript[]) => scripts.reduce((sum, { bytes }) => sum + bytes, 0);
const listed = (scripts: LoadedScript[]) => scripts.map(({ path, bytes }) => `${bytes} ${path}`).join('\n');

it('the sign-in page loads at most 40 kB of JavaScript', async () => {
  const { context } = await site.visit({ serviceWorkers: 'block' });
  const scripts = await scriptsOf(context, '/sign-in');
  expect(scripts.length).toBeGreaterThan(0);
  expect(total(scripts), listed(scripts)).toBeLessThanOrEqual(40 * KB);
  await context.close();
});

it('a room loads at most 70,000 bytes of JavaScript, all in all', async () => {
  const visitor = await site.visit({ serviceWorkers: 'block' });
  await site.signIn(visitor, 'olena');
  const scripts = await scriptsOf(visitor.context, '/rooms/jobs');
  expect(total(scripts), listed(scripts)).toBeGreaterThan(20 * KB);
  expect(total(scripts), listed(scripts)).toBeLessThanOrEqual(ROOM);
  await visitor.context.close();
});
