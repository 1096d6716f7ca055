// Ours beside a chat server with an archive: two hundred in a room, twenty messages a second. Where one is installed. And what
// the stack itself takes of that: deliveries that nobody keeps, one write that nobody hears of. Bench only.
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../../server/database/connect.ts';
import { silentLogger } from '../../../server/domain/kernel/logger.ts';
import type { Bench } from '../bench.ts';
import { makeCommunity } from '../community.ts';
import { median } from '../gates.ts';
import { startChat } from '../processes.ts';
import { hasEjabberd, spawnEjabberd } from '../servers/ejabberd.ts';
import { hasProsody, spawnProsody } from '../servers/prosody.ts';
import { openAll, PROCESSOR_MS, sitAt, sitDown, type Sitting } from '../session.ts';

const CLIENTS = 200;
const RATE = 20;
const SECONDS = 15;
const WARM_UP_SECONDS = 3;

async function costOf(bench: Bench, sitting: Sitting): Promise<number> {
  await openAll(sitting, CLIENTS);
  const report = await sitting.load({
    rate: RATE,
    seconds: SECONDS,
    warmUpSeconds: WARM_UP_SECONDS,
    patienceSeconds: 15,
  });
  const { verdict, stored } = await sitting.end();
  bench.check(`${CLIENTS} × ${RATE}/s of ${sitting.target.dialect}`, verdict, stored);
  return PROCESSOR_MS(report);
}

/** Milliseconds of processor for one small document that is on disk before the answer, through the driver, at the same rate. */
async function costOfWrite(folder: string): Promise<number> {
  const database = await openDatabase({ uri: undefined, folder, log: silentLogger });
  const documents = database.connection.collection('bare');
  const write = async (seconds: number): Promise<void> => {
    for (let i = 0; i < RATE * seconds; i++) {
      await documents.insertOne({ text: 'x'.repeat(100), at: new Date() });
      await pause(1_000 / RATE);
    }
  };
  try {
    await write(WARM_UP_SECONDS);
    const before = process.cpuUsage();
    await write(SECONDS);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000 / (RATE * SECONDS);
  } finally {
    await database.close();
  }
}

/** The chat servers that are known here, with the share of their cost that ours may have. */
const PEERS = [
  { name: 'Prosody', has: hasProsody, begin: spawnProsody, bound: 0.25 },
  { name: 'ejabberd', has: hasEjabberd, begin: spawnEjabberd, bound: 0.5 },
];

export async function chat(bench: Bench): Promise<void> {
  const { rounds } = bench.options;
  const there = PEERS.filter(({ has }) => has());
  for (const { name } of PEERS.filter((peer) => !there.includes(peer))) {
    bench.notes.push(`${name} is not installed: its row was left out.`);
  }
  if (there.length === 0) return;
  const folder = bench.folder();
  const place = { folder, ...(await makeCommunity(folder, CLIENTS)) };
  const ours: number[] = [];
  const plain: number[] = [];
  const theirs = there.map((): number[] => []);
  for (let round = 1; round <= rounds; round++) {
    bench.say(`Beside ${there.map(({ name }) => name).join(' and ')}, round ${round} of ${rounds} …`);
    ours.push(await costOf(bench, await sitDown('hub', place)));
    for (const [i, { begin }] of there.entries()) {
      theirs[i]?.push(await costOf(bench, sitAt(await startChat(bench.folder(), begin))));
    }
    plain.push(await costOf(bench, await sitDown('socket.io')));
  }
  const said = (costs: number[]): string => median(costs).toFixed(1);
  const others = there.map(({ name }, i) => `${name} ${said(theirs[i] ?? [])}`);
  bench.rows.push(
    {
      name: `ms of processor per 1,000 deliveries, ${CLIENTS} × ${RATE}/s`,
      ours: said(ours),
      others: [...others, `Socket.IO that keeps nothing ${said(plain)}`].join(', '),
    },
    {
      name: `ms of processor per write on disk, ${RATE}/s, nothing else`,
      ours: (await costOfWrite(bench.folder())).toFixed(1),
      others: '',
    },
  );
  for (const [i, { name, bound }] of there.entries()) {
    bench.gates.push({
      ...{ name: `processor per delivery, ours / ${name}, ${CLIENTS} × ${RATE}/s`, unit: '×', bound, goal: null },
      values: ours.map((cost, round) => cost / (theirs[i]?.[round] ?? NaN)),
      ...{ sense: 'most' as const, kind: 'figure' as const },
    });
  }
}
