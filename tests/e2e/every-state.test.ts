// Every page and state of rooms and conversations, walked in German by day and in Arabic by night, on a phone: axe finds nothing, nothing is too wide.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { ids, furnish } from '../support/furnished.ts';
import { enterRoom, isAwake } from '../support/in-room.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';

const PEOPLE = { de: 'katrin', ar: 'nour' } as const;
type Walked = keyof typeof PEOPLE;
const WORDS = Object.fromEntries(
  (['de', 'ar'] as const).map((locale) => {
    const file = new URL(`../../src/lib/i18n/messages/${locale}.json`, import.meta.url);
    return [locale, JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>];
  }),
) as Record<Walked, Record<string, string>>;

let site: Site;
beforeAll(async () => {
  site = await openSite({
    members: [
      { userName: 'nour', displayName: 'نور', locale: 'ar', role: 'moderator' },
      { userName: 'olena', displayName: 'Олена', locale: 'uk' },
    ],
    also: furnish,
  });
}, 120_000);
afterAll(() => site.close());

describe.each(['de', 'ar'] as const)('%s', (locale) => {
  let visitor: Visitor;
  let page: Page;
  const w = (key: string) => {
    const text = WORDS[locale][key];
    if (text === undefined) throw new Error(`no words ${key}`);
    return text;
  };
  beforeAll(async () => {
    visitor = await site.visit({ viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' });
    page = visitor.page;
    await site.signIn(visitor, PEOPLE[locale]);
  });

  const room = (path?: string) => enterRoom(page, path);
  const message = (text: string) => page.locator('article', { has: page.locator('.text', { hasText: text }) }).last();
  const menu = async (text: string) => {
    await message(text).locator('.act').click();
    await page.waitForSelector('.menu:popover-open');
  };
  const dialog = (text: string, key: string) => async () => {
    await menu(text);
    await page.locator('.menu:popover-open').getByText(w(key), { exact: true }).click();
    await page.waitForSelector('dialog[open]');
  };
  const close = async () => {
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open], .menu:popover-open', { state: 'detached' });
  };
  const options = async () => {
    await page.click('.more');
    await page.waitForSelector('#composer-options');
  };
  const at = (path: string) => async () => {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
  };
  const hers = `changed words ${locale}`;

  const states: [name: string, bring: () => Promise<unknown>][] = [
    ['the room', () => room()],
    ['a run of another language, opened', () => page.locator('.scroller details > summary').first().click()],
    ['a covered picture', () => page.locator('a.over').first().scrollIntoViewIfNeeded()],
    [
      'the picture, shown',
      async () => {
        await page.locator('a.over').first().click();
        await page.waitForSelector('.picture img');
      },
    ],
    ['the menu of a message', () => menu('You ask at the office')],
    ['closed', close],
    ['changing her words', dialog(hers, 'message_edit')],
    ['closed', close],
    ['what it said before', dialog(hers, 'message_versions')],
    ['closed', close],
    ['the language', dialog(hers, 'message_language')],
    ['closed', close],
    ['confirming an answer', dialog('You ask at the office', 'message_verify')],
    ['closed', close],
    ['who asked', dialog('May they keep my passport?', 'message_reveal')],
    ['closed', close],
    ['who looked', dialog(`hidden words ${locale}`, 'message_looks')],
    ['closed', close],
    ['removing', dialog(hers, 'message_remove')],
    ['closed', close],
    [
      'a reply',
      async () => {
        await menu('A long story begins');
        await page.locator('.menu:popover-open').getByText(w('message_reply'), { exact: true }).click();
        await page.waitForSelector('.reply');
      },
    ],
    ['the reply taken back', () => page.locator('.reply button').click()],
    ['more for a message', options],
    ['asking anonymously', () => page.getByRole('checkbox').first().check()],
    [
      'asking anonymously, closed',
      async () => {
        await page.click('.more');
        await page.waitForSelector('.told');
      },
    ],
    [
      'what is private',
      async () => {
        await page.fill('#composer', 'DE89 3704 0044 0532 0130 00');
        await page.press('#composer', 'Enter');
        await page.waitForSelector('dialog[open]');
      },
    ],
    ['closed', close],
    ['words too long', () => page.fill('#composer', 'x'.repeat(4001))],
    [
      'a name',
      async () => {
        await page.fill('#composer', '');
        await page.locator('#composer').pressSequentially('@Оле');
        await page.waitForSelector('[role=option]');
      },
    ],
    [
      'without network, waiting',
      async () => {
        await page.fill('#composer', '');
        await page.context().setOffline(true);
        await page.fill('#composer', 'waits');
        await page.press('#composer', 'Enter');
        await page.waitForSelector('.pending');
      },
    ],
    [
      'sent after all',
      async () => {
        await page.context().setOffline(false);
        await message('waits').waitFor();
        await page.waitForSelector('.pending', { state: 'detached' });
      },
    ],
    [
      'a thread over the room',
      async () => {
        await message('A long story begins').locator('a.thread').click();
        await page.waitForSelector('aside.beside #composer-thread');
      },
    ],
    [
      'a thread by its address',
      async () => {
        await page.goto(`/rooms/jobs/thread/${ids['thread']}`);
        await isAwake(page);
      },
    ],
    ['pinned', at('/rooms/jobs/pins')],
    ['open questions', at('/rooms/jobs/questions')],
    ['answered questions', at('/rooms/jobs/questions?state=answered')],
    ['a question', async () => at(`/rooms/jobs/questions/${ids['question']}`)()],
    ['moving', async () => at(`/rooms/jobs/message/${ids['thread']}/move`)()],
    ['reporting', async () => at(`/report?room=${ids['room']}&message=${ids['thread']}`)()],
    ['what the room does for her', at('/rooms/jobs/settings')],
    ['the people of the room', at('/rooms/jobs/people')],
    ['all rooms to manage', at('/rooms/manage')],
    ['a new room', at('/rooms/manage/new')],
    ['a room to change', async () => at(`/rooms/manage/${ids['room']}`)()],
    ['her answers', at('/answers')],
    ['a new answer', at('/answers/new')],
    ['an answer to change', async () => at(`/answers/${ids[`answer-${locale}`]}`)()],
    ['answers to check', at('/checks')],
    ['saved messages', at('/saved')],
    ['the notification centre', at('/notes')],
    ['search', at('/search')],
    ['search results', at('/search?q=office&by=نور&from=2020-01-01')],
    ['nothing found', at('/search?q=Blumenkohl')],
    ['a search that cannot be', at('/search?q=%3F')],
    // a coordinator's page
    ['the community, or that it is not hers', at('/community')],
    ['her settings', at('/me')],
    ['the list of rooms', at('/rooms')],
  ];

  const colorScheme = locale === 'de' ? 'light' : 'dark';
  it(`axe finds nothing in any state, ${locale === 'de' ? 'by day' : 'by night'}, and nothing is wider than the phone`, async () => {
    await page.emulateMedia({ colorScheme });
    const wrong: string[] = [];
    for (const [name, bring] of states) {
      await bring().catch((error: unknown) => {
        throw new Error(`not reached: ${name}`, { cause: error });
      });
      wrong.push(...(await violationsIn(page)).map((one) => `${name}, ${colorScheme}: ${one}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) wrong.push(`${name}: ${wide} px too wide`);
    }
    expect(wrong).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  }, 240_000);

  it('a wide screen shows room and thread side by side without a complaint', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await room(`/rooms/jobs/thread/${ids['thread']}`);
    await page.waitForSelector('#composer');
    expect(await violationsIn(page)).toEqual([]);
  });
});
