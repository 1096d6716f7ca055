// A whole hub inside the test's process: database, services, HTTP and sockets, without the pages. Tests only.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Role } from '#shared/accounts.ts';
import { readConfig } from '../../server/config.ts';
import type { Database } from '../../server/database/connect.ts';
import { systemClock, type Clock } from '../../server/domain/kernel/clock.ts';
import { silentLogger, type Logger } from '../../server/domain/kernel/logger.ts';
import type { Actor, ClientContext } from '../../server/domain/kernel/actor.ts';
import { createApp } from '../../server/http/app.ts';
import { createHub, type Hub } from '../../server/hub.ts';
import { createRealtime, type Realtime } from '../../server/realtime/index.ts';
import { openTestDatabase } from './database.ts';

export interface TestPerson {
  actor: Actor;
  /** For the Cookie header. */
  cookie: string;
}
export interface TestHub {
  hub: Hub;
  realtime: Realtime;
  origin: string;
  /** Lets somebody join by invitation and signs her in; the first one becomes the coordinator whatever `role` says. */
  join(userName: string, role?: Role): Promise<TestPerson>;
  signIn(userName: string): Promise<TestPerson>;
  roomId(slug?: string): Promise<string>;
  close(): Promise<void>;
}

export const TEST_PASSWORD = 'violet ladder 47 harbour';
/** The least that argon2id takes: tests sign in often. */
const CHEAP = { memory: 64, passes: 1 };
const context: ClientContext = { address: '192.0.2.1', userAgent: 'test' };
const cookieOf = (setCookie: string): string => setCookie.split(';')[0] ?? '';

export interface TestHubOptions {
  log?: Logger;
  origin?: string;
  clock?: Clock;
  /** Push services are on this machine. */
  pushLoopback?: boolean;
}

export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const test = await openTestDatabase();
  const database: Database = {
    connection: test.connection,
    embedded: true,
    uri: '',
    ready: () => true,
    close: test.close,
  };
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const more = {
    ...(options.origin ? { ORIGIN: options.origin } : {}),
    ...(options.pushLoopback ? { PUSH_LOOPBACK: 'yes' } : {}),
  };
  const config = readConfig({ PORT: String(port), ...more }, 'start');
  const hub = await createHub({
    config,
    database,
    log: options.log ?? silentLogger,
    clock: options.clock ?? systemClock,
    passwordCost: CHEAP,
  });
  const app = createApp({
    hub,
    built: () => true,
    draining: () => false,
    pages: (_request, response) => void response.send('a page'),
  });
  http.on('request', app);
  const realtime = createRealtime(http, hub);
  let coordinator: Actor | null = null;

  async function join(userName: string, role: Role = 'member'): Promise<TestPerson> {
    const first = coordinator ? null : await hub.accounts.firstInvitation();
    const code =
      first?.code ??
      (coordinator && (await hub.accounts.createInvitation(coordinator, { role, note: '', uses: 1, days: 1 })).code);
    const input = { code, locale: 'en', displayName: userName, userName, password: TEST_PASSWORD };
    const { actor, setCookie } = await hub.accounts.register(input, context);
    coordinator ??= actor;
    return { actor, cookie: cookieOf(setCookie) };
  }

  return {
    hub,
    realtime,
    origin: config.origin,
    join,
    async signIn(userName) {
      const { actor, setCookie } = await hub.accounts.signIn({ userName, password: TEST_PASSWORD }, context);
      return { actor, cookie: cookieOf(setCookie) };
    },
    async roomId(slug = 'jobs') {
      const someone = coordinator ?? (await join('first', 'coordinator')).actor;
      const list = await hub.rooms.list(someone);
      const room = list.find((summary) => summary.slug === slug);
      if (!room) throw new Error(`no room ${slug}`);
      return room.roomId;
    },
    async close() {
      await realtime.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await hub.pushSender.stop(2_000);
      await hub.messages.flush();
      await database.close();
    },
  };
}
