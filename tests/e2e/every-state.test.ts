// Every page and state of rooms and conversations, walked in German and Arabic, by day and by night, on a phone: axe finds nothing, nothing is too wide.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hub } from '../../server/hub.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
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
const ids: Record<string, string> = {};
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

/** One room with a message of every kind, and something of everything in her own pages. */
async function furnish({ accounts, rooms, messages, attachments, answers }: Hub, katrin: Actor): Promise<void> {
  const context = { address: '192.0.2.1', userAgent: 'test' };
  const actorOf = async (userName: string) =>
    (await accounts.signIn({ userName, password: TEST_PASSWORD }, context)).actor;
  const [nour, olena] = [await actorOf('nour'), await actorOf('olena')];
  const roomId = (await rooms.list(katrin)).find(({ slug }) => slug === 'jobs')?.roomId ?? '';
  ids['room'] = roomId;
  const post = async (actor: Actor, text: string, more: object = {}) =>
    (await messages.post(actor, { roomId, clientId: randomUUID(), text, ...more })).message.id;

  const picture = await sharp({ create: { width: 600, height: 400, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const clientId = randomUUID();
  const upload = await attachments.create(olena, { roomId, clientId, bytes: picture.length, name: 'brief.png' });
  await attachments.append(olena, upload.id, 0, picture);
  await post(olena, 'covered', { attachments: [upload.id], cover: 'ein Brief' });

  ids['question'] = await post(olena, 'Who knows about diplomas?', { question: true, lang: 'en' });
  ids['answer'] = await post(nour, 'You ask at the office, it is free of charge.', {
    replyTo: ids['question'],
    lang: 'en',
  });
  const one = (messageId = '') => ({ roomId, messageId });
  await messages.mark(olena, { ...one(ids['answer']), as: 'answer', answers: ids['question'] });
  await messages.verify(katrin, {
    ...one(ids['answer']),
    until: '2099-01-01T00:00:00Z',
    source: 'https://example.org/',
  });
  await messages.pin(katrin, { ...one(ids['answer']), on: true });
  await messages.react(olena, { ...one(ids['answer']), reaction: 'thanks', on: true });
  await post(olena, 'May they keep my passport?', { anonymous: true, lang: 'en' });
  ids['thread'] = await post(olena, 'A long story begins', { lang: 'en' });
  await post(nour, 'and goes on', { threadId: ids['thread'], lang: 'en' });
  const gone = await post(olena, 'soon gone', { lang: 'en' });
  await messages.remove(olena, one(gone));
  for (const text of ['Добрий день усім, хто тут сьогодні є', 'Чи є тут хтось із Харкова або з Одеси?']) {
    await post(olena, text, { lang: 'uk' });
  }
  for (const [actor, lang] of [
    [katrin, 'de'],
    [nour, 'ar'],
  ] as const) {
    const hers = await post(actor, `first words ${lang}`, { lang });
    await messages.edit(actor, { ...one(hers), text: `changed words ${lang}` });
    await post(actor, `hidden words ${lang}`, { anonymous: true, lang });
    await messages.save(actor, { ...one(ids['answer']), on: true });
    const kept = { clientId: randomUUID(), title: 'Diplom', texts: { de: 'Zum Amt.', ar: 'إلى الدائرة.' } };
    ids[`answer-${lang}`] = (await answers.create(actor, kept)).id;
    await accounts.setReads(actor, { reads: [lang, 'en'] });
  }
  await post(olena, 'Thank you both', { mentions: [katrin.id, nour.id], lang: 'en' });
}

async function found(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const expression = `${axe.source}; axe.run(document, { resultTypes: ['violations'] }).then((all) => JSON.stringify(all.violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join(' '))))`;
  const { result } = await session.send('Runtime.evaluate', { expression, awaitPromise: true });
  await session.detach();
  return JSON.parse(String(result.value)) as string[];
}

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

  const room = async (path = '/rooms/jobs') => {
    await page.goto(path);
    await page.waitForSelector('.more:not(.asleep)');
  };
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
    ['the room', room],
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
    ['a thread by its address', () => room(`/rooms/jobs/thread/${ids['thread']}`)],
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
    ['the community', at('/community')],
    ['her settings', at('/me')],
    ['the list of rooms', at('/rooms')],
  ];

  it('axe finds nothing in any state, by day and by night, and nothing is wider than the phone', async () => {
    const wrong: string[] = [];
    for (const [name, bring] of states) {
      await bring().catch((error: unknown) => {
        throw new Error(`not reached: ${name}`, { cause: error });
      });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        wrong.push(...(await found(page)).map((one) => `${name}, ${colorScheme}: ${one}`));
      }
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
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await found(page)).toEqual([]);
    }
  });
});
