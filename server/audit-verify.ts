// `npm run audit:verify`: whether anything in the audit log was changed or taken away, for whoever sits at the hub's machine. An entry.
import { readConfig, type Config } from './config.ts';
import { openForCommand } from './database/open-for-command.ts';
import { createAuditModels } from './domain/audit/audit.model.ts';
import { createAuditRepository } from './domain/audit/audit.repository.ts';
import { verifyAudit, type AuditReport } from './domain/audit/audit.verify.ts';
import { explainStart } from './start-errors.ts';

const FAULTS: Record<AuditReport['found'][number]['fault'], string> = {
  gap: 'entries before this one are missing',
  changed: 'this entry is not what was written',
  torn: 'this entry does not follow the one before it',
  'side-missing': 'the names or the reason of this entry are gone without being erased',
  'side-changed': 'the names or the reason of this entry are not what was written',
  'end-missing': 'the log once came up to here and ends earlier now',
  'anchor-changed': 'what is remembered of the pruning is not what the log says of it',
};

async function verify(config: Config): Promise<AuditReport> {
  const { connection, close } = await openForCommand(config);
  try {
    const repository = createAuditRepository(createAuditModels(connection));
    return await verifyAudit(repository);
  } finally {
    await close();
  }
}

function linesOf({ entries, prunedUpTo, erased, last, found }: AuditReport): string[] {
  const lines = found.map(({ seq, fault }) => `entry ${seq}: ${FAULTS[fault]}`);
  if (prunedUpTo > 0) lines.push(`Entries up to ${prunedUpTo} are older than two years and were taken away.`);
  if (erased > 0) lines.push(`Erased at people's wish: ${erased} names or reasons.`);
  lines.push(found.length > 0 ? 'The audit log was TAMPERED with.' : `The audit log is whole: ${entries} entries.`);
  return [...lines, `It ends with entry ${last.seq}, ${last.hash}`];
}

let config: Config | undefined;
try {
  config = readConfig(process.env, 'start');
  const report = await verify(config);
  for (const line of linesOf(report)) process.stdout.write(`${line}\n`);
  if (report.found.length > 0) process.exitCode = 2;
} catch (error) {
  const lines = explainStart(error, config) ?? [
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  ];
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}
