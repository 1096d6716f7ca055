// Every read and change of the attachments area uses an index: the commands that really leave are explained.
import type { CommandStartedEvent } from 'mongodb';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAttachmentModels } from '../../server/domain/attachments/attachments.model.ts';
import { createAttachmentsRepository } from '../../server/domain/attachments/attachments.repository.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let watched: mongoose.Connection;
let repository: ReturnType<typeof createAttachmentsRepository>;
let sent: Record<string, unknown>[] = [];
const [owner, message] = [newId(), newId()];
const ids = Array.from({ length: 60 }, newId);
const [used = '', next = ''] = ids;
const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + index));

beforeAll(async () => {
  database = await openTestDatabase();
  const { connection } = database;
  const models = createAttachmentModels(connection);
  for (const model of Object.values(models)) await model.createIndexes();
  const hosts = connection
    .getClient()
    .options.hosts.map(({ socketPath, host, port }) =>
      socketPath === undefined ? `${host}:${port}` : encodeURIComponent(socketPath),
    );
  const uri = process.env['MONGODB_URI'] ?? `mongodb://${hosts.join(',')}/?directConnection=true`;
  watched = await mongoose.createConnection(uri, { dbName: connection.name, monitorCommands: true }).asPromise();
  watched.getClient().on('commandStarted', ({ command }: CommandStartedEvent) => sent.push(command));
  repository = createAttachmentsRepository(createAttachmentModels(watched));
  for (const [index, id] of ids.entries()) {
    const ownerId = index < 3 ? owner : newId();
    const upload = { id, ownerId, roomId: newId(), clientId: `client ${index}`, name: '', bytes: 4 };
    await repository.create({ ...upload, createdAt: day(index) });
    if (id !== next) await repository.append(id, 0, Buffer.from('data'), day(index));
  }
  const use = { messageId: message, state: 'ready', settled: true };
  await models.attachments.updateOne({ _id: used }, { $set: use });
});
afterAll(async () => {
  await watched.close();
  await database.close();
});

interface Part {
  q?: object;
}
/** The filters in a command, with the collection they are for. */
function filtersOf(command: Record<string, unknown>): { find: string; filter: object; sort?: unknown }[] {
  for (const name of ['find', 'findAndModify', 'update', 'delete']) {
    const collection = command[name];
    if (typeof collection !== 'string') continue;
    const parts = (command['updates'] ?? command['deletes']) as Part[] | undefined;
    const filters = parts?.map(({ q }) => q) ?? [command['filter'] ?? command['query']];
    const sort = command['sort'] ? { sort: command['sort'] } : {};
    return filters.map((filter) => ({ find: collection, filter: filter as object, ...sort }));
  }
  return [];
}

const commands: [name: string, most: number, run: () => Promise<unknown>][] = [
  ['one by its id', 1, () => repository.byId(used)],
  ['one by what her device calls it', 1, () => repository.byClientId(owner, 'client 1')],
  ['those of a message', 1, () => repository.ofMessage(message)],
  ['a page of them', 3, () => repository.byIds(ids.slice(0, 3))],
  ['what she sent today', 3, () => repository.sumSince(owner, day(-1))],
  ['the next piece', 1, () => repository.append(next, 0, Buffer.from('data'), day(0))],
  ['the content', 1, () => repository.content(used)],
  ['dropping pieces', 1, () => repository.dropPieces(used)],
  ['moving', 1, () => repository.move(message, { messageId: message, roomId: newId() })],
  ['letting go', 1, () => repository.letGo(newId(), [used])],
  ['ending', 1, () => repository.end(next, { messageId: null })],
  ['what nobody used', 10, () => repository.unsettled(day(10))],
];

test.each(commands)('%s', async (_name, most, run) => {
  sent = [];
  await run();
  const filters = sent.flatMap(filtersOf);
  expect(filters.length).toBeGreaterThan(0);
  for (const filter of filters) {
    const plan = await database.connection.db?.command({ explain: filter, verbosity: 'executionStats' });
    expect(JSON.stringify(plan?.['queryPlanner'])).not.toContain('COLLSCAN');
    const { totalDocsExamined } = plan?.['executionStats'] as { totalDocsExamined: number };
    expect(totalDocsExamined).toBeLessThanOrEqual(most);
  }
});
