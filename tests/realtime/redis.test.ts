// Two hubs on one database with Redis between them serve one community; Redis may die, hang and come back, and nobody waits for it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RoomPresenceView } from '#shared/rooms.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { neitherHears } from '../support/blocks.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { hasRedis, onRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { openSilentHub, type SilentHub } from '../support/silent-hub.ts';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity, startDatabase } from '../support/servers.ts';
import { startServer, temporaryFolder, type RunningProcess, type TestServer } from '../support/servers.ts';
import { ask, connect, followRoom, must, openSocket, until } from '../support/sockets.ts';
import type { TestRoom, TestSocket } from '../support/sockets.ts';

const WOMEN = 12;
const HOSTS = 20;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let redis: TestRedis;
let redisPort: number;
let database: RunningProcess | null = null;
let uri: string;
const servers: TestServer[] = [];
let community: { cookies: string[]; roomId: string };
let people: Actor[] = [];
/** A third process of the hub, without sockets: it decides what the two others have to hold to. */
let third: SilentHub | undefined;
const open: TestSocket[] = [];

beforeAll(async () => {
  if (!hasRedis) return;
  folder = await temporaryFolder();
  const external = ownDatabaseUri();
  if (external) uri = external;
  else {
    const started = await startDatabase(folder.path);
    database = started;
    uri = started.uri;
  }
  redisPort = await freePort();
  redis = await startRedis(redisPort);
  const mentors: { actor: Actor; cookie: string }[] = [];
  community = await prepareCommunity({ folder: folder.path, mongodbUri: uri }, WOMEN, async (hub, all) => {
    const [first] = all as [Actor];
    await hub.accounts.setPresence(first, { showsPresence: true });
    const { code } = await hub.accounts.createInvitation(first, { role: 'mentor', note: '', uses: HOSTS, days: 1 });
    for (let i = 0; i < HOSTS; i++) {
      const person = { locale: 'en', displayName: `Mentor ${i}`, userName: `mentor-${i}`, password: TEST_PASSWORD };
      const { actor, setCookie } = await hub.accounts.register(
        { ...person, code },
        { address: '192.0.2.1', userAgent: 'test' },
      );
      mentors.push({ actor, cookie: setCookie.split(';')[0] ?? '' });
    }
    people = all;
  });
  community.cookies.push(...mentors.map(({ cookie }) => cookie));
  people.push(...mentors.map(({ actor }) => actor));
  for (let i = 0; i < 2; i++) {
    const env = { REDIS_URL: redis.url };
    servers.push(await startServer({ folder: folder.path, port: await freePort(), mongodbUri: uri, env }));
  }
  third = await openSilentHub({ uri, folder: folder.path, redisUrl: redis.url, others: 2 });
}, 240_000);
afterAll(async () => {
  for (const socket of open) socket.disconnect();
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  if (!third) return;
  await third.close();
  await redis.end('SIGKILL');
  if (database) await database.end('SIGTERM');
  else await dropDatabase(uri, folder.path);
  await folder.remove();
});

async function online(who: number, hub: number): Promise<TestSocket> {
  const socket = openSocket(servers[hub]?.origin ?? '', community.cookies[who] ?? '');
  open.push(socket);
  expect(await connect(socket)).toBeNull();
  return socket;
}
async function inRoom(who: number, hub: number): Promise<TestRoom> {
  const room = followRoom(await online(who, hub), community.roomId);
  await until('she is in the room', () => room.joined);
  return room;
}
/** Milliseconds from the answer here to the line there; the least of five, since a machine may be busy. */
async function delay(here: TestRoom, there: TestRoom): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < 5; i++) {
    const { id } = await here.post(`how long? ${randomUUID()}`);
    const began = performance.now();
    await until('it is there', () => there.state.messages.some((message) => message.id === id));
    least = Math.min(least, performance.now() - began);
  }
  return least;
}
/** The poll alone needs up to five seconds, two and a half as a rule. */
const AT_ONCE_MS = 500;
/** Hints about her last posts may be slower than she is. */
const ON_THE_WAY = 2;

test.skipIf(!hasRedis)(onRedis('what is written on one hub is on the other at once'), async () => {
  const [here, there] = [await inRoom(0, 0), await inRoom(1, 1)];
  expect(await delay(here, there)).toBeLessThan(AT_ONCE_MS);
  expect(there.gaps).toBe(0);
});

test.skipIf(!hasRedis)(onRedis('who is here is counted and named across hubs, and goes when she goes'), async () => {
  const mine = await online(2, 1);
  const views: RoomPresenceView[] = [];
  mine.on('room:presence', (view) => views.push(view));
  await must(mine, 'room:join', { roomId: community.roomId });
  const before = () => views.at(-1)?.here ?? 0;
  await until('she sees who was here', () => before() >= 1);
  const other = await inRoom(0, 0);
  const named = () => views.at(-1)?.people.some(({ displayName }) => displayName === 'Person 0');
  await until('she who allows it is named', () => named() === true);
  other.socket.emit('room:typing', { roomId: community.roomId });
  await until('she is seen to type', () => views.at(-1)?.typing[0]?.displayName === 'Person 0');
  for (const socket of open.filter((one) => one !== mine)) socket.disconnect();
  await until('she is alone', () => views.at(-1)?.here === 1);
});

test.skipIf(!hasRedis)(onRedis('ten posts at once are the limit, however many hubs she uses'), async () => {
  const [here, there] = [await online(3, 0), await online(3, 1)];
  const post = (socket: TestSocket) =>
    ask(socket, 'message:post', { roomId: community.roomId, clientId: randomUUID(), text: 'quick' });
  const began = performance.now();
  for (let i = 0; i < 9; i++) expect((await post(here)).ok).toBe(true);
  const answers = await Promise.all(Array.from({ length: 9 }, () => post(there)));
  const refilled = Math.ceil((performance.now() - began) / 1000);
  expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1 + ON_THE_WAY + refilled);
});

test.skipIf(!hasRedis)(
  onRedis('a ban that was answered holds on both hubs: nothing more of hers comes, or reaches her'),
  async () => {
    const { roomId } = community;
    const reader = await inRoom(1, 0);
    for (const who of [4, 5, 6]) {
      const phones = [await inRoom(who, 0), await inRoom(who, 1)];
      for (const { socket } of phones) socket.io.reconnection(false);
      const racing = phones.map(({ socket }) =>
        ask(socket, 'message:post', { roomId, clientId: randomUUID(), text: `last words of ${who}` }).catch(() => null),
      );
      const ban = { id: newId(), kind: 'ban', roomId: null, until: null } as const;
      await third?.hub.accounts.sanction(people[who]?.id ?? '', ban);
      const head = (await third?.hub.messages.heads([roomId]))?.get(roomId) ?? -1;
      await Promise.all(racing);
      await until('both phones are out', () => phones.every(({ socket }) => !socket.connected));
      const heard = phones.map(({ state }) => state.rev);
      await until('the reader has all', () => reader.state.rev >= head);
      await reader.post(`after ${who}`);
      expect(phones.map(({ state }) => state.rev)).toEqual(heard);
      expect(Math.max(...heard)).toBeLessThanOrEqual(head);
      const author = people[who]?.id;
      const late = reader.state.messages.filter(({ rev, author: by }) => by?.id === author && rev > head);
      expect(late).toEqual([]);
    }
  },
);

test.skipIf(!hasRedis)(
  onRedis('a block that was answered holds on both hubs: neither gets a word of the other any more'),
  async () => {
    const rooms = [await inRoom(7, 0), await inRoom(8, 1)] as const;
    await neitherHears(third?.hub, [people[7], people[8]], rooms, await inRoom(1, 1));
  },
);

test.skipIf(!hasRedis)(onRedis('twenty mentors on two hubs call at once: each woman is called by one'), async () => {
  if (!third) throw new Error('no hub');
  const { hub } = third;
  const dropIns = createDropInsRepository(createOfficeHoursModels(third.database.connection));
  const hosts = people.slice(WOMEN);
  const dropInId = await makeSitting(dropIns, new Date(Date.now() - 60_000), {
    hosts: hosts.map((actor) => ({ actor, languages: ['en'] })),
  });
  await dropIns.seen(
    hosts.map(({ id }) => id),
    new Date(),
  );
  const waiting = await Promise.all(
    people.slice(7, WOMEN).map((actor) => hub.tickets.join(actor, aPlace(dropInId, { languages: ['en'] }))),
  );
  const staff = await Promise.all(hosts.map((_host, i) => online(WOMEN + i, i % 2)));
  // five taps of each: a hundred calls for five women, and again while two hubs still dispute about one
  const winners = new Map<string, Set<number>>();
  for (let round = 0; winners.size < waiting.length && round < 20; round++) {
    const calls = await Promise.all(
      staff.flatMap((socket) =>
        Array.from({ length: round === 0 ? 5 : 1 }, () =>
          ask(socket, 'queue:call-next', { dropInId }, 30_000).catch(() => null),
        ),
      ),
    );
    for (const [i, answer] of calls.entries()) {
      if (!answer?.ok) continue;
      const { ticketId } = answer.data;
      const who = Math.floor((i * staff.length) / calls.length);
      winners.set(ticketId, (winners.get(ticketId) ?? new Set()).add(who));
    }
  }
  expect([...winners.keys()].sort()).toEqual(waiting.map(({ ticketId }) => ticketId).sort());
  for (const who of winners.values()) expect(who.size).toBe(1);
});

test.skipIf(!hasRedis)(
  onRedis('Redis hangs, dies and comes back: nobody waits for it, nothing is missing, and it is at once again'),
  async () => {
    const [here, there] = [await inRoom(0, 0), await inRoom(1, 1)];
    async function allIsWell(): Promise<void> {
      const began = performance.now();
      const { id } = await here.post('without hints');
      expect(performance.now() - began).toBeLessThan(5_000);
      await until('the other hub finds it by itself', () => there.state.messages.some((one) => one.id === id), 20_000);
      expect(there.state.messages.map(({ seq }) => seq)).toEqual(here.state.messages.map(({ seq }) => seq));
    }
    redis.child.kill('SIGSTOP');
    await allIsWell();
    redis.child.kill('SIGCONT');
    await redis.end('SIGKILL');
    await allIsWell();
    redis = await startRedis(redisPort);
    await until('hints come again', async () => (await delay(here, there)) < AT_ONCE_MS, 40_000);
    expect([here.gaps, there.gaps]).toEqual([0, 0]);
  },
  120_000,
);
