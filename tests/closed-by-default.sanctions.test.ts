// Every page, route and socket event is knocked on by women under a mute, a suspension and a ban: what they lose, and what stays theirs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../server/domain/kernel/ids.ts';
import type { EventName } from '../server/realtime/types.ts';
import { API, EVENTS, goodInput, MUTED, PAGES } from './support/closed.ts';
import { startTestHub, type TestHub } from './support/hub.ts';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity } from './support/servers.ts';
import { startServer, temporaryFolder, type TestServer } from './support/servers.ts';
import { ask, connect, openSocket, type TestSocket } from './support/sockets.ts';

const forever = { roomId: null, until: null };

describe('pages', () => {
  const mongodbUri = ownDatabaseUri();
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: TestServer;
  let muted = '';
  const shutOut = { suspended: '', banned: '' };

  beforeAll(async () => {
    folder = await temporaryFolder();
    const sanctions = ['mute', 'suspension', 'ban'] as const;
    const { cookies } = await prepareCommunity({ folder: folder.path, mongodbUri }, 4, async (hub, people) => {
      for (const [index, kind] of sanctions.entries()) {
        await hub.accounts.sanction(people[index + 1]?.id ?? '', { id: newId(), kind, ...forever });
      }
    });
    [, muted = '', shutOut.suspended = '', shutOut.banned = ''] = cookies;
    server = await startServer({ folder: folder.path, port: await freePort(), mongodbUri });
  }, 180_000);
  afterAll(async () => {
    await server.end('SIGTERM');
    await dropDatabase(mongodbUri, folder.path);
    await folder.remove();
  }, 30_000);

  const knock = (path: string, cookie: string, method = 'GET') =>
    fetch(server.origin + path, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        origin: server.origin,
        cookie,
        ...(method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });

  describe.each(Object.entries(PAGES))('%s', (address, { path = address, stranger, member, shutOut: left }) => {
    test('a muted woman reads what every member reads', async () => {
      expect((await knock(path, muted)).status).toBe(member);
    });

    test.each(['suspended', 'banned'] as const)('a %s woman is sent to her notices, or keeps it', async (kind) => {
      const cookie = shutOut[kind];
      const answer = await knock(path, cookie);
      const kept = left ?? (stranger === 'sign-in' ? null : member);
      expect(answer.status).toBe(kept ?? 303);
      if (kept !== null) return;
      expect(answer.headers.get('location')).toBe('/notices');
      const data = await knock(`${path}/__data.json`, cookie);
      expect(await data.json()).toMatchObject({ type: 'redirect', location: '/notices' });
      expect((await knock(path, cookie, 'POST')).status).toBe(403);
    });
  });

  test.each(Object.entries(API))('/api%s', async (path, expected) => {
    expect((await knock(`/api${path}`, muted)).status).toBe(expected.member);
    for (const cookie of Object.values(shutOut)) {
      expect((await knock(`/api${path}`, cookie)).status).toBe(expected.shutOut ?? expected.member);
    }
  });
});

describe('socket events', () => {
  let running: TestHub;
  let socket: TestSocket;
  let roomId = '';

  beforeAll(async () => {
    running = await startTestHub();
    await running.join('coordinator', 'coordinator');
    const person = await running.join('muted');
    roomId = await running.roomId();
    await running.hub.accounts.sanction(person.actor.id, { id: newId(), kind: 'mute', ...forever });
    socket = openSocket(running.origin, person.cookie);
    expect(await connect(socket)).toBeNull();
  }, 60_000);
  afterAll(async () => {
    socket.disconnect();
    await running.close();
  });

  test.each(['suspension', 'ban'] as const)('a woman under a %s has no socket to send any of them by', async (kind) => {
    const person = await running.join(`under-${kind}`);
    await running.hub.accounts.sanction(person.actor.id, { id: newId(), kind, ...forever });
    const refused = openSocket(running.origin, person.cookie);
    refused.io.reconnection(false);
    expect((await connect(refused))?.data?.code).toBe('forbidden');
    refused.disconnect();
  });

  test.each(Object.entries(EVENTS))(
    '%s gives a muted woman what every member gets, unless the mute takes it',
    async (name, kind) => {
      if (kind === 'silent') {
        socket.emit(name as 'room:typing', goodInput(roomId));
        await ask(socket, 'notes:look', {});
        expect(running.hub.presence.view(roomId).typing).toEqual([]);
        return;
      }
      const answer = await ask(socket, name as Exclude<EventName, 'room:typing'>, goodInput(roomId));
      expect(answer.ok ? 'ok' : answer.error.code).toBe(MUTED[name as EventName] ?? kind);
    },
  );
});
