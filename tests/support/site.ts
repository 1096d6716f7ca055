// A hub as people meet it: production entry, real browser, accounts made by invitation. End-to-end tests only.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import type { Role } from '#shared/accounts.ts';
import type { Locale } from '#shared/locales.ts';
import type { Hub } from '../../server/hub.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { launchBrowser } from './browser.ts';
import { TEST_PASSWORD } from './hub.ts';
import { dropDatabase, freePort, ownDatabaseUri, startServer, temporaryFolder, withHub } from './servers.ts';

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** What the browser complained about: violations of the content security policy and errors of our scripts. */
  complaints: string[];
}
export interface Site {
  origin: string;
  browser: Browser;
  /** A member's invitation that many may use. */
  joinPath: string;
  /** A browser of her own, with nothing in it. */
  visit(options?: BrowserContextOptions): Promise<Visitor>;
  /** Joins by the invitation, screen by screen; ends in the list of rooms. */
  join(visitor: Visitor, userName: string, displayName: string, locale: Locale): Promise<void>;
  /** By form; ends in the list of rooms. */
  signIn(visitor: Visitor, userName: string): Promise<void>;
  close(): Promise<void>;
}

export interface Prepared {
  /** Members who exist already, by user name. */
  members?: { userName: string; displayName: string; locale: Locale; role?: Role }[];
  /** Posts in "jobs": "post 1" and so on, by the members and others in turn. */
  posts?: number;
  /** More, before the hub starts. */
  also?: (hub: Hub, coordinator: Actor) => Promise<void>;
  /** Posts in "jobs" before those, within the last day, by the members: for thousands of them. */
  past?: { count: number; text: (nth: number) => string };
  /** Settings of the hub. */
  env?: Record<string, string>;
}

/** One person may only post so fast: many share the work. */
const POSTS_EACH = 5;
/** So long ago the past begins, per post; the clock runs on with every look at it. */
const PAST_MS = 12_000;
const TICK_MS = 1_000;
/** Posts that are stored together, in any order. */
const PAST_AT_ONCE = 100;

async function prepare(
  where: { folder: string; mongodbUri: string | undefined },
  { members = [], posts = 0, past = { count: 0, text: String }, also }: Prepared,
) {
  // one person may only post so fast: the clock runs so that she may, and ends now
  let ago = past.count * PAST_MS;
  const clock = { now: () => new Date(Date.now() - (ago = Math.max(0, ago - TICK_MS))) };
  const work = async (hub: Hub) => {
    const { accounts, rooms, messages } = hub;
    const context = { address: '192.0.2.1', userAgent: 'test' };
    const join = async (userName: string, displayName: string, locale: Locale, code: string | undefined) =>
      (await accounts.register({ userName, displayName, locale, code, password: TEST_PASSWORD }, context)).actor;
    const coordinator = await join('katrin', 'Katrin', 'de', (await accounts.firstInvitation())?.code);
    const invite = { role: 'member', note: '', uses: 100, days: 1 };
    const { code } = await accounts.createInvitation(coordinator, invite);
    const codeFor = async (role: Role) =>
      role === 'member' ? code : (await accounts.createInvitation(coordinator, { ...invite, role })).code;
    const writers: Actor[] = [];
    for (const { userName, displayName, locale, role = 'member' } of members)
      writers.push(await join(userName, displayName, locale, await codeFor(role)));
    while (writers.length * POSTS_EACH < posts) {
      writers.push(await join(`writer-${writers.length}`, `Writer ${writers.length}`, 'en', code));
    }
    const roomId = (await rooms.list(coordinator)).find(({ slug }) => slug === 'jobs')?.roomId;
    for (let done = 0; done < past.count; done += PAST_AT_ONCE) {
      const next = Array.from({ length: Math.min(PAST_AT_ONCE, past.count - done) }, (_, at) => done + at + 1);
      await Promise.all(
        next.map((nth) => {
          const post = { roomId, clientId: crypto.randomUUID(), text: past.text(nth) };
          return messages.post(writers[nth % writers.length] ?? coordinator, post);
        }),
      );
    }
    for (let i = 1; i <= posts; i++) {
      const post = { roomId, clientId: crypto.randomUUID(), text: `post ${i}` };
      await messages.post(writers[i % writers.length] ?? coordinator, post);
    }
    await also?.(hub, coordinator);
    await messages.flush();
    return code;
  };
  return withHub(where, work, clock);
}

export async function openSite(prepared: Prepared = {}): Promise<Site> {
  const folder = await temporaryFolder();
  const mongodbUri = ownDatabaseUri();
  const code = await prepare({ folder: folder.path, mongodbUri }, prepared);
  const [server, browser] = await Promise.all([
    startServer({ folder: folder.path, port: await freePort(), mongodbUri, env: prepared.env ?? {} }),
    launchBrowser(),
  ]);
  const { origin } = server;
  const joinPath = `/join/${code}`;

  return {
    origin,
    browser,
    joinPath,
    async visit(options) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, baseURL: origin, ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (line) => {
        if (/content security policy/i.test(line.text())) complaints.push(line.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      return { context, page, complaints };
    },
    async join({ page }, userName, displayName, locale) {
      await page.goto(joinPath);
      await page.click(`button[name=locale][value=${locale}]`);
      await page.fill('input[name=displayName]', displayName);
      await page.fill('input[name=userName]', userName);
      await page.fill('input[name=password]', TEST_PASSWORD);
      // nothing is folded for her
      await page.uncheck(`input[name=reads][value=${locale}]`);
      await page.press('input[name=password]', 'Enter');
      await page.waitForURL('**/rooms**');
    },
    async signIn({ page }, userName) {
      await page.goto('/sign-in');
      await page.fill('input[name=userName]', userName);
      await page.fill('input[name=password]', TEST_PASSWORD);
      await page.press('input[name=password]', 'Enter');
      await page.waitForURL('**/rooms**');
    },
    async close() {
      await browser.close();
      await server.end('SIGTERM');
      await dropDatabase(mongodbUri, folder.path);
      await folder.remove();
    },
  };
}
