// A thousand in one room with a hundred messages a second, all of them on disk before anybody sees them. Bench only.
import type { Bench } from '../bench.ts';
import { makeCommunity } from '../community.ts';
import { openAll, sitDown } from '../session.ts';

const RATE = 100;

export async function busy(bench: Bench): Promise<void> {
  const { clients, rounds } = bench.options;
  const folder = bench.folder();
  const place = { folder, ...(await makeCommunity(folder, clients)) };
  const values: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.say(`${clients} × ${RATE}/s, round ${round} of ${rounds} …`);
    const sitting = await sitDown('hub', place);
    await openAll(sitting, clients);
    const report = await sitting.load({ rate: RATE, seconds: 15, warmUpSeconds: 3, patienceSeconds: 10 });
    values.push(report.complete ? report.p99 : Infinity);
    const { verdict, stored } = await sitting.end();
    bench.check('a busy room', verdict, stored);
  }
  bench.gates.push({
    ...{ name: `${clients} × ${RATE}/s on disk, all delivered: p99`, unit: 'ms', values },
    ...{ bound: 100, goal: 60, sense: 'most', kind: 'time' },
  });
}
