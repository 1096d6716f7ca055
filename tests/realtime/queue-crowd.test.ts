// Five hundred women wait, twenty hosts call at once, the hub is killed in between: every place is where it was.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TicketView } from '#shared/tickets.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { dropDatabase, freePort, ownDatabaseUri, startServer, temporaryFolder, withHub } from '../support/servers.ts';
import type { TestServer } from '../support/servers.ts';
import { ask, connect, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

const WOMEN = 500;
const HOSTS = 20;
const SPOKEN = [['ar'], ['uk'], ['fa'], ['ar', 'uk']] as const;

const mongodbUri = ownDatabaseUri();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let port: number;
let server: TestServer;
let dropInId: string;
let women: { cookie: string; ticketId: string }[] = [];
let hosts: { cookie: string; languages: readonly string[] }[] = [];
let sockets: TestSocket[] = [];

/** 520 people with logins, a drop-in that is open, and everybody's place in it. */
async function prepare(): Promise<void> {
  await withHub({ folder: folder.path, mongodbUri }, async (hub) => {
    const context = { address: '192.0.2.1', userAgent: 'test' };
    const register = async (userName: string, code: string | undefined) => {
      const person = { locale: 'en', displayName: userName, userName, password: TEST_PASSWORD, code };
      const { actor, setCookie } = await hub.accounts.register(person, context);
      return { actor, cookie: setCookie.split(';')[0] ?? '' };
    };
    const first = await register('coordinator', (await hub.accounts.firstInvitation())?.code);
    const codeFor = async (role: string) =>
      (await hub.accounts.createInvitation(first.actor, { role, note: '', uses: 100, days: 1 })).code;
    const mentors = await codeFor('mentor');
    const staff = [];
    for (let i = 0; i < HOSTS; i++) {
      staff.push({ ...(await register(`host-${i}`, mentors)), languages: SPOKEN[i % SPOKEN.length] ?? SPOKEN[0] });
    }
    const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
    const sitting = {
      hosts: staff.map(({ actor, languages }) => ({ actor, languages: [...languages] })),
      capacity: 1_000,
    };
    dropInId = await makeSitting(dropIns, new Date(Date.now() - 60_000), sitting);
    await dropIns.seen(
      staff.map(({ actor }) => actor.id),
      new Date(),
    );
    hosts = staff.map(({ cookie, languages }) => ({ cookie, languages }));
    let code = '';
    for (let i = 0; i < WOMEN; i++) {
      if (i % 100 === 0) code = await codeFor('member');
      // so many newcomers at once would close it
      if (i % 25 === 0) for (const open of [false, true]) await hub.door.set(first.actor, { open });
      const { actor, cookie } = await register(`woman-${i}`, code);
      const languages = [...(SPOKEN[i % 3] ?? SPOKEN[0])];
      women.push({ cookie, ...(await hub.tickets.join(actor, aPlace(dropInId, { languages }))) });
    }
  });
}

beforeAll(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  await prepare();
  server = await startServer({ folder: folder.path, port, mongodbUri });
}, 240_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await server.end('SIGKILL');
  await dropDatabase(mongodbUri, folder.path);
  await folder.remove();
  [women, sockets] = [[], []];
});

test('twenty hosts call at once, again and again: each gets a woman of her own, and a killed hub forgets nobody', async () => {
  const own = await Promise.all(
    women.map(async ({ cookie }) => {
      const socket = openSocket(server.origin, cookie);
      expect(await connect(socket)).toBeNull();
      return socket;
    }),
  );
  const staff = await Promise.all(
    hosts.map(async ({ cookie }) => {
      const socket = openSocket(server.origin, cookie);
      expect(await connect(socket)).toBeNull();
      return socket;
    }),
  );
  sockets = [...own, ...staff];
  // what each woman's page shows: the newest view
  const shown = new Map<string, TicketView>();
  for (const socket of own) {
    socket.on('ticket:changed', (view) => {
      if (view.version >= (shown.get(view.id)?.version ?? 0)) shown.set(view.id, view);
    });
  }
  async function round(): Promise<string[]> {
    return Promise.all(
      staff.map(async (socket) => {
        const { ticketId } = await must(socket, 'queue:call-next', { dropInId });
        return ticketId;
      }),
    );
  }
  const served = new Set<string>();
  const first = await round();
  expect(new Set(first).size).toBe(HOSTS);
  await until('every called woman is told', () => first.every((id) => shown.get(id)?.state === 'called'));
  for (const [i, ticketId] of first.entries()) {
    served.add(ticketId);
    await must(own[women.findIndex((woman) => woman.ticketId === ticketId)] as TestSocket, 'ticket:act', {
      ...{ ticketId, action: 'coming' },
    });
    if (i < HOSTS / 2) await must(staff[i] as TestSocket, 'queue:act', { ticketId, action: 'end' });
  }

  // killed while half of the hosts call the next
  const calls = staff
    .slice(0, HOSTS / 2)
    .map((socket) => ask(socket, 'queue:call-next', { dropInId }, 3_000).catch(() => null));
  await Promise.race(calls);
  await server.end('SIGKILL');
  const answered = (await Promise.all(calls)).flatMap((answer) => (answer?.ok ? [answer.data.ticketId] : []));
  server = await startServer({ folder: folder.path, port, mongodbUri });
  await until('everybody is back', () => sockets.every(({ connected }) => connected), 60_000);

  const all = await Promise.all(own.map((socket) => must(socket, 'ticket:mine', {})));
  const places = new Map(all.flat().map((view) => [view.id, view]));
  const ended = first.slice(0, HOSTS / 2);
  expect(places.size).toBe(WOMEN - ended.length);
  for (const id of first.slice(HOSTS / 2)) expect(places.get(id)?.state).toBe('talking');
  for (const id of answered) expect(places.get(id)?.state).toBe('called');
  const called = [...places.values()].filter(({ state }) => state === 'called');
  expect(new Set(called.map(({ host }) => host?.id)).size).toBe(called.length);
  for (const { id, state, host } of places.values()) {
    if (state === 'waiting') expect([id, host]).toEqual([id, null]);
  }
  // those who called go on with the one they called; nobody is called twice
  const again = await Promise.all(
    staff.slice(0, HOSTS / 2).map((socket) => must(socket, 'queue:call-next', { dropInId })),
  );
  const ids = again.map(({ ticketId }) => ticketId);
  expect(new Set(ids).size).toBe(HOSTS / 2);
  for (const { id } of called) expect(ids).toContain(id);
  for (const id of ids) expect(served.has(id)).toBe(false);
}, 180_000);
