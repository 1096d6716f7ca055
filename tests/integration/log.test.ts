// The log at its most talkative, while people live in the hub: it tells what happened, and nothing that would name anybody.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity, startServer } from '../support/servers.ts';
import { temporaryFolder, type TestServer } from '../support/servers.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { ask, connect, must, openSocket, until } from '../support/sockets.ts';

const ADDRESS = '203.0.113.77';
const WORDS = 'The letter from the Jobcenter frightens me';
const mongodbUri = ownDatabaseUri();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestServer;
let community: { cookies: string[]; roomId: string };

beforeAll(async () => {
  folder = await temporaryFolder();
  community = await prepareCommunity({ folder: folder.path, mongodbUri }, 2);
  const env = { LOG_LEVEL: 'debug', TRUST_PROXY: '1' };
  server = await startServer({ folder: folder.path, port: await freePort(), mongodbUri, env });
}, 180_000);
afterAll(async () => {
  await server.end('SIGKILL');
  await dropDatabase(mongodbUri, folder.path);
  await folder.remove();
});

const secrets = new Set([ADDRESS, WORDS, 'Jobcenter', TEST_PASSWORD, 'SpyPhone/7', 'person-', 'Person ']);

/** One request as a browser behind the proxy sends it; what it was given is a secret from then on. */
async function visit(path: string, form?: Record<string, string>, cookie = ''): Promise<Response> {
  const answer = await fetch(server.origin + path, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    headers: {
      ...{ accept: 'text/html', origin: server.origin, cookie, 'user-agent': 'SpyPhone/7' },
      'x-forwarded-for': ADDRESS,
    },
    ...(form ? { body: new URLSearchParams(form) } : {}),
  });
  for (const given of answer.headers.getSetCookie()) {
    const value = given.split(';')[0]?.split('=')[1] ?? '';
    if (value.length > 12) secrets.add(value);
  }
  return answer;
}
const lines = (): Record<string, unknown>[] =>
  server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('signing in, inviting, joining, writing, failing: all of it is in the log, and nobody can be found in it', async () => {
  const [coordinator = '', member = ''] = community.cookies;
  for (const cookie of community.cookies) secrets.add(cookie.split('=')[1] ?? '');

  await visit('/sign-in', { userName: 'person-1', password: TEST_PASSWORD });
  await visit('/sign-in', { userName: 'Olena-Wrong', password: 'wrong horse battery' });
  for (const secret of ['Olena-Wrong', 'wrong horse battery']) secrets.add(secret);
  expect((await visit('/rooms', undefined, member)).status).toBe(200);
  await visit(`/search?q=${encodeURIComponent(WORDS)}`, undefined, member);
  await visit(`/people-of/Fatima-Unknown?name=Fatima-Unknown`);
  secrets.add('Fatima-Unknown');

  const invited = await visit(
    '/invitations?/make',
    { role: 'member', note: 'for Halyna from Lviv', uses: '1', days: '1' },
    coordinator,
  );
  secrets.add('Halyna').add('Lviv');
  const code = /\/join\/([\w-]{12,})/.exec(await invited.text())?.[1] ?? '';
  expect(code).not.toBe('');
  secrets.add(code);
  await visit(`/join/${code}`);
  const joined = await visit(`/join/${code}`, {
    ...{ locale: 'uk', displayName: 'Halyna K.', userName: 'halyna-k', password: TEST_PASSWORD },
  });
  expect(joined.status).toBe(303);
  secrets.add('halyna-k');

  const socket = openSocket(server.origin, member);
  expect(await connect(socket)).toBeNull();
  const { roomId } = community;
  await must(socket, 'room:join', { roomId });
  await must(socket, 'message:post', { roomId, clientId: randomUUID(), text: WORDS });
  await ask(socket, 'message:post', { roomId: WORDS, clientId: WORDS, text: { $ne: WORDS } });
  await ask(socket, 'room:people-suggest', { roomId, query: 'Halyna' });
  await ask(socket, 'message:edit', { roomId, messageId: 'f'.repeat(24), text: WORDS });
  socket.disconnect();
  const form = new FormData();
  form.append('file', new Blob(['not a picture']), 'passport-of-Halyna.png');
  await fetch(`${server.origin}/api/attachments`, { method: 'POST', body: form, headers: { origin: server.origin } });
  await fetch(`${server.origin}/api/attachments`, {
    method: 'POST',
    headers: { origin: server.origin, cookie: member, 'content-type': 'application/json' },
    body: `{"name":"passport-of-Halyna.png",`,
  });

  await until('the log has it', () => lines().some((line) => line.event === 'message:edit'));
  const said = server.output();
  for (const secret of secrets) expect.soft(said, `${secret} is in the log`).not.toContain(secret);
  expect(said).not.toMatch(/\b(?:\d{1,3}\.){3}\d{1,3}\b/);
  expect(said).not.toMatch(/mongodb:\/\//);
});

test('each line is JSON; what belongs to one request has one id, which its answer also carries', async () => {
  const answer = await visit('/sign-in');
  const requestId = answer.headers.get('x-request-id');
  await until('it is written', () => lines().some((line) => line.requestId === requestId && line.msg === 'request'));
  const about = lines().filter((line) => line.requestId === requestId);
  expect(about.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['page', 'request']));
  expect(about.find(({ msg }) => msg === 'page')).toMatchObject({ route: '/(auth)/sign-in', status: 200 });
  expect(about.find(({ msg }) => msg === 'request')).toMatchObject({ method: 'GET', status: 200 });

  const events = lines().filter(({ msg }) => msg === 'socket event');
  expect(events.map(({ event, outcome }) => [event, outcome])).toEqual(
    expect.arrayContaining([
      ['message:post', 'ok'],
      ['message:post', 'input.invalid'],
      ['message:edit', 'not-found'],
    ]),
  );
  expect(new Set(events.map((line) => line.requestId)).size).toBe(events.length);
  const json = server
    .output()
    .split('\n')
    .filter((line) => line !== '');
  expect(json).toHaveLength(lines().length);
});
