// `npm run audit:verify`: whoever sits at the hub's machine learns whether the log is whole. Always on the embedded engine.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../server/database/connect.ts';
import { createAuditModels, type AuditModels } from '../../server/domain/audit/audit.model.ts';
import { createAuditRepository } from '../../server/domain/audit/audit.repository.ts';
import { createAuditRecorder } from '../../server/domain/audit/audit.service.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';

let folder: string;
let database: Database;
let models: AuditModels;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'st-'));
  database = await openDatabase({ folder, log: silentLogger });
  models = createAuditModels(database.connection);
  for (const model of Object.values(models)) await model.createIndexes();
  const clock = { now: () => new Date('2026-08-01T10:00:00Z') };
  const audit = createAuditRecorder({ repository: createAuditRepository(models), clock, log: silentLogger });
  for (let i = 0; i < 3; i++) await audit.record('hub', { action: 'audit.exported', reason: 'a try' });
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

function verify(): Promise<{ status: number; out: string; err: string }> {
  const file = join(import.meta.dirname, '../../server/audit-verify.ts');
  const env = { PATH: process.env.PATH, DATA_DIR: folder, ORIGIN: 'https://hub.example.org' };
  return new Promise((resolve) => {
    execFile(process.execPath, [file], { env }, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err });
    });
  });
}

test('while the hub runs, a whole log is called whole and its end is named', async () => {
  const { status, out, err } = await verify();
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toMatch(/whole: 3 entries\.\nIt ends with entry 3, [0-9a-f]{64}\n$/);
});

test('while the hub is stopped, the number of every entry that was touched is named', async () => {
  await models.auditEntries.updateOne({ seq: 2 }, { $set: { at: new Date(0) } });
  await models.auditEntries.deleteOne({ seq: 3 });
  await database.close();
  const { status, out } = await verify();
  expect(status).toBe(2);
  expect(out).toContain('entry 2: this entry is not what was written');
  expect(out).toContain('entry 3: the log once came up to here');
  expect(out).toContain('TAMPERED');
});
