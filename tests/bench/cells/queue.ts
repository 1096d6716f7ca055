// Five hundred women wait, twenty mentors call at the same moment: each call gets a woman of its own. Bench only.
import { createDropInsRepository } from '../../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../../server/domain/office-hours/office-hours.model.ts';
import type { Hub } from '../../../server/hub.ts';
import type { Actor } from '../../../server/domain/kernel/actor.ts';
import { aPlace, makeSitting } from '../../support/queue.ts';
import type { Bench } from '../bench.ts';
import { makeCommunity } from '../community.ts';
import type { Told } from '../generator/crowd.ts';
import { createLatencies } from '../generator/latency.ts';
import { openAll, sitDown } from '../session.ts';

const WOMEN = 500;
const MENTORS = 20;
/** So often all of them call; between two calls the one who was called is not found. */
const WAVES = 10;
/** Before that, for women who came before those. */
const WARM_UP_WAVES = 5;

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
    const community = await makeCommunity(folder, 1 + MENTORS + WOMEN + WARM_UP_WAVES * MENTORS, fillIt, MENTORS);
    const sitting = await sitDown('hub', { folder, ...community });
    await openAll(sitting, 1 + MENTORS);
    const latencies = createLatencies();
    const called = new Set<string>();
    const together = (event: string, inputs: object[]): Promise<Told[]> => {
      const asks = inputs.map((input, i) => ({ client: i + 1, event, input }));
      return sitting.generator.ask<Told[]>({ name: 'ask', asks, together: true });
    };
    for (let wave = -WARM_UP_WAVES; wave < WAVES; wave++) {
      const answers = await together('queue:call-next', Array<object>(MENTORS).fill({ dropInId }));
      const tickets = answers.map(({ data }) => (data as { ticketId: string }).ticketId);
      if (wave >= 0) for (const { ms } of answers) latencies.add(ms);
      for (const ticketId of tickets) called.add(ticketId);
      await together(
        'queue:act',
        tickets.map((ticketId) => ({ ticketId, action: 'notFound' })),
      );
    }
    times.push(latencies.quantile(0.99));
    await sitting.end();
    wrong += (WARM_UP_WAVES + WAVES) * MENTORS - called.size;
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
