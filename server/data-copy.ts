// `npm run data:copy -- --to mongodb://…`: moves a stopped hub to another database. An entry: nothing imports it.
import { parseArgs } from 'node:util';
import { MongoClient, type Db } from 'mongodb';
import { explainUsage, print, runCommand } from './command.ts';
import { ConfigError, type Config } from './config.ts';
import { isDatabaseAway } from './database/errors.ts';
import { holdsDatabase, openForCommand } from './database/open-for-command.ts';
import { requireFinished } from './database/upkeep.ts';
import { copyDatabase } from './database/transfer/copy.ts';

const USAGE = 'npm run data:copy -- --to mongodb://…/name';

async function openTarget(uri: string): Promise<MongoClient> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    return await client.connect();
  } catch (error) {
    await client.close();
    const why = isDatabaseAway(error) ? 'does not answer' : `refuses: ${(error as Error).name}`;
    throw new ConfigError([`The database named with --to ${why}.`]);
  }
}

async function copy(config: Config, uri: string): Promise<void> {
  if (!config.mongodbUri && !holdsDatabase(config.dataFolder)) {
    throw new ConfigError([`There is no database in ${config.dataFolder}. Say with DATA_DIR where the hub keeps it.`]);
  }
  const source = await openForCommand(config);
  try {
    if (source.running)
      throw new ConfigError(['The hub is running. Stop it first: what people write now would be lost.']);
    const from = source.connection.db as unknown as Db;
    await requireFinished(from);
    const target = await openTarget(uri);
    try {
      const done = await copyDatabase({ from, to: target.db(), say: print });
      const documents = done.reduce((sum, one) => sum + one.documents, 0);
      print(`${done.length} collections with ${documents} documents are there, counted and compared.`);
      print('Now set MONGODB_URI to this address and start the hub. What was copied from stays as it is.');
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** null: the arguments are wrong. */
function targetOf(args: string[]): string | null {
  try {
    const { to = '' } = parseArgs({ args, options: { to: { type: 'string' } } }).values;
    return /^mongodb(\+srv)?:\/\/[^/]+\/[^?]+/.test(to) ? to : null;
  } catch {
    return null;
  }
}

const to = targetOf(process.argv.slice(2));
if (to === null) explainUsage(USAGE);
else await runCommand(process.env, (config) => copy(config, to));
