// Every page, route and socket event is named here with who may pass, and is knocked on. A new one fails until it is named.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicRoute, PUBLIC_ROUTES } from '../src/lib/server/public-routes.ts';
import { createApp } from '../server/http/app.ts';
import { readConfig } from '../server/config.ts';
import { silentLogger } from '../server/domain/kernel/logger.ts';
import type { EventName } from '../server/realtime/types.ts';
import { API, EVENTS, goodInput, PAGES, PROBES } from './support/closed.ts';
import { addressOf } from './support/closed.walk.ts';
import { startTestHub, type TestHub } from './support/hub.ts';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity } from './support/servers.ts';
import { startServer, temporaryFolder, type TestServer } from './support/servers.ts';
import { ask, connect, openSocket, type TestSocket } from './support/sockets.ts';
import { filesBelow } from './support/sources.ts';

const routeFiles = filesBelow('src/routes', ['+page.svelte', '+page.server.ts', '+page.ts', '+server.ts']);

describe('pages', () => {
  const mongodbUri = ownDatabaseUri();
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: TestServer;
  let member = '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    const { cookies } = await prepareCommunity({ folder: folder.path, mongodbUri }, 2);
    member = cookies[1] ?? '';
    server = await startServer({ folder: folder.path, port: await freePort(), mongodbUri });
  }, 180_000);
  afterAll(async () => {
    await server.end('SIGTERM');
    await dropDatabase(mongodbUri, folder.path);
    await folder.remove();
  }, 30_000);

  const knock = (path: string, init: { cookie?: string; method?: string; headers?: Record<string, string> } = {}) =>
    fetch(server.origin + path, {
      method: init.method ?? 'GET',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        origin: server.origin,
        ...(init.cookie ? { cookie: init.cookie } : {}),
        ...init.headers,
      },
    });

  test('every page and endpoint is named here, and nothing that is not there', () => {
    expect([...new Set(routeFiles.map(addressOf))].sort()).toEqual(Object.keys(PAGES).sort());
  });

  test('the public list of the hub is exactly what strangers may open here', () => {
    const open = Object.entries(PAGES).filter(([, { stranger }]) => stranger !== 'sign-in');
    expect([...PUBLIC_ROUTES].sort()).toEqual(open.map(([address]) => address).sort());
    expect(isPublicRoute('/(app)/rooms/[slug]')).toBe(false);
    expect(isPublicRoute('/(auth)/sign-in')).toBe(true);
    expect(isPublicRoute('/not/named/yet')).toBe(false);
  });

  describe.each(Object.entries(PAGES))('%s', (address, { path = address, stranger, member: expected, endpoint }) => {
    test('as a stranger', async () => {
      const looked = await knock(path);
      if (stranger !== 'sign-in') {
        expect(looked.status).toBe(stranger);
        return;
      }
      expect(looked.status).toBe(303);
      expect(looked.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
      // the same page as data, and everything a form could send to it
      const data = await knock(`${path}/__data.json`);
      expect(await data.json()).toMatchObject({ type: 'redirect', location: expect.stringMatching(/^\/sign-in\?/) });
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      expect((await knock(path, { method: 'POST', headers: form })).status).toBe(401);
      const enhanced = { ...form, 'x-sveltekit-action': 'true', accept: 'application/json' };
      const sent = await knock(`${path}?/anything`, { method: 'POST', headers: enhanced });
      expect([sent.status, await sent.json()]).toEqual([401, { type: 'redirect', status: 303, location: '/sign-in' }]);
    });

    test('as a member', async () => {
      const answer = await knock(path, { cookie: member });
      expect(answer.status).toBe(expected);
      if (!endpoint) expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    test('with a login that is over, or was never given', async () => {
      const answer = await knock(path, { cookie: `session=${'a'.repeat(40)}` });
      expect(answer.status).toBe(stranger === 'sign-in' ? 303 : stranger);
    });

    test('from a page of somebody else', async () => {
      const headers = { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
      expect((await knock(path, { method: 'POST', cookie: member, headers })).status).toBe(403);
    });

    test('ships no page that would run what is not ours', async () => {
      for (const cookie of ['', member]) {
        const policy = (await knock(path, { cookie })).headers.get('content-security-policy') ?? '';
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).toContain("base-uri 'none'");
        expect(policy).not.toMatch(/unsafe-(?:inline|eval)|\*|(?:script|style)-src[^;]*(?:https?:|data:)/);
      }
    });
  });

  test('a full page has a nonce, starts from nothing, and names our websocket', async () => {
    const page = await knock('/rooms', { cookie: member });
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}'/);
    expect(policy).toContain(`connect-src 'self' ${server.origin.replace('http', 'ws')}`);
    const html = await page.text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toMatch(/ nonce="| src="\/(?!\/)/);
    expect(html).not.toMatch(/ style="| on\w+="/);
  });

  test('an address without a page is not found, for everybody the same', async () => {
    for (const cookie of ['', member]) expect((await knock('/no-such-page', { cookie })).status).toBe(404);
  });

  describe.each(Object.entries(API))('/api%s', (path, expected) => {
    test('as a stranger and as a member', async () => {
      expect((await knock(`/api${path}`)).status).toBe(expected.stranger);
      expect((await knock(`/api${path}`, { cookie: member })).status).toBe(expected.member);
    });
  });
});

interface Layer {
  route?: { path: string };
  handle?: { stack?: Layer[] };
}
const pathsOf = (layers: Layer[]): string[] =>
  layers.flatMap(({ route, handle }) => (route ? [route.path] : pathsOf(handle?.stack ?? [])));

test('every route of Express is named here', () => {
  const config = readConfig({}, 'start');
  const hub = { config, log: silentLogger, database: { ready: () => true } } as unknown as TestHub['hub'];
  const app = createApp({
    hub,
    built: () => true,
    draining: () => false,
    pages: (_request, response) => void response.end(),
  });
  expect(pathsOf((app.router as unknown as { stack: Layer[] }).stack)).toEqual([...PROBES, ...Object.keys(API)]);
});

describe('socket events', () => {
  let running: TestHub;
  let socket: TestSocket;
  let roomId = '';
  const input = () => goodInput(roomId);

  beforeAll(async () => {
    running = await startTestHub();
    await running.join('coordinator', 'coordinator');
    const member = await running.join('member');
    roomId = await running.roomId();
    socket = openSocket(running.origin, member.cookie);
    expect(await connect(socket)).toBeNull();
  }, 60_000);
  afterAll(async () => {
    socket.disconnect();
    await running.close();
  });

  test('every event that the hub listens to is named here, and nothing that it does not', () => {
    const [own] = [...running.realtime.io.sockets.sockets.values()];
    const beside = own?.eventNames().filter((name) => name !== 'disconnect' && name !== 'error');
    expect(beside).toEqual([]);
    expect(own?.listenersAny()).toHaveLength(1);
    expect(running.realtime.eventNames().sort()).toEqual(Object.keys(EVENTS).sort());
  });

  describe.each(Object.entries(EVENTS))('%s', (name, kind) => {
    test('a stranger has no way to send it', async () => {
      const stranger = openSocket(running.origin, null);
      stranger.io.reconnection(false);
      const told = await connect(stranger);
      expect(told?.data?.code).toBe('auth.required');
      stranger.emit(name as 'room:typing', { roomId });
      expect(stranger.connected).toBe(false);
      stranger.disconnect();
    });

    test('a member gets an answer for her room, and none for a room that is not there', async () => {
      if (kind === 'silent') {
        socket.emit(name as 'room:typing', input());
        expect(running.hub.presence.view(roomId).typing).toEqual([]);
        return;
      }
      const answered = name as Exclude<EventName, 'room:typing'>;
      const right = await ask(socket, answered, input());
      expect(right.ok ? 'ok' : right.error.code).toBe(kind);
      if (
        /^(?:rooms|saved|mentions|answers|notes|drop-ins|cases|queue|ticket):/.test(name) ||
        ['room:leave', 'message:held'].includes(name)
      )
        return; // of no one room
      const wrong = await ask(socket, answered, { ...input(), roomId: 'f'.repeat(24) });
      expect(wrong).toEqual({ ok: false, error: { code: 'not-found' } });
    });
  });
});
