// The way to Redis goes silent without a word, as when a firewall forgets a connection: nobody waits, and hints come back.
import { afterAll, expect, test } from 'vitest';
import { hasRedis, onRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { freePort } from '../support/servers.ts';
import { until, type TestRoom } from '../support/sockets.ts';
import { startProxy, type Proxy } from './proxy.ts';
import { gather, inLongForm, LONG, type Crowd } from './recorder.ts';
import { makeWorld, type World } from './world.ts';

let redis: TestRedis | undefined;
let way: Proxy | undefined;
let world: World | undefined;
let crowd: Crowd | undefined;
afterAll(async () => {
  crowd?.leave();
  await world?.close();
  await way?.close();
  await redis?.end('SIGKILL');
});

/** Milliseconds from an answer here to the line there, the least of a few. */
async function delay(crowdOf: Crowd, here: TestRoom, there: TestRoom, mark: string): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < 4; i++) {
    const text = `${mark}.${i}`;
    crowdOf.recording.sent.push({ who: 'woman 0', mark: text });
    const { id } = await here.post(text);
    const began = performance.now();
    crowdOf.recording.acknowledged.push({ who: 'woman 0', mark: text, id });
    await until('it is there', () => there.state.messages.some((message) => message.id === id), 20_000);
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

test.skipIf(!LONG || !hasRedis)(
  inLongForm(
    onRedis('Redis is cut off without a word and comes back: nothing is missing, and hints work again by themselves'),
  ),
  async () => {
    const port = await freePort();
    redis = await startRedis(port);
    const net = await startProxy([port]);
    way = net;
    const here = await makeWorld({ women: 10, hubs: 2, env: { REDIS_URL: `redis://127.0.0.1:${net.port}` } });
    world = here;
    const women = await gather([here.net.origin], here.cookies, here.roomId);
    crowd = women;
    // connections went to the hubs in turn
    const [one, other] = women.rooms;
    if (!one || !other) throw new Error('nobody is there');
    let round = 0;
    const quick = async (): Promise<boolean> => (await delay(women, one, other, `woman 0, hint ${round++}`)) < 500;
    await until('hints work', quick, 30_000);
    net.weather({ silent: true });
    await women.talk(10, 1_500);
    net.weather({ silent: false });
    await until('hints work again', quick, 60_000);
    await women.judge(here.net.origin, 'Redis cut off');
    expect(women.rooms.map(({ gaps }) => gaps)).toEqual(women.rooms.map(() => 0));
  },
);
