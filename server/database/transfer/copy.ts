// Copies a database that nobody changes into another one, goes on where it was cut off, and compares every collection. For the command and tests.
import type { Db } from 'mongodb';
import { UnfinishedError, upkeepOf } from '../upkeep.ts';
import { collectionsOf, createIndexes, createSum, createWriter, decode, readRaw, sameSum, sumOf } from './documents.ts';
import type { CollectionPlan, CollectionSum } from './documents.ts';
import { filledCollections, NotEmptyError } from './restore.ts';

/** What arrived is not what was sent. */
class CopyError extends Error {
  override readonly name = 'CopyError';
}

export interface CopyParts {
  from: Db;
  to: Db;
  /** Gets a line for every finished collection, and every two seconds in between. */
  say(line: string): void;
}

type Done = CollectionSum & { name: string };
const SAY_MS = 2_000;

/** Raises NotEmptyError when the target holds anything that an earlier try did not put there, CopyError, UnfinishedError. */
export async function copyDatabase({ from, to, say }: CopyParts): Promise<Done[]> {
  const upkeep = upkeepOf(to);
  const begun = await upkeep.findOne({ _id: 'copy' });
  const filled = await filledCollections(to);
  if (await upkeep.findOne({ _id: 'restore' })) throw new UnfinishedError('A restore into the target was interrupted.');
  if (!begun && filled.length > 0) {
    throw new NotEmptyError(`The target is not empty (${filled.join(', ')}). Name a database that holds nothing.`);
  }
  if (begun) say('An earlier copy was interrupted: going on with it.');
  else await upkeep.insertOne({ _id: 'copy', done: [] });

  const done: Done[] = [];
  for (const plan of await collectionsOf(from)) {
    const before = begun?.done?.find(({ name }) => name === plan.name);
    const total = await copyOne({ from, to, say }, plan, filled.includes(plan.name), before);
    done.push({ name: plan.name, ...total });
    await upkeep.updateOne({ _id: 'copy' }, { $set: { done } });
    say(`${plan.name}: ${total.documents} documents, equal on both sides (${total.sum.slice(0, 12)})`);
  }
  // what an earlier try copied and the source does not have any more
  for (const name of filled) if (!done.some((one) => one.name === name)) await to.collection(name).drop();
  await upkeep.deleteOne({ _id: 'copy' });
  return done;
}

async function copyOne(parts: CopyParts, plan: CollectionPlan, begun: boolean, before: Done | undefined) {
  const { from, to, say } = parts;
  const { name } = plan;
  // complete before, and the hub has not changed it since
  if (before && sameSum(before, await sumOf(from, name))) return before;
  for (let resumed = begun && !before; ; resumed = false) {
    if (!resumed) await to.collection(name).drop();
    const total = await pour(parts, name, resumed);
    const arrived = await sumOf(to, name);
    if (sameSum(total, arrived)) {
      await createIndexes(to, plan);
      return total;
    }
    if (!resumed) throw new CopyError(`${name} did not arrive as it was sent; run the same command again.`);
    say(`${name}: what was copied earlier has changed since, copying it again`);
  }
}

async function pour({ from, to, say }: CopyParts, name: string, resumed: boolean): Promise<CollectionSum> {
  const all = await from.collection(name).estimatedDocumentCount();
  if (all === 0) await to.createCollection(name).catch(() => undefined); // it is there already
  const sum = createSum();
  const writer = createWriter(to, name, resumed);
  let count = 0;
  let said = performance.now();
  for await (const raw of readRaw(from, name)) {
    const document = decode(raw);
    sum.add(document);
    await writer.add(document, raw.length);
    count++;
    if (performance.now() - said < SAY_MS) continue;
    said = performance.now();
    say(`${name}: ${count} of ${all}`);
  }
  await writer.end();
  return sum.total();
}
