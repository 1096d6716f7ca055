// Deciding and taking back: the record first, then one atomic change, then its work, which may run twice. Part of the moderation service.
import { decideSchema, type ConsideredView, type DecisionKind } from '#shared/moderation.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { ActiveSanction } from '../kernel/sanctions.ts';
import { moderates } from '../rooms/rooms.policy.ts';
import { caseFor, REPORTS_SHOWN, type Parts } from './moderation.parts.ts';
import { canDecide, canSanction, canUndo, needsSecondEyes, type CaseAtStake } from './moderation.policy.ts';
import type { Case, Decision } from './moderation.repository.ts';

const HOUR = 60 * 60 * 1000;
const SANCTION: Partial<Record<DecisionKind, ActiveSanction['kind']>> = {
  mute: 'mute',
  suspend: 'suspension',
  ban: 'ban',
};
/** Decisions that say the report was right. */
const ACTS = new Set<DecisionKind>(['remove', 'warn', 'mute', 'suspend', 'ban']);
const needsRule = (kind: DecisionKind): boolean => ACTS.has(kind);
const fits = (subject: Case['subject'], kind: DecisionKind): boolean => {
  if (subject === 'join' || kind === 'accept' || kind === 'decline') return false;
  if (kind === 'uphold' || kind === 'overturn') return subject === 'appeal';
  return subject !== 'appeal' && (kind !== 'remove' || subject === 'message');
};

interface Prepared {
  found: Case;
  decision: Decision;
  state: ConsideredView['state'];
}

export function createDecisions(parts: Parts) {
  const { repository, messages, accounts, audit, rules, bus, clock, log } = parts;
  const tell = (userId: string): void => bus.emit('case.told', { userId });

  async function stakeOf(found: Case): Promise<CaseAtStake> {
    const reporterIds = (await repository.reportsOf(found.id, REPORTS_SHOWN)).map(({ reporterId }) => reporterId);
    const against = found.againstId ? await repository.byId(found.againstId) : null;
    const before = against?.decision ?? (found.state === 'proposed' ? found.decision : null);
    const decidedBy = [before?.by, before?.proposedBy].filter((id) => id !== undefined);
    return { state: found.state, aboutId: found.aboutId, reporterIds, decidedBy };
  }

  async function load(actor: Actor, caseId: string, version: number): Promise<Case> {
    const found = await caseFor(repository, actor, caseId);
    if (found.version !== version) throw new AppError('conflict');
    return found;
  }

  const sanctionOf = ({ id, roomId, decision }: Case): ActiveSanction | null => {
    const kind = decision && SANCTION[decision.kind];
    if (!kind) return null;
    return { id, kind, roomId: decision.roomOnly ? roomId : null, until: decision.until };
  };

  /** What the message is to members now. */
  async function showOrHide({ id, aboutId, roomId, messageId, decision, held }: Case): Promise<void> {
    if (!roomId || !decision) return;
    const gone = decision.undoneAt === null && ACTS.has(decision.kind) && decision.kind !== 'warn';
    if (held && !messageId) {
      if (!gone) await repository.released(id, await messages.release(aboutId, held.post));
      return;
    }
    if (!messageId) return;
    await messages.hide(roomId, messageId, gone ? 'decided' : null);
  }

  async function tellAll(found: Case, decision: Decision): Promise<void> {
    const noticeId = found.againstId ?? (ACTS.has(decision.kind) ? found.id : null);
    if (noticeId) await repository.markUnseen(noticeId);
    tell(found.aboutId);
    for (const { reporterId } of await repository.reportsOf(found.id, REPORTS_SHOWN)) tell(reporterId);
  }

  /** Everything that a decision, or its undoing, asks for. Each step may run twice. */
  async function carryOut(found: Case): Promise<void> {
    const { decision, aboutId, id } = found;
    if (!decision || found.state !== 'decided') return;
    const sanction = sanctionOf(found);
    if (sanction && decision.undoneAt) await accounts.liftSanction(aboutId, id);
    else if (sanction) await accounts.sanction(aboutId, sanction);
    await showOrHide(found);
    if (decision.kind === 'overturn' && found.againstId) await overturn(found.againstId, decision.at);
    await repository.settleReports(id, ACTS.has(decision.kind) && decision.undoneAt === null);
    await tellAll(found, decision);
    await repository.applied(id, found.version);
  }

  async function overturn(caseId: string, at: Date): Promise<void> {
    const against = await repository.byId(caseId);
    if (!against?.decision || against.decision.undoneAt) return;
    const undone = await repository.undo(against, at);
    if (undone) await carryOut(undone);
  }

  /** When it is answered, nothing that was on its way when it was decided is still on its way. */
  async function finish(found: Case): Promise<void> {
    await carryOut(found);
    await messages.settle();
    bus.emit('case.changed', { caseId: found.id, aboutId: found.aboutId });
  }

  /** The case and the decision that she wants, if she may. Raises forbidden, not-found, conflict, input.*. */
  async function prepare(actor: Actor, input: unknown): Promise<Prepared> {
    const { caseId, version, decision: kind, rule: given, hours, roomOnly, note: word } = parse(decideSchema, input);
    if (!moderates(actor)) throw new AppError('forbidden');
    const found = await load(actor, caseId, version);
    insist(canDecide(actor, await stakeOf(found)));
    if (!fits(found.subject, kind)) throw new AppError('input.invalid', { field: 'decision' });
    const rule = needsRule(kind) ? (given ?? null) : null;
    if (needsRule(kind) && !rule) throw new AppError('input.empty', { field: 'rule' });
    const timed = kind === 'mute' || kind === 'suspend';
    if (timed && hours === undefined) throw new AppError('input.empty', { field: 'hours' });
    if (SANCTION[kind]) {
      const about = (await accounts.personViews([found.aboutId])).get(found.aboutId);
      insist(canSanction(actor, about ?? { role: 'member' }));
    }
    const before = found.state === 'proposed' ? found.decision : null;
    // who confirms without a word of her own stands by what the first one wrote
    const note = word || (before?.note ?? '');
    // of a message she reads her own words; without one, nobody but the moderator can tell her what it is about
    if (needsRule(kind) && found.subject === 'person' && !note) throw new AppError('input.empty', { field: 'note' });
    const state = needsSecondEyes(kind, await rules()) && before?.kind !== kind ? 'proposed' : 'decided';
    const now = clock.now();
    const decision: Decision = {
      ...{ kind, rule, note, at: now, by: actor.id, undoneAt: null, proposed: state === 'proposed' },
      until: timed && hours !== undefined ? new Date(now.getTime() + hours * HOUR) : null,
      roomOnly: roomOnly && kind === 'mute' && found.roomId !== null,
      ...(before ? { proposedBy: before.by } : {}),
    };
    return { found, decision, state };
  }

  return {
    stakeOf,

    /** What this decision would do, before she says it: raises what `decide` would raise, and changes nothing. */
    async consider(actor: Actor, input: unknown): Promise<ConsideredView> {
      const { decision, state } = await prepare(actor, input);
      return { kind: decision.kind, until: decision.until?.toISOString() ?? null, state };
    },

    /**
     * One wins: another state of the case than the one she saw is 'conflict'. A ban may wait for a second moderator, who
     * decides the same again. Raises forbidden, not-found, conflict, input.*, unavailable.
     */
    async decide(actor: Actor, input: unknown): Promise<{ state: 'proposed' | 'decided' }> {
      const { found, decision, state } = await prepare(actor, input);
      const { kind, rule, note } = decision;
      await audit.record(actor, {
        action: state === 'proposed' ? 'case.proposed' : 'case.decided',
        target: { kind: 'case', id: found.id },
        ...(found.anonymous ? {} : { person: found.aboutId }),
        reason: `${kind}${rule ? ` ${rule}` : ''}${note ? `: ${note}` : ''}`,
      });
      const decided = await repository.decide(found, decision, state);
      if (!decided) throw new AppError('conflict');
      await finish(decided);
      return { state };
    },

    /** Takes a decision back as if it had not been; of a proposal, the case is open again. Raises forbidden, not-found, conflict. */
    async undo(actor: Actor, input: unknown): Promise<void> {
      const { caseId, version } = parse(decideSchema, { ...(input as object), decision: 'none' });
      if (!moderates(actor)) throw new AppError('forbidden');
      const found = await load(actor, caseId, version);
      insist(canUndo(actor, found));
      const person = found.anonymous ? {} : { person: found.aboutId };
      await audit.record(actor, { action: 'case.undone', target: { kind: 'case', id: caseId }, ...person });
      const proposed = found.state === 'proposed';
      const undone = await (proposed ? repository.withdraw(found) : repository.undo(found, clock.now()));
      if (!undone) throw new AppError('conflict');
      await finish(undone);
    },

    /** At start: what a crash left between a decision and its work. */
    async recover(): Promise<void> {
      for (const found of await repository.unapplied(REPORTS_SHOWN)) {
        await carryOut(found).catch((error: unknown) => log.warn({ caseId: found.id, err: error }, 'not carried out'));
      }
    },
  };
}
