// Two hubs on one database, without anything between them: dense revs, the same order for everybody.
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, ownDatabaseUri, prepareCommunity, dropDatabase, startDatabase } from '../support/servers.ts';
import { startServer, temporaryFolder, type RunningProcess, type TestServer } from '../support/servers.ts';
import { connect, followRoom, openSocket, until, type TestRoom } from '../support/sockets.ts';

const EACH_SIDE = 20;
const EACH = 5;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: RunningProcess | null = null;
let uri: string;
let servers: TestServer[] = [];
let rooms: TestRoom[] = [];
let community: { cookies: string[]; roomId: string };

beforeAll(async () => {
  folder = await temporaryFolder();
  const external = ownDatabaseUri();
  if (external) uri = external;
  else {
    const started = await startDatabase(folder.path);
    database = started;
    uri = started.uri;
  }
  community = await prepareCommunity({ folder: folder.path, mongodbUri: uri }, EACH_SIDE * 2);
  for (let i = 0; i < 2; i++) {
    const env = { LOG_LEVEL: 'info' };
    servers.push(await startServer({ folder: folder.path, port: await freePort(), mongodbUri: uri, env }));
  }
}, 180_000);
afterAll(async () => {
  for (const room of rooms) room.close();
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  servers = [];
  if (database) await database.end('SIGTERM');
  else await dropDatabase(uri, folder.path);
  await folder.remove();
});

test('twenty women on each hub write into one room: no rev is missing, and all forty see the same order', async () => {
  const { cookies, roomId } = community;
  rooms = cookies.map((cookie, i) => followRoom(openSocket(servers[i % 2]?.origin ?? '', cookie), roomId));
  for (const room of rooms) expect(await connect(room.socket)).toBeNull();
  // who comes in after fifty messages is shown the newest fifty, and these forty women want to see all
  await until('everybody is in the room', () => rooms.every((room) => room.joined));

  await Promise.all(
    rooms.map(async (room, who) => {
      for (let i = 0; i < EACH; i++) await room.post(`${who}: ${i}`);
    }),
  );
  const total = EACH_SIDE * 2 * EACH;
  await until('everybody has everything', () => rooms.every((room) => room.state.rev >= total), 30_000);

  const order = rooms[0]?.state.messages.map(({ id }) => id);
  expect(new Set(order).size).toBe(total);
  for (const room of rooms) {
    expect(room.state.rev).toBe(total);
    expect(room.state.posts).toBe(total);
    expect(room.state.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, i) => i + 1));
    expect(room.state.messages.map(({ id }) => id)).toEqual(order);
    // what the other hub wrote came in ranges without a gap, not by joining again
    expect(room.gaps).toBe(0);
  }
}, 120_000);

test('a message to a quiet hub reaches the other hub within its poll of five seconds', async () => {
  const [here, there] = rooms;
  if (!here || !there) throw new Error('nobody is there');
  const { id } = await here.post('is anybody there?');
  await until('the other hub shows it', () => there.state.messages.some((message) => message.id === id), 8_000);
});

test('one of the two hubs runs the jobs, the other one never beside it, and takes them over when the first is stopped', async () => {
  const runs = (): TestServer[] => servers.filter((server) => server.output().includes('"jobs run here"'));
  await until('one of them runs the jobs', () => runs().length > 0, 15_000);
  const [first] = runs();
  const client = new MongoClient(uri);
  const leases = client.db().collection<{ _id: string; holder: string; until: Date }>('jobLeases');
  try {
    // the lease goes on at the next turn, in the same hands, and the other hub has had a turn too
    const before = await leases.findOne({ _id: 'jobs' });
    const renewed = { _id: 'jobs', until: { $gt: before?.until ?? new Date() } };
    await until('it goes on', async () => (await leases.findOne(renewed)) !== null, 15_000);
    expect((await leases.findOne(renewed))?.holder).toBe(before?.holder);
    expect(runs()).toEqual([first]);

    await first?.end('SIGTERM');
    await until('the other one runs them', () => runs().length === 2, 15_000);
    expect((await leases.findOne({ _id: 'jobs' }))?.holder).not.toBe(before?.holder);
  } finally {
    await client.close();
  }
});
