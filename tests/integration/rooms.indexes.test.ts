// Every read of membership and of the pages about rooms uses an index: the commands that really leave are explained.
import type { CommandStartedEvent } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLive, person, type Live } from '../support/live.ts';

interface Stage {
  stage: string;
  inputStage?: Stage;
  inputStages?: Stage[];
}

let live: Awaited<ReturnType<typeof openLive>>;
let watched: Live;
let sent: Record<string, unknown>[] = [];
let roomId: string;
const mira = person('Mira', 'moderator');
const amal = person('Amal');

beforeAll(async () => {
  live = await openLive();
  watched = await live.another({ monitor: true });
  watched.connection.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
    if (['find', 'findAndModify', 'aggregate'].includes(commandName)) sent.push(command);
  });
  roomId = await live.newRoom();
  for (const other of [await live.newRoom(), await live.newRoom()]) {
    await live.rooms.join(amal, { roomId: other });
    await live.rooms.archive(mira, { roomId: other });
  }
  for (let number = 0; number < 30; number++) {
    await live.rooms.join(person(`Number ${number}`), { roomId, shown: number % 2 === 0 });
  }
  await live.models.rooms.updateOne({ _id: roomId }, { $set: { access: 'request' } });
  live.rooms.forget(roomId);
  for (let number = 0; number < 5; number++) await live.rooms.ask(person(`Asks ${number}`), { roomId });
});
afterAll(() => live.close());

const stagesOf = (stage: Stage): string[] => [
  stage.stage,
  ...[stage.inputStage, ...(stage.inputStages ?? [])].flatMap((inner) => (inner ? stagesOf(inner) : [])),
];

async function stagesOfAll(run: () => Promise<unknown>): Promise<string[][]> {
  sent = [];
  await run();
  const commands = sent.filter((command) => 'find' in command);
  const plans = [];
  for (const { find, filter, sort, limit } of commands) {
    const explain = { find, filter, ...(sort ? { sort } : {}), ...(limit ? { limit } : {}) };
    const answer = await live.connection.db?.command({ explain, verbosity: 'executionStats' });
    const plan = answer?.queryPlanner as { winningPlan: Stage & { queryPlan?: Stage } };
    const { totalDocsExamined } = answer?.executionStats as { totalDocsExamined: number };
    plans.push([...stagesOf(plan.winningPlan.queryPlan ?? plan.winningPlan), `docs ${totalDocsExamined}`]);
  }
  return plans;
}

const reads: [name: string, docs: number, run: () => Promise<unknown>][] = [
  ['the list', 3, () => watched.rooms.list(amal)],
  ['a room and what she is to it', 1, () => watched.rooms.enter(mira, roomId)],
  ['all members', 30, () => watched.rooms.members(mira, { roomId })],
  ['members who show their names', 15, () => watched.repository.page(roomId, 'in', null, 50, true)],
  ['those after a row', 30, () => watched.repository.page(roomId, 'in', '0'.repeat(24), 10)],
  ['requests', 5, () => watched.rooms.requests(mira, { roomId })],
  ['open invitations', 0, () => watched.rooms.invited(mira, { roomId })],
  ['what people are to the room', 2, () => watched.rooms.standings(mira, { roomId, userIds: [amal.id, mira.id] })],
  ['archived rooms', 5, () => watched.rooms.archived(mira, {})],
  ['the rooms as moderators see them', 5, () => watched.rooms.managed(mira)],
  ['what waits for who answers', 5, () => watched.rooms.attention(mira)],
  ['the same in words', 5, () => watched.rooms.news(mira)],
  ['her settings', 1, () => watched.rooms.settings(mira, { roomId })],
  ['marks of rooms', 1, () => watched.rooms.accessRevs([roomId])],
];
test.each(reads)('%s: no read without an index, none that sorts', async (_name, docs, run) => {
  const plans = await stagesOfAll(run);
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) {
    expect(plan).not.toContain('COLLSCAN');
    expect(plan).not.toContain('SORT');
    expect(Number(plan.at(-1)?.replace('docs ', ''))).toBeLessThanOrEqual(docs);
  }
});
