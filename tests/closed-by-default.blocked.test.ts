// Every page is opened, and every event sent, by two women of whom one blocked the other: they get what every member gets, and nothing of each other.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../server/domain/kernel/actor.ts';
import { furnishPair, HERS, THEIRS, type Furnished } from './support/blocks.ts';
import { EVENTS, goodInput, PAGES } from './support/closed.ts';
import type { EventName } from '../server/realtime/types.ts';
import { startTestHub, TEST_PASSWORD, type TestHub } from './support/hub.ts';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity } from './support/servers.ts';
import { startServer, temporaryFolder, type TestServer } from './support/servers.ts';
import { ask, connect, openSocket, type TestSocket } from './support/sockets.ts';

describe('pages', () => {
  const mongodbUri = ownDatabaseUri();
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: TestServer;
  let has: Furnished;
  let people: Actor[];
  let cookies: string[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    const prepared = await prepareCommunity({ folder: folder.path, mongodbUri }, 3, async (hub, all) => {
      const [coordinator, blocker, blocked] = all as [Actor, Actor, Actor];
      const { code } = await hub.accounts.createInvitation(coordinator, { role: 'mentor', note: '', uses: 1, days: 1 });
      const person = { locale: 'en', displayName: 'Zohra', userName: 'zohra', password: TEST_PASSWORD, code };
      const { actor: third } = await hub.accounts.register(person, { address: '192.0.2.1', userAgent: 'test' });
      has = await furnishPair(hub, { blocker, blocked, third, coordinator });
      await hub.blocks.block(blocker, { userId: blocked.id });
      people = [blocker, blocked];
    });
    cookies = prepared.cookies.slice(1);
    server = await startServer({ folder: folder.path, port: await freePort(), mongodbUri });
  }, 180_000);
  afterAll(async () => {
    await server.end('SIGTERM');
    await dropDatabase(mongodbUri, folder.path);
    await folder.remove();
  }, 30_000);

  async function open(path: string, cookie: string): Promise<{ status: number; text: string }> {
    const headers = { accept: 'text/html', origin: server.origin, cookie };
    const answer = await fetch(server.origin + path, { redirect: 'manual', headers });
    return { status: answer.status, text: `${answer.headers.get('location') ?? ''} ${await answer.text()}` };
  }
  /** What may not be in anything for her at this place: 0 blocked, 1 is blocked. */
  function marksFor(at: number): string[] {
    const [hers, other] = at === 0 ? [[], people[1]] : [Object.values(has.hers ?? {}), people[0]];
    return [other?.id ?? '', `${other?.displayName}<`, `"${other?.displayName}"`, at === 0 ? THEIRS : HERS, ...hers];
  }

  /** The places where one of these stands. */
  const around = (text: string, marks: string[]): string[] =>
    marks.flatMap((mark) => {
      const found = text.indexOf(mark);
      return found < 0 ? [] : [text.slice(Math.max(0, found - 120), found + 60)];
    });

  describe.each(['who blocked', 'who is blocked'])('for her %s', (_who) => {
    const at = _who === 'who blocked' ? 0 : 1;

    test.each(Object.entries(PAGES))('%s', async (address, { path = address, member }) => {
      const { status, text } = await open(path, cookies[at] ?? '');
      expect(status).toBe(member);
      // only there she reads whom she blocked
      if (at === 0 && address === '/me/blocked') return;
      expect(around(text, marksFor(at))).toEqual([]);
    });

    test('pages of rooms, threads, questions, queues and finds with something of both in them', async () => {
      const { root, dropInId, hers, theirs } = has;
      const others = at === 0 ? theirs : hers;
      const asked = [at === 0 ? THEIRS : HERS, people[1 - at]?.displayName ?? ''];
      const paths = [
        ...[`/rooms/jobs/thread/${root}`, `/rooms/jobs/questions/${root}`, `/rooms/jobs/questions?state=answered`],
        ...[`/queue/${dropInId}`, `/drop-in/${dropInId}`, '/rooms/jobs?at=2', '/rooms/jobs?before=9', '/notes'],
        ...[
          `/search?q=${at === 0 ? THEIRS : HERS}`,
          '/search?q=about',
          `/search?q=from:${people[1 - at]?.displayName}`,
        ],
      ];
      for (const path of paths) {
        const { status, text } = await open(path, cookies[at] ?? '');
        expect(status, path).toBe(200);
        // what she looked for stands in the field
        const marks = marksFor(at).filter((mark) => !asked.some((one) => mark.includes(one)) || !path.includes('?q='));
        expect(around(text, marks), path).toEqual([]);
      }
      const cookie = cookies[at] ?? '';
      for (const way of ['message', 'questions']) {
        const path = `/rooms/jobs/${way}/${others?.question}`;
        expect((await open(path, cookie)).status, path).toBe(404);
      }
      // below a stone others may go on
      const thread = await open(`/rooms/jobs/thread/${others?.question}`, cookie);
      expect(thread.status).toBe(at === 0 ? 200 : 404);
      const marks = marksFor(at).filter((mark) => mark !== others?.question); // which she asked for by address
      expect(around(thread.text, marks)).toEqual([]);
    });

    test('of the other there is nobody to block or to look at, unless she blocked her', async () => {
      const cookie = cookies[at] ?? '';
      const other = at === 0 ? has.theirs : has.hers;
      const pages = [`/me/blocked/new?person=${people[1 - at]?.id}`, `/rooms/jobs/message/${other?.question}/look`];
      for (const path of pages) expect((await open(path, cookie)).status, path).toBe(at === 0 ? 200 : 404);
    });
  });
});

describe('socket events', () => {
  let running: TestHub;
  let roomId = '';
  const sockets: Record<string, TestSocket> = {};

  beforeAll(async () => {
    running = await startTestHub();
    await running.join('coordinator', 'coordinator');
    const [blocker, blocked] = [await running.join('blocker'), await running.join('blocked')];
    roomId = await running.roomId();
    await running.hub.blocks.block(blocker.actor, { userId: blocked.actor.id });
    for (const [name, { cookie }] of Object.entries({ blocker, blocked })) {
      const socket = openSocket(running.origin, cookie);
      sockets[name] = socket;
      expect(await connect(socket)).toBeNull();
    }
  }, 60_000);
  afterAll(async () => {
    for (const socket of Object.values(sockets)) socket.disconnect();
    await running.close();
  });

  test.each(Object.entries(EVENTS))('%s gives either what every member gets', async (name, kind) => {
    for (const socket of Object.values(sockets)) {
      if (kind === 'silent') {
        socket.emit(name as 'room:typing', goodInput(roomId));
        continue;
      }
      const answer = await ask(socket, name as Exclude<EventName, 'room:typing'>, goodInput(roomId));
      expect(answer.ok ? 'ok' : answer.error.code).toBe(kind);
    }
  });
});
