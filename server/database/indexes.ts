// Creates the indexes of every model at start. Only main.ts, commands and tests call it.
import type mongoose from 'mongoose';
import type { Logger } from '../domain/kernel/logger.ts';

/** Creates what is missing on all models of the connection and logs how long it took. Raises the driver's errors. */
export async function ensureIndexes(connection: mongoose.Connection, log: Logger): Promise<void> {
  const began = performance.now();
  const names = connection.modelNames();
  let indexes = 0;
  for (const name of names) {
    const model = connection.model(name);
    await model.createCollection();
    await model.createIndexes();
    indexes += model.schema.indexes().length;
  }
  log.info({ collections: names.length, indexes, ms: Math.round(performance.now() - began) }, 'indexes are ready');
}
