// Asking to join without an invitation: strangers ask and look, moderators answer. The hub makes one; strangers come with their address.
import {
  acceptSchema,
  askSchema,
  declineSchema,
  type AskedView,
  type AskingOffer,
  type DeclineReason,
} from '#shared/asking.ts';
import { ASKING } from '#shared/asking.limits.ts';
import { isAppError } from '#shared/errors.ts';
import { LIMITS } from '#shared/limits.ts';
import type { AccountsService } from '../accounts/accounts.service.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Actor, ClientContext } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { AskingRepository } from './asking.repository.ts';
import type { ModerationEvents } from './moderation.events.ts';
import { blankCase, DAY } from './moderation.parts.ts';
import { canDecide } from './moderation.policy.ts';
import type { Case, Decision } from './moderation.repository.ts';

interface Parts {
  repository: AskingRepository;
  accounts: Pick<
    AccountsService,
    'newCode' | 'codeHashOf' | 'countAsking' | 'placesLeft' | 'admit' | 'isOpenCode' | 'personViews'
  >;
  /** The community wants it. */
  askToJoin(): Promise<boolean>;
  /** Raises 'auth.door-closed' while nobody joins. */
  door: { insistOpen(): Promise<void> };
  audit: AuditPort;
  bus: Pick<EventBus<ModerationEvents>, 'emit'>;
  clock: Clock;
  log: Logger;
}
export type AskingService = ReturnType<typeof createAsking>;

/** A crash leaves one or two. */
const UNSETTLED = 50;
const { openDays, answerDays, open: OPEN_MOST } = ASKING;

export function createAsking(parts: Parts) {
  const { repository, accounts, door, audit, bus, clock, log } = parts;
  const changed = (caseId: string): void => bus.emit('case.changed', { caseId, aboutId: '' });
  const until = (from: Date, days: number): Date => new Date(from.getTime() + days * DAY);

  async function load(actor: Actor, caseId: string, version: number): Promise<Case> {
    const stake = { state: 'open' as const, aboutId: '', reporterIds: [], decidedBy: [] };
    insist(canDecide(actor, stake));
    const found = await repository.byId(caseId);
    if (!found) throw new AppError('not-found');
    if (found.version !== version) throw new AppError('conflict');
    insist(canDecide(actor, { ...stake, state: found.state }));
    return found;
  }
  const decisionOf = (actor: Actor, kind: 'accept' | 'decline'): Decision => ({
    ...{ kind, rule: null, until: null, roomOnly: false, note: '', proposed: false, undoneAt: null },
    ...{ at: clock.now(), by: actor.id },
  });

  /** The invitation for whom somebody lets in, then her words go; else it waits as before. May run twice. */
  async function letIn(found: Case, maker: Pick<Actor, 'id' | 'role'>): Promise<boolean> {
    const admitted = found.codeHash !== undefined && (await accounts.admit(maker, found.codeHash));
    await (admitted ? repository.settle(found.id) : repository.reopen(found.id));
    changed(found.id);
    return admitted;
  }

  return {
    /** For the pages of strangers. Raises unavailable. */
    async offer(): Promise<AskingOffer> {
      if (!(await parts.askToJoin())) return 'off';
      return door.insistOpen().then(
        () => 'open' as const,
        (error: unknown) => {
          if (isAppError(error) && error.code === 'auth.door-closed') return 'closed';
          throw error;
        },
      );
    },

    /** For a new form: it becomes hers when she sends it. */
    newCode: (): string => accounts.newCode(),

    /**
     * A stranger asks. Answers the code by which she comes back; the same form sent again is the same request. Raises
     * forbidden where nobody asks, auth.door-closed, queue.full, rate.limited, input.*, unavailable; tells nothing of others.
     */
    async ask(input: unknown, { address }: ClientContext): Promise<{ code: string }> {
      const { code: given, displayName: name, words, reads: languages } = parse(askSchema, input);
      if (!(await parts.askToJoin())) throw new AppError('forbidden');
      await door.insistOpen();
      const known = accounts.codeHashOf(given);
      const twin = known ? await repository.byCode(known) : null;
      if (twin?.asked?.name === name && twin.asked.words === words) return { code: given };
      // somebody asked with this form before: a shared device, or a page that was kept
      const code = known && !twin ? given : accounts.newCode();
      const codeHash = accounts.codeHashOf(code);
      if (!codeHash) throw new AppError('input.invalid', { field: 'code' });
      await accounts.countAsking(address);
      if ((await repository.countOpen(OPEN_MOST)) >= OPEN_MOST) throw new AppError('queue.full');
      const blank = blankCase('join', `join:${codeHash}`, clock.now());
      const excerpt = words.slice(0, LIMITS.excerptLength);
      const about = { aboutId: blank._id, anonymous: true, excerpt };
      if (!(await repository.insert({ ...blank, ...about, codeHash, asked: { name, words, languages } })))
        return { code }; // a double tap: the other one was first
      if ((await repository.countOpen(OPEN_MOST + 1)) > OPEN_MOST) {
        await repository.remove(blank._id);
        throw new AppError('queue.full');
      }
      changed(blank._id);
      return { code };
    },

    /** What became of it; null: unknown, forgotten and used look the same. Raises unavailable. */
    async look(code: string): Promise<AskedView | null> {
      const codeHash = accounts.codeHashOf(code.slice(0, 100));
      const found = codeHash ? await repository.byCode(codeHash) : null;
      if (!codeHash || !found) return null;
      const { decision, declined = null, applied } = found;
      const end = decision && applied ? until(decision.at, answerDays) : until(found.openedAt, openDays);
      if (end <= clock.now()) return null;
      const view = { why: declined, until: end.toISOString() };
      if (!decision || !applied) return { state: 'waiting', ...view };
      if (decision.kind === 'decline') return { state: 'declined', ...view };
      return (await accounts.isOpenCode(codeHash)) ? { state: 'accepted', ...view } : null;
    },

    /**
     * Lets her in: her code becomes an invitation for one. One wins: another state than the one she saw is 'conflict'.
     * Raises forbidden, not-found, conflict, auth.door-closed, input.* (`uses`: no open place left), unavailable.
     */
    async accept(actor: Actor, input: unknown): Promise<void> {
      const { caseId, version } = parse(acceptSchema, input);
      const found = await load(actor, caseId, version);
      await door.insistOpen();
      if ((await accounts.placesLeft(actor)) < 1) throw new AppError('input.invalid', { field: 'uses' });
      await audit.record(actor, { action: 'asking.accepted', target: { kind: 'case', id: caseId } });
      const accepted = await repository.accept(found, decisionOf(actor, 'accept'));
      if (!accepted) throw new AppError('conflict');
      if (!(await letIn(accepted, actor))) throw new AppError('input.invalid', { field: 'uses' });
    },

    /** Declines with a reason that she reads in her language; her name and words go at once. Raises as `accept`. */
    async decline(actor: Actor, input: unknown): Promise<void> {
      const { caseId, version, why }: { caseId: string; version: number; why: DeclineReason } = parse(
        declineSchema,
        input,
      );
      const found = await load(actor, caseId, version);
      await audit.record(actor, { action: 'asking.declined', target: { kind: 'case', id: caseId }, reason: why });
      if (!(await repository.decline(found, decisionOf(actor, 'decline'), why))) throw new AppError('conflict');
      changed(caseId);
    },

    /** At start: what a crash left between an answer and its invitation. */
    async recover(): Promise<void> {
      for (const found of await repository.unsettled(UNSETTLED)) {
        const maker = (await accounts.personViews([found.decision?.by ?? ''])).get(found.decision?.by ?? '');
        await letIn(found, maker ?? { id: '', role: 'member' }).catch((error: unknown) =>
          log.warn({ caseId: found.id, err: error }, 'not let in'),
        );
      }
    },
  };
}
