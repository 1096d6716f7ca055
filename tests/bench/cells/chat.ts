// Ours beside a chat server with an archive: two hundred in a room, twenty messages a second. Where one is installed. And what
// the stack itself takes of that: deliveries that nobody keeps, one write that nobody hears of. Bench only.
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../../server/database/connect.ts';
import { silentLogger } from '../../../server/domain/kernel/logger.ts';
import type { Bench } from '../bench.ts';
import { makeCommunity } from '../community.ts';
import { median } from '../gates.ts';
import { startProsody } from '../processes.ts';
import { hasProsody } from '../servers/prosody.ts';
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

export async function chat(bench: Bench): Promise<void> {
  const { rounds } = bench.options;
  if (!hasProsody()) {
    bench.notes.push('Prosody is not installed: its row was left out.');
    return;
  }
  const folder = bench.folder();
  const place = { folder, ...(await makeCommunity(folder, CLIENTS)) };
  const costs: { ours: number; theirs: number; plain: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.say(`Beside Prosody, round ${round} of ${rounds} …`);
    const ours = await costOf(bench, await sitDown('hub', place));
    const theirs = await costOf(bench, sitAt(await startProsody(bench.folder())));
    const plain = await costOf(bench, await sitDown('socket.io'));
    costs.push({ ours, theirs, plain });
  }
  const middle = (of: (cost: (typeof costs)[number]) => number): string => median(costs.map(of)).toFixed(1);
  bench.rows.push(
    {
      name: `ms of processor per 1,000 deliveries, ${CLIENTS} × ${RATE}/s`,
      ours: middle(({ ours }) => ours),
      others: `Prosody ${middle(({ theirs }) => theirs)}, Socket.IO that keeps nothing ${middle(({ plain }) => plain)}`,
    },
    {
      name: `ms of processor per write on disk, ${RATE}/s, nothing else`,
      ours: (await costOfWrite(bench.folder())).toFixed(1),
      others: '',
    },
  );
  const values = costs.map(({ ours, theirs }) => ours / theirs);
  const name = `processor per delivery, ours / Prosody, ${CLIENTS} × ${RATE}/s`;
  bench.gates.push({ name, unit: '×', values, bound: 0.25, goal: null, sense: 'most', kind: 'figure' });
}
