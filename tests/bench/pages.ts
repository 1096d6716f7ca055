// A hub with a room that people write in, and a cheap phone to look at it with. Bench only.
import type { BrowserContext, Page } from 'playwright';
import { TEST_PASSWORD } from '../support/hub.ts';
import { openSite, type Site } from '../support/site.ts';
import type { Hub } from '../../server/hub.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import type { Bench } from './bench.ts';

export interface Pages {
  site: Site;
  /** She reads; the writers write. */
  reader: string;
  writers: string[];
  roomPath: string;
  roomId: string;
}

const SLUG = 'jobs';
const WRITERS = 20;
/** A phone of 2018 far from the mast. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER = 4;

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}

export async function openPages(bench: Bench): Promise<Pages> {
  const writers = Array.from({ length: WRITERS }, (_, i) => `writer-of-many-${i}`);
  const members = ['olena', ...writers].map((userName) => ({ userName, displayName: userName, locale: 'uk' as const }));
  let roomId = '';
  const also = async ({ rooms }: Hub, coordinator: Actor): Promise<void> => {
    roomId = (await rooms.list(coordinator)).find(({ slug }) => slug === SLUG)?.roomId ?? '';
  };
  const site = await openSite({ members, posts: 60, also });
  const close = once(() => site.close());
  bench.atEnd(close);
  return { site: { ...site, close }, reader: 'olena', writers, roomPath: `/rooms/${SLUG}`, roomId };
}

/** A page whose processor and network are those of a cheap phone. */
export async function throttled(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return page;
}

/** The cookie of a login, by the form as a browser without JavaScript sends it. */
export async function cookieOf(site: Site, userName: string): Promise<string> {
  const visitor = await site.visit({ javaScriptEnabled: false });
  await visitor.page.goto('/sign-in');
  await visitor.page.fill('input[name=userName]', userName);
  await visitor.page.fill('input[name=password]', TEST_PASSWORD);
  await visitor.page.press('input[name=password]', 'Enter');
  await visitor.page.waitForURL('**/rooms**');
  const cookies = await visitor.context.cookies();
  await visitor.context.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}
