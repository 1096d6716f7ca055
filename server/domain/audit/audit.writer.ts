// Adds to the audit log: seals, numbers, chains. Only the audit service imports it.
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { newId, newToken } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import { hashOf, sealAll, START } from './audit.chain.ts';
import type { AuditEntry, AuditSide } from './audit.entities.ts';
import type { AuditRepository } from './audit.repository.ts';

/** An act before it has its place in the log. */
export type AuditDraft = Pick<AuditEntry, 'action' | 'by' | 'target'> & Pick<AuditSide, 'actor' | 'person' | 'reason'>;

/** So often another process may be first before it is given up. */
const ATTEMPTS = 50;

interface Parts {
  log: Logger;
  clock: Clock;
  repository: AuditRepository;
}

export function createAuditWriter({ repository, clock, log }: Parts) {
  /** One act after the other: acts of this process never race for a number. */
  let lane: Promise<unknown> = Promise.resolve();

  async function numbered(side: Omit<AuditSide, 'seq'>, { by, target }: AuditDraft): Promise<void> {
    const { id, at, action } = side;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const last = (await repository.last()) ?? (await repository.anchor('pruned')) ?? START;
      const seq = last.seq + 1;
      const rest = { id, seq, at, action, by, target, sealed: sealAll(side), prev: last.hash };
      const entry = { ...rest, hash: hashOf(rest) };
      await repository.putSide({ ...side, seq });
      if (!(await repository.append(entry))) continue;
      await repository.raise('head', entry).catch((error: unknown) => {
        log.warn({ err: error, seq }, 'the end of the audit log was not noted'); // the next act does it
      });
      return;
    }
    throw new AppError('unavailable');
  }

  async function add(draft: AuditDraft): Promise<void> {
    const { action, target, actor, person, reason } = draft;
    const thing = target && target.kind !== 'user' ? target.id : null;
    const id = newId();
    const about = { id, at: clock.now(), action, thing, salt: newToken(16) };
    try {
      await numbered({ ...about, actor, person, reason, erased: [] }, draft);
    } catch (error) {
      // whether it was stored may be unknown: only what is surely no entry loses its side
      const stored = await repository.known([id]).catch(() => null);
      if (stored?.size === 0) await repository.dropSide(id).catch(() => undefined);
      throw error;
    }
  }

  return {
    /** Resolves when the act stands in the log for good. Raises 'unavailable' and whatever else kept it from there. */
    append(draft: AuditDraft): Promise<void> {
      const done = lane.then(() => add(draft));
      lane = done.catch(() => undefined);
      return done;
    },
  };
}
