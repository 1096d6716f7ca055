// The moderators' list and one case of it: who looks, who takes it, context, history. Part of the moderation service.
import {
  caseIdSchema,
  casesSchema,
  lookAtSchema,
  markReportSchema,
  type CaseDetailView,
  type CasesPage,
  type CaseView,
} from '#shared/moderation.ts';
import { LIMITS } from '#shared/limits.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { caseFor, REPORTS_SHOWN, type Parts } from './moderation.parts.ts';
import { canDecide, canJudge, canSeeCases, type CaseAtStake } from './moderation.policy.ts';
import type { Case, CasePlace } from './moderation.repository.ts';
import { caseView, namedIn, reportView, saidView, sanctionViews } from './moderation.views.ts';

/** Somebody who looked and said nothing for so long does not look any more. */
const LOOK_MS = 90 * 1000;
/** The badge says "99+" above. */
const BADGE_MOST = 100;

const placeText = ({ gravity, id }: CasePlace): string => `${gravity}.${id}`;
function placeOf(text: string | undefined): CasePlace | null {
  const [, gravity, id] = /^(\d)\.([0-9a-f]{24})$/.exec(text ?? '') ?? [];
  if (text !== undefined && !id) throw new AppError('input.invalid', { field: 'before' });
  return id ? { gravity: Number(gravity), id } : null;
}

export function createCases(parts: Parts, stakeOf: (found: Case) => Promise<CaseAtStake>) {
  const { repository, accounts, rooms, messages, audit, bus, clock } = parts;

  async function views(actor: Actor, found: readonly Case[]): Promise<CaseView[]> {
    const people = await accounts.personViews([...new Set(found.flatMap(namedIn))]);
    const names = await rooms.names([...new Set(found.flatMap(({ roomId }) => roomId ?? []))]);
    const now = clock.now();
    const seen = found.map(async (one) =>
      caseView(one, { actor, stake: await stakeOf(one), people, rooms: names, now }),
    );
    return Promise.all(seen);
  }

  const load = (actor: Actor, caseId: string): Promise<Case> => caseFor(repository, actor, caseId);

  /** She looks at one case at a time, and at none that she left. */
  async function lookAway({ id: userId }: Actor, keep: string | null): Promise<void> {
    for (const { id: caseId, aboutId } of await repository.lookedAtBy(userId, REPORTS_SHOWN)) {
      if (caseId === keep) continue;
      await repository.lookAway(caseId, userId);
      bus.emit('case.changed', { caseId, aboutId });
    }
  }

  return {
    /** Open: gravest and oldest first; decided: newest first; none about herself. Raises forbidden, input.*. */
    async cases(actor: Actor, input: unknown): Promise<CasesPage> {
      const { state, before } = parse(casesSchema, input);
      insist(canSeeCases(actor));
      const most = LIMITS.listPage + 1;
      const found =
        state === 'decided'
          ? await repository.decidedPage(actor.id, before, most)
          : await repository.page(actor.id, state === 'mine' ? { takenBy: actor.id } : {}, placeOf(before), most);
      const shown = found.slice(0, LIMITS.listPage);
      const last = found.length > LIMITS.listPage ? shown.at(-1) : undefined;
      return {
        items: await views(actor, shown),
        next: last ? (state === 'decided' ? last.id : placeText(last)) : null,
      };
    },

    /** How many need a decision, up to a hundred; 0 for who does not decide. */
    openCases: (actor: Actor): Promise<number> =>
      canSeeCases(actor).ok ? repository.countOpen(actor.id, BADGE_MOST) : Promise.resolve(0),

    /** For who keeps the list open: how many wait. Raises forbidden. */
    async watch(actor: Actor): Promise<{ open: number }> {
      insist(canSeeCases(actor));
      return { open: await repository.countOpen(actor.id, BADGE_MOST) };
    },

    /** One case with all that a decision needs. That she looked is recorded first, and shown to the others; once while she keeps looking. */
    async openCase(actor: Actor, input: unknown): Promise<CaseDetailView> {
      const { caseId } = parse(caseIdSchema, input);
      insist(canSeeCases(actor));
      const known = await load(actor, caseId);
      const now = clock.now();
      const looks = known.looking?.userId === actor.id && known.looking.until > now;
      if (!looks) await audit.record(actor, { action: 'case.opened', target: { kind: 'case', id: caseId } });
      const open = known.state !== 'decided';
      await lookAway(actor, caseId);
      const found = (await repository.look(caseId, actor.id, now, new Date(now.getTime() + LOOK_MS))) ?? known;
      const news = known.looking?.userId !== found.looking?.userId || !known.looking || known.looking.until <= now;
      if (open && news) bus.emit('case.changed', { caseId, aboutId: found.aboutId });
      const reports = await repository.reportsOf(caseId, REPORTS_SHOWN);
      const history = found.anonymous ? [] : await repository.about(found.aboutId, undefined, LIMITS.listPage);
      const against = found.againstId ? await repository.byId(found.againstId) : null;
      const people = await accounts.personViews(reports.map(({ reporterId }) => reporterId));
      const context = found.roomId && found.messageId ? await messages.context(found.roomId, found.messageId) : [];
      const [view, before] = await views(actor, against ? [found, against] : [found]);
      if (!view) throw new AppError('not-found');
      return {
        case: view,
        reports: reports.map((report) => reportView(report, people)),
        history: sanctionViews(history.filter(({ id }) => id !== caseId)),
        context,
        said: found.subject === 'join' ? null : saidView(against ?? found, context),
        appeal: before && found.text !== null ? { text: found.text, against: before } : null,
      };
    },

    /** She still looks: her page says so every minute, and when she leaves. */
    async lookAt(actor: Actor, input: unknown): Promise<{ lookedAtBy: CaseView['lookedAtBy'] }> {
      const { caseId, left } = parse(lookAtSchema, input);
      insist(canSeeCases(actor));
      const known = await load(actor, caseId);
      if (left) {
        if (known.looking?.userId === actor.id) await lookAway(actor, null);
        return { lookedAtBy: null };
      }
      await lookAway(actor, caseId);
      const now = clock.now();
      const found = await repository.look(caseId, actor.id, now, new Date(now.getTime() + LOOK_MS));
      if (!found) throw new AppError('not-found');
      const [view] = await views(actor, [found]);
      return { lookedAtBy: view?.lookedAtBy ?? null };
    },

    /** A report that was false on purpose counts against its reporter; only such a one does. Raises forbidden, not-found. */
    async markReport(actor: Actor, input: unknown): Promise<void> {
      const { caseId, reporterId, on } = parse(markReportSchema, input);
      insist(canSeeCases(actor));
      const found = await load(actor, caseId);
      insist(canJudge(actor, found, reporterId));
      if (!(await repository.reportOf(caseId, reporterId))) throw new AppError('not-found');
      const reason = on ? 'false on purpose' : 'not false on purpose';
      await audit.record(actor, {
        action: 'report.marked',
        target: { kind: 'case', id: caseId },
        person: reporterId,
        reason,
      });
      await repository.markReport(caseId, reporterId, on);
      bus.emit('case.changed', { caseId, aboutId: found.aboutId });
    },

    /** Puts it on her list, if it is one that she may decide, or back. Raises 'conflict' once it is decided. */
    async takeCase(actor: Actor, input: unknown, mine: boolean): Promise<void> {
      const { caseId } = parse(caseIdSchema, input);
      insist(canSeeCases(actor));
      const found = await load(actor, caseId);
      const { aboutId } = found;
      if (mine) insist(canDecide(actor, await stakeOf(found)));
      if (!(await repository.take(caseId, mine ? actor.id : null))) throw new AppError('conflict');
      bus.emit('case.changed', { caseId, aboutId });
    },
  };
}
