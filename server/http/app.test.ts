// What passes the doors of HTTP, and in which order.
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { silentLogger, type Logger } from '../domain/kernel/logger.ts';
import { createApp, type AppParts } from './app.ts';
import { ADDRESS_HEADER } from './middleware/origin.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const ORIGIN = 'https://hub.example.org';
interface Start {
  env?: Record<string, string>;
  log?: Logger;
  ready?: boolean;
  draining?: boolean;
  built?: boolean;
  pages?: AppParts['pages'];
}
interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Without sockets and pages; a page answers the headers that reach it. */
async function start({
  env = {},
  log = silentLogger,
  ready = true,
  draining = false,
  built = true,
  pages,
}: Start = {}) {
  const config = readConfig({ ORIGIN, ...env }, 'start');
  const database = { ready: () => ready } as AppParts['hub']['database'];
  const echo: AppParts['pages'] = (req, res) => void res.json(req.headers);
  const hub = { config, log, database } as AppParts['hub'];
  const app = createApp({ hub, built: () => built, draining: () => draining, pages: pages ?? echo });
  const http = createServer(app);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closers.push(() => http.close());
  const { port } = http.address() as AddressInfo;
  return (path: string, { method = 'GET', headers = {}, body }: Ask = {}) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
      const host = new URL(config.origin).host;
      const sent = request({ port, path, method, headers: { host, ...headers } }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
}

describe('every answer', () => {
  test('carries the headers that keep browsers careful', async () => {
    const ask = await start();
    for (const path of ['/', '/healthz', '/readyz', '/api/nothing']) {
      const { headers } = await ask(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=63072000',
      });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });

  test('promises https only where there is https', async () => {
    const ask = await start({ env: { ORIGIN: 'http://localhost:3000' } });
    expect((await ask('/')).headers).not.toHaveProperty('strict-transport-security');
  });

  test('an unknown failure is an id that is in the log, and nothing of the failure itself', async () => {
    const logged: object[] = [];
    const ask = await start({
      log: { ...silentLogger, error: (fields) => void logged.push(fields) },
      pages: () => {
        throw new Error('the secret of the house');
      },
    });
    const { status, text } = await ask('/');
    expect(status).toBe(500);
    expect(text).not.toContain('secret');
    const { errorId } = (JSON.parse(text) as { error: { params: { errorId: string } } }).error.params;
    expect(logged).toEqual([expect.objectContaining({ errorId })]);
  });
});

describe('who is let in', () => {
  test.each(['evil.example', 'hub.example.org.evil.example', 'hub.example.org:81', '127.0.0.1'])(
    'a request for the host %s is refused',
    async (host) => {
      const ask = await start();
      expect((await ask('/', { headers: { host } })).status).toBe(421);
    },
  );

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is for our own pages only', async (method) => {
    const ask = await start();
    const from = async (headers: Record<string, string>) => (await ask('/', { method, headers })).status;
    expect(await from({ origin: ORIGIN })).toBe(200);
    expect(await from({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await from({})).toBe(403);
    expect(await from({ origin: 'null' })).toBe(403);
    expect(await from({ origin: 'https://evil.example' })).toBe(403);
    expect(await from({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  });

  test('a body that is too large is refused before anybody reads it', async () => {
    const ask = await start();
    const body = 'x'.repeat(64 * 1024 + 1);
    const headers = { origin: ORIGIN, 'content-length': String(body.length) };
    expect((await ask('/', { method: 'POST', headers, body })).status).toBe(413);
  });

  test('bad JSON on /api is bad input, not a failure', async () => {
    const ask = await start();
    const headers = { origin: ORIGIN, 'content-type': 'application/json' };
    const { status, text } = await ask('/api/nothing', { method: 'POST', headers, body: '{' });
    expect([status, JSON.parse(text)]).toEqual([400, { ok: false, error: { code: 'input.invalid' } }]);
  });
});

describe("the client's address", () => {
  const seenBy = async (trustProxy: string, headers: Record<string, string>): Promise<unknown> => {
    const ask = await start({ env: { TRUST_PROXY: trustProxy } });
    return (JSON.parse((await ask('/', { headers })).text) as Record<string, unknown>)[ADDRESS_HEADER];
  };
  const claims = { 'x-forwarded-for': '198.51.100.7, 203.0.113.9', [ADDRESS_HEADER]: '198.51.100.7' };

  test('is that of the connection where no proxy is trusted, whatever the client claims', async () => {
    expect(await seenBy('0', claims)).toMatch(/127\.0\.0\.1$/);
  });

  test('is what the trusted proxy saw, not what the client told the proxy', async () => {
    expect(await seenBy('1', claims)).toBe('203.0.113.9');
    expect(await seenBy('2', claims)).toBe('198.51.100.7');
  });
});

describe('health', () => {
  const good = { ready: true, built: true, draining: false };
  test.each([
    [good, 200, 'ok'],
    [{ ...good, ready: false }, 503, 'unavailable'],
    [{ ...good, built: false }, 503, 'unavailable'],
    [{ ...good, draining: true }, 503, 'unavailable'],
  ])('%o: ready is told by status %i, and the process is alive all the same', async (state, status, word) => {
    const ask = await start(state);
    const answer = await ask('/readyz');
    const { ready: database, built: build, draining: stopping } = state;
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { status: word, database, build, stopping }]);
    const alive = await ask('/healthz');
    expect([alive.status, JSON.parse(alive.text)]).toEqual([200, { status: 'ok' }]);
    for (const { headers } of [answer, alive]) expect(headers['cache-control']).toBe('no-store');
  });

  test('a supervisor may ask by address, but changes nothing', async () => {
    const ask = await start();
    for (const path of ['/healthz', '/readyz']) {
      expect((await ask(path, { headers: { host: '127.0.0.1:3000' } })).status).toBe(200);
      expect((await ask(path, { method: 'POST' })).status).toBe(403);
    }
  });
});
