// Every page and route is knocked on, and every form action sent, by women of every standing; of a page's form a stranger, too, has nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from './support/closed.actions.ts';
import { asStaff, STAFF_PAGES } from './support/closed.staff.ts';
import { API, PAGES } from './support/closed.ts';
import { actionsInSource, openWalk, STANDINGS, type Standing, type Walk } from './support/closed.walk.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await openWalk();
}, 180_000);
afterAll(() => walk.close(), 30_000);

const SHUT_OUT = ['suspended', 'banned'] as const;
const STAFF = ['mentor', 'moderator', 'coordinator'] as const;

describe.each(Object.entries(PAGES))('%s', (address, { path = address, stranger, member, shutOut: left }) => {
  test('a muted woman reads what every member reads', async () => {
    expect((await walk.ask(path, 'muted')).status).toBe(member);
  });

  test.each(SHUT_OUT)('a %s woman is sent to her notices, or keeps it', async (standing) => {
    const answer = await walk.ask(path, standing);
    const kept = left ?? (stranger === 'sign-in' ? null : member);
    expect(answer.status).toBe(kept ?? 303);
    if (kept !== null) return;
    expect(answer.headers.get('location')).toBe('/notices');
    const data = await walk.ask(`${path}/__data.json`, standing);
    expect(await data.json()).toMatchObject({ type: 'redirect', location: '/notices' });
  });

  test('mentors, moderators and coordinators get what is named for them', async () => {
    const got = await Promise.all(STAFF.map(async (standing) => (await walk.ask(path, standing)).status));
    expect(Object.fromEntries(STAFF.map((one, at) => [one, got[at]]))).toEqual(asStaff(STAFF_PAGES[address], member));
  });
});

test('for staff no page is named that is not there, and every page opens for somebody', () => {
  expect(Object.keys(STAFF_PAGES).filter((address) => !PAGES[address])).toEqual([]);
  const shut = Object.entries(PAGES).filter(
    ([address, { member }]) => member === 403 && asStaff(STAFF_PAGES[address], member).coordinator === 403,
  );
  expect(shut).toEqual([]);
});

test.each(Object.entries(API))('/api%s', async (path, expected) => {
  for (const standing of STANDINGS) {
    const shut = standing === 'suspended' || standing === 'banned' ? expected.shutOut : undefined;
    const own = standing === 'stranger' ? expected.stranger : (shut ?? expected.member);
    expect((await walk.ask(`/api${path}`, standing)).status, standing).toBe(own);
  }
});

test('every form action is named, and every endpoint that takes more than a look, and nothing that is not there', () => {
  expect(Object.keys(ACTIONS).sort()).toEqual(actionsInSource());
});

describe.each(Object.entries(ACTIONS))('%s', (action, walked) => {
  const address = action.replace(/^[A-Z]+ /, '').split('?/')[0] ?? '';
  const page = PAGES[address];
  const open = page?.stranger !== 'sign-in';
  const { member, muted = member, stranger = open ? member : 401, ends = false } = walked;
  const shut = walked.shutOut ?? (open || page?.shutOut !== undefined ? member : 403);
  const expected: Record<Standing, number> = {
    ...{ stranger, member, muted, suspended: shut, banned: shut, blocked: member },
    ...asStaff(walked, member),
  };

  test('does for each standing what is named, and no more', async () => {
    const got = {} as Record<Standing, number>;
    for (const standing of STANDINGS) {
      got[standing] = await walk.act(action, page?.path ?? address, standing, walked);
      if (ends && standing !== 'stranger') await walk.signInAgain(standing);
    }
    expect(got).toEqual(expected);
  });
});
