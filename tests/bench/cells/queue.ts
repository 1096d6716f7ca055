// Five hundred women wait, twenty mentors call at the same moment: each call gets a woman of its own. Bench only.
import { openDatabase } from '../../../server/database/connect.ts';
import { silentLogger } from '../../../server/domain/kernel/logger.ts';
import { createDropInsRepository } from '../../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../../server/domain/office-hours/office-hours.model.ts';
import type { Hub } from '../../../server/hub.ts';
import type { Actor } from '../../../server/domain/kernel/actor.ts';
import { aPlace, makeSitting } from '../../support/queue.ts';
import type { Bench } from '../bench.ts';
import { makeCommunity } from '../community.ts';
import { createLatencies } from '../generator/latency.ts';
import { openAll, sitDown } from '../session.ts';

const WOMEN = 500;
const MENTORS = 20;

/** The mentors sit there, the members wait. */
async function fillQueue(hub: Hub, people: Actor[]): Promise<string> {
  const mentors = people.slice(1, MENTORS + 1);
  const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
  const hosts = mentors.map((actor) => ({ actor, languages: ['ar' as const] }));
  const dropInId = await makeSitting(dropIns, new Date(Date.now() - 60_000), { hosts, capacity: 1_000 });
  const ids = mentors.map(({ id }) => id);
  await dropIns.seen(ids, new Date());
  for (const actor of people.slice(MENTORS + 1)) await hub.tickets.join(actor, aPlace(dropInId, { languages: ['ar'] }));
  return dropInId;
}

/** How many women are called, each by a mentor of her own. */
async function calledIn(folder: string): Promise<number> {
  const database = await openDatabase({ uri: undefined, folder, log: silentLogger });
  try {
    const called = await database.connection.collection('tickets').find({ state: 'called' }).toArray();
    return new Set(called.map((ticket) => String(ticket['hostId']))).size;
  } finally {
    await database.close();
  }
}

export async function queue(bench: Bench): Promise<void> {
  const { rounds } = bench.options;
  const times: number[] = [];
  let wrong = 0;
  for (let round = 1; round <= rounds; round++) {
    bench.say(`A queue of ${WOMEN}, round ${round} of ${rounds} …`);
    const folder = bench.folder();
    let dropInId = '';
    const fillIt = async (hub: Hub, people: Actor[]): Promise<void> => {
      dropInId = await fillQueue(hub, people);
    };
    const community = await makeCommunity(folder, 1 + MENTORS + WOMEN, fillIt, MENTORS);
    const sitting = await sitDown('hub', { folder, ...community });
    await openAll(sitting, 1 + MENTORS);
    const asks = Array.from({ length: MENTORS }, (_, i) => ({
      ...{ client: i + 1, event: 'queue:call-next', input: { dropInId } },
    }));
    const latencies = createLatencies();
    const answers = await sitting.generator.ask<number[]>({ name: 'ask', asks, together: true });
    for (const ms of answers) latencies.add(ms);
    times.push(latencies.quantile(0.99));
    await sitting.end();
    wrong += MENTORS - (await calledIn(folder));
  }
  bench.gates.push(
    {
      name: 'calls without a woman of their own',
      unit: '',
      values: [wrong],
      bound: 0,
      goal: 0,
      sense: 'most',
      kind: 'figure',
    },
    {
      name: `${MENTORS} mentors call at once, ${WOMEN} wait: p99`,
      unit: 'ms',
      values: times,
      bound: 50,
      goal: null,
      sense: 'most',
      kind: 'time',
    },
  );
}
