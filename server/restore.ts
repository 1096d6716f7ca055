// `npm run restore -- <folder>`: puts a backup into an empty hub that is stopped. An entry: nothing imports it.
import { resolve } from 'node:path';
import type { Db } from 'mongodb';
import { explainUsage, print, runCommand } from './command.ts';
import type { Config } from './config.ts';
import { openForCommand } from './database/open-for-command.ts';
import { checkBackup, restoreBackup } from './database/transfer/restore.ts';

async function restore(config: Config, folder: string): Promise<void> {
  // before a database is opened or made
  await checkBackup(folder);
  const { connection, close } = await openForCommand(config);
  try {
    const { createdAt } = await restoreBackup(connection.db as unknown as Db, folder, print);
    print(`The backup of ${createdAt} is restored: every collection is as it was. Start the hub.`);
  } finally {
    await close();
  }
}

const [folder, ...more] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-') || more.length > 0) explainUsage('npm run restore -- <folder>');
else await runCommand(process.env, (config) => restore(config, resolve(folder)));
