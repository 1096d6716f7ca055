// Erases an account that its owner deleted: in steps, each of which may run twice and be cut off anywhere. A job of the hub runs it.
import type { MessagesChoice } from '#shared/her-data.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Her } from './her-data.entities.ts';
import type { ErasureRepository } from './her-data.erasure.repository.ts';
import type { HerDataRepository } from './her-data.repository.ts';

export interface ErasureParts {
  erasures: ErasureRepository;
  repository: Pick<HerDataRepository, 'her'>;
  /** Nobody signs in, and her names are gone. */
  closeAccount(userId: string): Promise<unknown>;
  /** Her office hours end, or go on with the other hosts; whoever she was with has her place back. */
  leaveHelp(userId: string): Promise<void>;
  /** A stone without words is left, for everybody at once. */
  removeMessage(roomId: string, messageId: string): Promise<void>;
  eraseRoom(roomId: string): Promise<void>;
  removeBlobs(ids: string[]): Promise<void>;
  eraseAudit(userId: string): Promise<void>;
  /** Resolves when all that was published is in the index of the search. */
  settleSearch(): Promise<void>;
  clock: Clock;
  log: Logger;
}
const AT_ONCE = 5;
/** So long a command of hers may still be on its way. */
const ON_ITS_WAY_MS = 60_000;

type Step = (her: Her, choice: MessagesChoice) => Promise<number>;

export function createErasure(parts: ErasureParts) {
  const { erasures, repository, clock, log } = parts;

  async function talks(her: Her): Promise<number> {
    let count = 0;
    for (;;) {
      const ids = await erasures.talksOf(her);
      if (ids.length === 0) break;
      for (const id of ids) {
        await parts.eraseRoom(id);
        await erasures.dropTalk(id);
      }
      count += ids.length;
    }
    return count;
  }

  async function messages(her: Her, choice: MessagesChoice): Promise<number> {
    let count = 0;
    for (;;) {
      const found = await erasures.messagesOf(her);
      if (found.length === 0) return count;
      if (choice === 'go') for (const { roomId, id } of found) await parts.removeMessage(roomId, id);
      await erasures.disown(found, choice === 'go');
      count += found.length;
    }
  }

  async function uploads(her: Her, choice: MessagesChoice): Promise<number> {
    let count = 0;
    for (;;) {
      const found = await erasures.uploadsOf(her);
      if (found.length === 0) return count;
      for (const { id, blobs, used } of found) {
        if (used && choice === 'stay') {
          await erasures.disownUpload(id);
          continue;
        }
        await parts.removeBlobs(blobs);
        await erasures.dropUpload(id);
      }
      count += found.length;
    }
  }

  const once =
    (run: (her: Her) => Promise<unknown>): Step =>
    async (her) => {
      await run(her);
      return 1;
    };
  /** Aliases are known by her talks, and talks by her account: so these go late. The order is stored: add at the end only. */
  const STEPS: readonly Step[] = [
    once(({ id }) => parts.closeAccount(id)),
    once(({ id }) => parts.leaveHelp(id)),
    messages,
    uploads,
    once((her) => erasures.marks(her)),
    once((her) => erasures.moderation(her)),
    once((her) => erasures.belongings(her)),
    talks,
    once((her) => erasures.leaveTalks(her)),
    once((her) => erasures.help(her)),
    once(({ id }) => parts.eraseAudit(id)),
    // an index entry that was on its way may have come after her messages were disowned
    once(async (her) => {
      await parts.settleSearch();
      await erasures.search(her);
    }),
    once((her) => erasures.account(her)),
  ];

  return {
    /** Whatever is open goes on where it stopped; what cannot be done now is tried at the next turn. */
    async run(): Promise<void> {
      const before = new Date(clock.now().getTime() - ON_ITS_WAY_MS);
      for (const { _id: id, messages: choice, step } of await erasures.open(before, AT_ONCE)) {
        const counts: number[] = [];
        for (const [index, work] of STEPS.entries()) {
          if (index < step) continue;
          counts.push(await work(await repository.her(id), choice));
          await erasures.stepped(id, index + 1);
        }
        await erasures.done(id, clock.now());
        log.info({ steps: counts.length, things: counts.reduce((sum, one) => sum + one, 0) }, 'an account was erased');
      }
    },
  };
}
