// Ours beside a chat server with an archive: two hundred in a room, twenty messages a second. Where one is installed. Bench only.
import type { Bench } from '../bench.ts';
import { makeCommunity } from '../community.ts';
import { startProsody } from '../processes.ts';
import { hasProsody } from '../servers/prosody.ts';
import { openAll, PROCESSOR_MS, sitAt, sitDown, type Sitting } from '../session.ts';

const CLIENTS = 200;
const RATE = 20;

async function costOf(bench: Bench, sitting: Sitting): Promise<number> {
  await openAll(sitting, CLIENTS);
  const report = await sitting.load({ rate: RATE, seconds: 15, warmUpSeconds: 3, patienceSeconds: 15 });
  const { verdict, stored } = await sitting.end();
  bench.check(`${CLIENTS} × ${RATE}/s of ${sitting.target.dialect}`, verdict, stored);
  return PROCESSOR_MS(report);
}

export async function chat(bench: Bench): Promise<void> {
  const { rounds } = bench.options;
  if (!hasProsody()) {
    bench.notes.push('Prosody is not installed: its row was left out.');
    return;
  }
  const folder = bench.folder();
  const place = { folder, ...(await makeCommunity(folder, CLIENTS)) };
  const costs: { ours: number; theirs: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.say(`Beside Prosody, round ${round} of ${rounds} …`);
    const ours = await costOf(bench, await sitDown('hub', place));
    const theirs = await costOf(bench, sitAt(await startProsody(bench.folder())));
    costs.push({ ours, theirs });
  }
  const values = costs.map(({ ours, theirs }) => ours / theirs);
  const name = `processor per delivery, ours / Prosody, ${CLIENTS} × ${RATE}/s`;
  bench.gates.push({ name, unit: '×', values, bound: 0.25, goal: null, sense: 'most', kind: 'figure' });
}
