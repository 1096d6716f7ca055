// The audit log: written before the act, numbered without gaps, found when touched, forgetting people without breaking.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../server/domain/kernel/ids.ts';
import { openAudit } from '../support/audit.ts';

let log: Awaited<ReturnType<typeof openAudit>>;
beforeEach(async () => {
  log = await openAudit();
});
afterEach(async () => {
  vi.restoreAllMocks();
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

test('what was done is there with who, whom, why and when, newest first', async () => {
  const { judit, noor } = await someActs(1);
  await log.audit.record('command', { action: 'reset-code.created', target: about(noor.id) });
  const messageId = newId();
  await log.audit.record(judit, { action: 'message.revealed', target: { kind: 'message', id: messageId } });
  const { items, next } = await log.audit.page(judit, {});
  expect(next).toBeNull();
  expect(items).toMatchObject([
    { seq: 3, by: 'user', actor: { id: judit.id }, target: { kind: 'message', id: messageId }, person: null },
    { seq: 2, by: 'command', actor: null, target: { kind: 'user', id: null }, person: { id: noor.id }, reason: null },
    { seq: 1, by: 'user', actor: { displayName: 'Judit' }, person: { displayName: 'Noor' }, reason: 'act 1' },
  ]);
  expect(items[2]).toMatchObject({ action: 'reset-code.created', at: '2026-08-01T10:00:00.000Z', erased: false });
  expect(await log.audit.verify()).toMatchObject({ entries: 3, found: [], last: { seq: 3 } });
});

test('three processes that write at the same moment number densely and keep one chain', async () => {
  const judit = log.person('Judit');
  const processes = [log.audit, log.another(), log.another()];
  await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      processes[i % 3]?.record(judit, { action: 'message.revealed', target: { kind: 'message', id: newId() } }),
    ),
  );
  const rows = await log.models.auditEntries.find().sort({ seq: 1 }).lean();
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  expect(await log.audit.verify()).toMatchObject({ entries: 60, found: [] });
});

test('an act that cannot be written down is refused, and leaves nothing behind', async () => {
  const { judit, noor } = await someActs(2);
  const insert = vi.spyOn(log.models.auditEntries.collection, 'insertOne');
  insert.mockImplementation(() => Promise.reject(new Error('full')));
  const act = { action: 'reset-code.created', target: about(noor.id) } as const;
  await expect(log.audit.record(judit, act)).rejects.toThrow('full');
  insert.mockRestore();
  expect(await log.models.auditSides.countDocuments()).toBe(2);
  await log.audit.record(judit, act);
  expect(await log.audit.verify()).toMatchObject({ entries: 3, found: [] });
});

test('members and mentors see nothing of it, not as a file either', async () => {
  for (const role of ['member', 'mentor'] as const) {
    const person = log.person('Olena', role);
    await expect(log.audit.page(person, {})).rejects.toMatchObject({ code: 'forbidden' });
    await expect(log.audit.export(person, { format: 'csv' })).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect(await log.models.auditEntries.countDocuments()).toBe(0);
});

test('a moderator asks by act, by who did it, by whom it was about, by thing and by day, page by page', async () => {
  const { judit, noor } = await someActs(60);
  const mod = log.person('Mod');
  const thing = newId();
  await log.audit.record(mod, {
    action: 'invitation.revoked',
    target: { kind: 'invitation', id: thing },
    person: noor.id,
  });
  log.move(3);
  await log.audit.record(mod, { action: 'message.revealed', target: { kind: 'message', id: newId() } });
  const ask = async (input: object) => (await log.audit.page(judit, input)).items.map(({ seq }) => seq);
  expect(await ask({ action: 'invitation.revoked' })).toEqual([61]);
  expect(await ask({ by: 'MOD' })).toEqual([62, 61]);
  expect(await ask({ by: mod.id, about: 'noor' })).toEqual([61]);
  expect(await ask({ about: thing })).toEqual([61]);
  expect(await ask({ from: '2026-08-02', to: '2026-08-04' })).toEqual([62]);
  expect(await ask({ by: 'mod', to: '2026-08-01', action: '', about: '' })).toEqual([61]);
  expect(await ask({ by: 'nobody-of-that-name' })).toEqual([]);

  const first = await log.audit.page(judit, { about: 'noor' });
  const second = await log.audit.page(judit, { about: 'noor', before: first.next });
  expect([first.items.length, second.items.length, second.next]).toEqual([50, 11, null]);
  expect(second.items.at(-1)?.seq).toBe(1);
});

test.each([
  { action: 'nothing' },
  { from: '1.8.2026' },
  { before: '-1' },
  { by: { $ne: null } },
  { about: 'x'.repeat(101) },
])('what is no question is refused: %j', async (input) => {
  const judit = log.person('Judit');
  await expect(log.audit.page(judit, input)).rejects.toMatchObject({ code: expect.stringMatching(/^input\./) });
});

test('as a file it says the same, is written down itself, and starts no formula', async () => {
  const { judit, noor } = await someActs(2);
  await log.audit.record(judit, { action: 'reset-code.created', target: about(noor.id), reason: '=HYPERLINK("x")' });
  const read = async (format: string, more = {}) => {
    let text = '';
    for await (const piece of await log.audit.export(judit, { format, ...more })) text += piece;
    return text;
  };
  const csv = (await read('csv')).trim().split('\r\n');
  expect(csv).toHaveLength(5);
  expect(csv[0]).toContain('"number","time","action"');
  expect(csv[2]).toContain(`"'=HYPERLINK(""x"")"`);
  expect(csv[1]).toContain('"audit.exported"');
  const json = JSON.parse(await read('json', { action: 'reset-code.created' })) as { seq: number }[];
  expect(json.map(({ seq }) => seq)).toEqual([3, 2, 1]);
  expect(JSON.parse(await read('json', { by: 'nobody' }))).toEqual([]);
});

test('what a crash left of an act that never happened goes at the next start', async () => {
  const { judit, noor } = await someActs(2);
  const left = { seq: 3, at: new Date('2026-08-01T10:00:00Z'), action: 'reset-code.created', thing: null, salt: 's' };
  const names = { actor: judit.id, person: noor.id, reason: null, erased: [] };
  await log.repository.putSide({ id: newId(), ...left, ...names, action: 'reset-code.created' });
  await log.audit.recover();
  expect(await log.models.auditSides.countDocuments()).toBe(3); // it may still be on its way
  log.move(1);
  await log.audit.recover();
  expect(await log.models.auditSides.countDocuments()).toBe(2);
  expect((await log.audit.verify()).found).toEqual([]);
});
