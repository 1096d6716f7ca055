// Everybody loses the connection at once and comes back: how long until the last one has what she missed. Bench only.
import type { Bench } from '../bench.ts';
import { makeCommunity } from '../community.ts';
import { openAll, sitDown } from '../session.ts';

/** Those who stay write meanwhile. */
const STAYING = 10;
const MEANWHILE = 50;

export async function reconnect(bench: Bench): Promise<void> {
  const { clients, rounds } = bench.options;
  const folder = bench.folder();
  const place = { folder, ...(await makeCommunity(folder, clients)) };
  const values: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    bench.say(`${clients} come back at once, round ${round} of ${rounds} …`);
    const sitting = await sitDown('hub', place);
    await openAll(sitting, clients + STAYING);
    const order = { name: 'come-back', staying: STAYING, meanwhile: MEANWHILE } as const;
    values.push(await sitting.generator.ask<number>(order));
    const { verdict, stored } = await sitting.end();
    bench.check('coming back', verdict, stored);
  }
  bench.gates.push({
    ...{ name: `${clients} come back at once and have all they missed`, unit: 's', values },
    ...{ bound: 5, goal: 2, sense: 'most', kind: 'time' },
  });
}
