// How a cheap phone lives with a room: when it shows it, and how soon it answers a finger while others write. Bench only.
import type { Page } from 'playwright';
import { textOf } from '../generator/markers.ts';
import { connect, followRoom, openSocket, type TestRoom } from '../../support/sockets.ts';
import type { Bench } from '../bench.ts';
import { cookieOf, throttled, type Pages } from '../pages.ts';

const RATE = 20;
/** Letters that she types, one after the other, and so long between them. */
const WORDS = 'Wo bekomme ich den Termin?';
const BETWEEN_MS = 120;

/** The largest paint so far, in milliseconds since the page was asked for. */
const largestPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let at = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) at = entry.startTime;
        }).observe({ type: 'largest-contentful-paint', buffered: true });
        setTimeout(() => resolve(at), 300);
      }),
  );

/** From now on the page remembers how long each touch and each letter took until the next paint. */
const watchTouches = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { benchTouches: times });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
        if (entry.interactionId) times.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
const touches = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { benchTouches: number[] }).benchTouches);

async function openWriters({ site, writers, roomId }: Pages): Promise<TestRoom[]> {
  const rooms: TestRoom[] = [];
  for (const userName of writers) {
    const socket = openSocket(site.origin, await cookieOf(site, userName));
    rooms.push(followRoom(socket, roomId));
    const refused = await connect(socket);
    if (refused) throw refused;
  }
  return rooms;
}

/** Writes until it is stopped. */
function write(rooms: TestRoom[]): () => void {
  let sent = 0;
  const timer = setInterval(() => {
    void rooms[sent % rooms.length]?.post(textOf(sent, 'pages')).catch(() => undefined);
    sent += 1;
  }, 1_000 / RATE);
  return () => clearInterval(timer);
}

async function look(pages: Pages, rooms: TestRoom[]): Promise<{ paint: number; touch: number }> {
  const member = await pages.site.visit({ serviceWorkers: 'block' });
  await pages.site.signIn(member, pages.reader);
  await member.page.close();
  const page = await throttled(member.context);
  await page.goto(pages.roomPath, { waitUntil: 'networkidle' });
  const paint = await largestPaint(page);
  await watchTouches(page);
  const stop = write(rooms);
  const field = page.locator('textarea').first();
  await field.click();
  await field.pressSequentially(WORDS, { delay: BETWEEN_MS });
  stop();
  const times = await touches(page);
  await member.context.close();
  return { paint, touch: Math.max(16, ...times) };
}

export async function paint(bench: Bench, pages: Pages): Promise<void> {
  const { rounds } = bench.options;
  const rooms = await openWriters(pages);
  const found: { paint: number; touch: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.say(`A room on a cheap phone, round ${round} of ${rounds} …`);
    found.push(await look(pages, rooms));
  }
  for (const room of rooms) room.close();
  const gate = { goal: null, sense: 'most', kind: 'time' } as const;
  bench.gates.push(
    {
      name: 'room page, 4× slower, 1.6 Mbit/s: largest paint',
      unit: 's',
      values: found.map((one) => one.paint / 1_000),
      bound: 2,
      ...gate,
    },
    {
      name: `the longest touch while ${RATE} msg/s arrive`,
      unit: 'ms',
      values: found.map((one) => one.touch),
      bound: 150,
      ...gate,
    },
  );
}
