// `npm run backup -- <folder>`: a backup of the whole hub, while it runs or while it is stopped. An entry: nothing imports it.
import { constants, setPriority } from 'node:os';
import { resolve } from 'node:path';
import { explainUsage, print, runCommand } from './command.ts';
import { ConfigError, type Config } from './config.ts';
import { holdsDatabase, openForCommand } from './database/open-for-command.ts';
import { makeBackup } from './database/transfer/backup.ts';
import { systemClock } from './domain/kernel/clock.ts';

async function backup(config: Config, folder: string): Promise<void> {
  if (!config.mongodbUri && !holdsDatabase(config.dataFolder)) {
    throw new ConfigError([`There is no database in ${config.dataFolder}. Say with DATA_DIR where the hub keeps it.`]);
  }
  const { uri, close } = await openForCommand(config);
  try {
    const { archive, collections, oneMoment } = await makeBackup({ uri, folder, clock: systemClock });
    const documents = collections.reduce((sum, one) => sum + one.documents, 0);
    print(`Backup in ${folder}: ${documents} documents, ${archive.bytes} bytes, read back and found whole.`);
    if (!oneMoment) print('This MongoDB has no snapshots: what people wrote meanwhile may be in it or not.');
    print('It holds everything, also private words: keep it as safe as the server, and a copy on another machine.');
  } finally {
    await close();
  }
}

const [folder, ...more] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-') || more.length > 0) explainUsage('npm run backup -- <folder>');
else {
  // people who write now go first
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  await runCommand(process.env, (config) => backup(config, resolve(folder)));
}
