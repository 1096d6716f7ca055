// `npm run reset -- <user name>`: a one-time code for a lost password, for whoever sits at the hub's machine. An entry: nothing imports it.
import { LIMITS } from '#shared/limits.ts';
import { readConfig, type Config } from './config.ts';
import { openForCommand } from './database/open-for-command.ts';
import { createAccountModels } from './domain/accounts/accounts.model.ts';
import { createAccountsService } from './domain/accounts/accounts.service.ts';
import { createAuditModels } from './domain/audit/audit.model.ts';
import { createAuditRepository } from './domain/audit/audit.repository.ts';
import { createAuditRecorder } from './domain/audit/audit.service.ts';
import { systemClock } from './domain/kernel/clock.ts';
import { silentLogger } from './domain/kernel/logger.ts';
import { isAppError } from '#shared/errors.ts';
import { explainStart } from './start-errors.ts';

async function makeCode(config: Config, userName: string): Promise<string[]> {
  const { connection, close } = await openForCommand(config);
  try {
    const accounts = createAccountsService({
      models: createAccountModels(connection),
      audit: createAuditRecorder({
        repository: createAuditRepository(createAuditModels(connection)),
        clock: systemClock,
        log: silentLogger,
      }),
      bus: { emit: () => undefined },
      clock: systemClock,
      log: silentLogger,
      secureCookies: true,
    });
    const { code } = await accounts.resetByCommand(userName);
    return [
      `One-time code for ${userName.trim().toLowerCase()}: ${code}`,
      `It is entered at ${config.origin}/reset within ${LIMITS.resetCodeHours} hours, and ends all her logins.`,
    ];
  } finally {
    await close();
  }
}

function explain(error: unknown, userName: string, config: Config | undefined): string[] {
  if (isAppError(error) && error.code === 'not-found') return [`There is no account with the user name ${userName}.`];
  if (isAppError(error) && error.code === 'unavailable') return ['The database does not answer.'];
  return explainStart(error, config) ?? [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

const [userName, ...more] = process.argv.slice(2);
if (userName === undefined || userName.startsWith('-') || more.length > 0) {
  process.stderr.write('usage: npm run reset -- <user name>\n');
  process.exitCode = 1;
} else {
  let config: Config | undefined;
  try {
    config = readConfig(process.env, 'start');
    for (const line of await makeCode(config, userName)) process.stdout.write(`${line}\n`);
  } catch (error) {
    for (const line of explain(error, userName, config)) process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
}
