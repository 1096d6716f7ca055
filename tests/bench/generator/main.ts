// The second process of the bench: it does what run.ts asks for over their channel, and ends with it. An entry.
import type { Target } from './client.ts';
import { createCrowd, type Crowd, type LoadOrder, type Told } from './crowd.ts';

export type Order =
  | { name: 'open'; target: Target; count: number }
  | { name: 'load'; order: LoadOrder }
  | { name: 'come-back'; staying: number; meanwhile: number }
  | { name: 'ask'; asks: { client: number; event: string; input: unknown }[]; together: boolean }
  | { name: 'leave' }
  | { name: 'verdict' };

let crowd: Crowd | null = null;
function inside(): Crowd {
  if (!crowd) throw new Error('nobody is there');
  return crowd;
}

async function askAll({ asks, together }: Extract<Order, { name: 'ask' }>): Promise<Told[]> {
  const one = ({ client, event, input }: (typeof asks)[number]) => inside().ask(client, event, input);
  if (together) return Promise.all(asks.map(one));
  const told: Told[] = [];
  for (const next of asks) told.push(await one(next));
  return told;
}

async function obey(order: Order): Promise<unknown> {
  if (order.name === 'load') return inside().load({ ...order.order, watch: [process.pid, ...order.order.watch] });
  if (order.name === 'come-back') return inside().comeBack(order.staying, order.meanwhile);
  if (order.name === 'ask') return askAll(order);
  if (order.name === 'verdict') return inside().verdict();
  crowd?.leave();
  if (order.name === 'leave') return null;
  crowd = createCrowd(order.target, order.count);
  return crowd.open();
}

process.on('message', ({ id, order }: { id: number; order: Order }) => {
  obey(order).then(
    (data) => process.send?.({ id, data }),
    (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
