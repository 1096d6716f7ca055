// The figures a hub shows to its own machine: they count what people do, and name nobody.
import { request } from 'node:http';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity, run, startServer } from '../support/servers.ts';
import { temporaryFolder, type TestServer } from '../support/servers.ts';
import { connect, must, openSocket, type TestSocket } from '../support/sockets.ts';

const mongodbUri = ownDatabaseUri();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestServer;
let metricsPort: number;
let community: { cookies: string[]; roomId: string };
let sockets: TestSocket[];

beforeAll(async () => {
  folder = await temporaryFolder();
  [metricsPort] = [await freePort()];
  community = await prepareCommunity({ folder: folder.path, mongodbUri }, 3);
  const env = { METRICS_PORT: String(metricsPort) };
  server = await startServer({ folder: folder.path, port: await freePort(), mongodbUri, env });
  sockets = community.cookies.map((cookie) => openSocket(server.origin, cookie));
  for (const socket of sockets) {
    expect(await connect(socket)).toBeNull();
    await must(socket, 'room:join', { roomId: community.roomId });
  }
}, 180_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await server.end('SIGTERM');
  await dropDatabase(mongodbUri, folder.path);
  await folder.remove();
});

const read = async (): Promise<string> => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
const figure = (text: string, name: string): number => {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? Number.NaN : Number(line.split(' ').at(-1));
};

test('a message that three women see counts three deliveries, one batch, and one retry when it is sent again', async () => {
  const before = await read();
  const input = { roomId: community.roomId, clientId: randomUUID(), text: 'Amira writes' };
  await must(sockets[0] as TestSocket, 'message:post', input);
  await must(sockets[0] as TestSocket, 'message:post', input);
  const after = await read();
  const grew = (name: string): number => figure(after, name) - figure(before, name);
  expect(figure(after, 'hub_connections')).toBe(3);
  expect(grew('hub_deliveries_total')).toBe(3);
  expect(grew('hub_commit_batch_commands_count')).toBe(2);
  expect(grew('hub_commit_batch_commands_sum')).toBe(2);
  expect(grew('hub_commit_seconds_count')).toBe(2);
  expect(grew('hub_outbox_retries_total')).toBe(1);
  expect(figure(after, 'hub_database_seconds_count{command="insert",outcome="ok"}')).toBeGreaterThan(0);
  for (const queue of ['commands', 'uploads', 'slow-sockets']) {
    expect(figure(after, `hub_queue_length{queue="${queue}"}`)).toBe(0);
  }
  expect(figure(after, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  expect(after).not.toMatch(/amira|person/i);
});

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request({ port: metricsPort, host: '127.0.0.1', path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });

test('they are there for this machine only: not for other names, not under the address of the pages', async () => {
  expect(await ask('/metrics')).toBe(200);
  expect(await ask('/metrics', { host: 'evil.example' })).toBe(421);
  expect(await ask('/metrics', {}, 'POST')).toBe(404);
  expect(await ask('/')).toBe(404);
  expect((await fetch(`${server.origin}/metrics`, { redirect: 'manual' })).status).toBe(404);
});

test('a taken port is named with its setting', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const own = await temporaryFolder();
  const env = { DATA_DIR: own.path, PORT: String(await freePort()), METRICS_PORT: String(port), LOG_LEVEL: 'error' };
  const hub = run('server/main.ts', [], env);
  expect(await hub.ended).toBe(1);
  expect(hub.output()).toContain(`Port ${port} is taken by another program. Choose another one with METRICS_PORT.`);
  other.close();
  await own.remove();
}, 60_000);
