// The chain of the audit log: whoever touches it is found; it forgets people and old entries without breaking.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../server/domain/kernel/ids.ts';
import { openAudit } from '../support/audit.ts';

let log: Awaited<ReturnType<typeof openAudit>>;
beforeEach(async () => {
  log = await openAudit();
});
afterEach(async () => {
  await log.close();
});

const about = (id: string) => ({ kind: 'user', id }) as const;

/** A log with a bit of everything. */
async function someActs(count = 6) {
  const judit = log.person('Judit');
  const noor = log.person('Noor', 'member');
  for (let i = 0; i < count; i++) {
    await log.audit.record(judit, { action: 'reset-code.created', target: about(noor.id), reason: `act ${i + 1}` });
  }
  return { judit, noor };
}
const faults = async () => (await log.audit.verify()).found;

test('whoever changes what was done, when, how or to what is found', async () => {
  await someActs();
  const changes = [
    { at: new Date(0) },
    { action: 'message.revealed' },
    { by: 'hub' },
    { target: { kind: 'room', id: null } },
    { 'sealed.person': null },
    { prev: '0'.repeat(64) },
    { hash: '0'.repeat(64) },
  ];
  for (const change of changes) {
    const before = await log.models.auditEntries.findOne({ seq: 3 }).lean();
    await log.models.auditEntries.updateOne({ seq: 3 }, { $set: change });
    expect(await faults(), JSON.stringify(change)).toContainEqual({ seq: 3, fault: 'changed' });
    await log.models.auditEntries.replaceOne({ seq: 3 }, before ?? {});
    expect(await faults()).toEqual([]);
  }
});

test('whoever takes an entry away is found: in the middle, at the beginning, at the end', async () => {
  await someActs();
  for (const [seq, fault] of [
    [3, { seq: 4, fault: 'gap' }],
    [1, { seq: 2, fault: 'gap' }],
    [6, { seq: 6, fault: 'end-missing' }],
  ] as const) {
    const before = await log.models.auditEntries.findOne({ seq }).lean();
    await log.models.auditEntries.deleteOne({ seq });
    expect(await faults()).toEqual([fault]);
    await log.models.auditEntries.insertMany(before ? [before] : []);
    expect(await faults()).toEqual([]);
  }
});

test('whoever closes the gap by numbering anew, or swaps two entries, is found', async () => {
  await someActs();
  await log.models.auditEntries.deleteOne({ seq: 6 });
  await log.models.auditEntries.deleteOne({ seq: 3 });
  for (const seq of [4, 5]) await log.models.auditEntries.updateOne({ seq }, { $set: { seq: seq - 1 } });
  expect((await faults()).map(({ fault }) => fault)).toEqual(
    expect.arrayContaining(['torn', 'changed', 'end-missing']),
  );
});

test('whoever changes the names or the reason beside an entry, or takes them away unmarked, is found', async () => {
  const { noor } = await someActs();
  const other = newId();
  for (const [change, fault] of [
    [{ actor: other }, 'side-changed'],
    [{ person: other }, 'side-changed'],
    [{ reason: 'another reason' }, 'side-changed'],
    [{ salt: 'another salt' }, 'side-changed'],
    [{ person: null }, 'side-missing'],
    [{ reason: null, erased: ['person'] }, 'side-missing'],
  ] as const) {
    const before = await log.models.auditSides.findOne({ seq: 2, person: noor.id }).lean();
    await log.models.auditSides.updateOne({ seq: 2 }, { $set: change });
    expect(await faults(), JSON.stringify(change)).toContainEqual({ seq: 2, fault });
    await log.models.auditSides.replaceOne({ seq: 2 }, before ?? {});
  }
  await log.models.auditSides.deleteOne({ seq: 2 });
  expect(await faults()).toEqual([{ seq: 2, fault: 'side-missing' }]);
});

test('after erasure nothing of her is in the log, and the chain holds', async () => {
  const { judit, noor } = await someActs();
  await log.audit.record(noor, { action: 'invitation.created', target: { kind: 'invitation', id: newId() } });
  await log.audit.record(judit, { action: 'message.revealed', person: noor.id, reason: 'Noor asked me to' });
  await log.audit.erase(noor.id);
  await log.audit.erase(noor.id);
  const { auditEntries, auditSides, auditAnchors } = log.models;
  const stored = await Promise.all([auditEntries.find().lean(), auditSides.find().lean(), auditAnchors.find().lean()]);
  expect(JSON.stringify(stored)).not.toContain(noor.id);
  expect(JSON.stringify(stored)).not.toMatch(/act 1|Noor/);
  const report = await log.audit.verify();
  expect(report).toMatchObject({ entries: 10, found: [], erased: 15 });
  const { items } = await log.audit.page(judit, { by: 'judit' });
  expect(items).toHaveLength(7);
  expect(items[0]).toMatchObject({ actor: { id: judit.id }, person: null, reason: null, erased: true });
});

test('after two years entries go, and the place where they ended proves what is left', async () => {
  const { judit } = await someActs(4);
  log.move(400);
  await someActs(3);
  expect(await log.audit.prune()).toBe(0);
  log.move(400);
  expect(await log.audit.prune()).toBe(4);
  expect(await log.audit.verify()).toMatchObject({ entries: 4, prunedUpTo: 4, found: [], last: { seq: 8 } });
  expect(await log.models.auditSides.countDocuments()).toBe(4);
  expect((await log.audit.page(judit, {})).items.map(({ seq, action }) => [seq, action])[0]).toEqual([
    8,
    'audit.pruned',
  ]);
  expect(await log.audit.prune()).toBe(0);

  // a long silence: the last entry stays, so that the numbers go on
  log.move(2000);
  expect(await log.audit.prune()).toBe(3);
  await someActs(1);
  expect(await log.audit.verify()).toMatchObject({ entries: 3, prunedUpTo: 7, found: [], last: { seq: 10 } });

  await log.models.auditAnchors.updateOne({ _id: 'pruned' }, { $set: { seq: 8 } });
  expect((await faults()).map(({ fault }) => fault)).toContain('anchor-changed');
});

test('whoever takes more away and calls it pruning is found', async () => {
  await someActs(6);
  const third = await log.models.auditEntries.findOne({ seq: 3 }).lean();
  await log.models.auditAnchors.insertMany([{ _id: 'pruned', seq: 3, hash: third?.hash ?? '' }]);
  await log.models.auditEntries.deleteMany({ seq: { $lte: 3 } });
  expect(await faults()).toEqual([{ seq: 3, fault: 'anchor-changed' }]);
});
