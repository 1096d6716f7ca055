// Lets go of what the hub has kept long enough: messages by the choice of their room, reports and cases, requests to join. One job of the hub; counts only are logged.
import type { Job } from '../jobs/jobs.service.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { MessagesService } from '../messages/messages.service.ts';
import type { CaseAges } from '../moderation/moderation.ages.ts';
import type { RoomsRepository } from '../rooms/rooms.repository.ts';

interface Parts {
  rooms: Pick<RoomsRepository, 'due' | 'goOn' | 'through' | 'head'>;
  messages: Pick<MessagesService, 'purgeOld' | 'oldestSeq'>;
  cases(): Pick<CaseAges, 'drop' | 'dropAsked'>;
  /** Days that a decided case is kept. */
  reportDays(): Promise<number>;
  clock: Clock;
  log: Logger;
}
const DAY = 24 * 60 * 60 * 1000;
const EVERY_MS = 60_000;
/** Steps of one turn: the lease on the jobs is short, and others wait. The next turn goes on where this one ended. */
const STEPS = 20;
const CASES = 100;

export function createRetention({ rooms, messages, cases, reportDays, clock, log }: Parts): Job {
  /** One step through one room; null: every room was looked at today. */
  async function step(): Promise<number | null> {
    const now = clock.now();
    const room = await rooms.due(now);
    if (!room) return null;
    const before = new Date(now.getTime() - room.keepDays * DAY);
    const { gone, next } = await messages.purgeOld(room.id, { before, after: room.after });
    if (next !== null) await rooms.goOn(room.id, next);
    else await rooms.through(room.id, new Date(now.getTime() + DAY), await messages.oldestSeq(room.id));
    return gone;
  }

  async function run(): Promise<void> {
    const count = { messages: 0, cases: 0, asked: 0 };
    for (let steps = 0; steps < STEPS; steps++) {
      const gone = await step();
      if (gone === null) break;
      count.messages += gone;
    }
    const now = clock.now();
    count.cases = await cases().drop(new Date(now.getTime() - (await reportDays()) * DAY), now, CASES);
    count.asked = await cases().dropAsked(now, CASES);
    if (count.messages + count.cases + count.asked > 0) log.info(count, 'what was kept long enough went');
  }
  return { name: 'retention', everyMs: EVERY_MS, run };
}
