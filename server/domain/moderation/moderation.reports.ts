// Reporting, and what a reporter gets to know afterwards. Part of the moderation service.
import { pageSchema, type Page } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import { GRAVITY, pointSchema, reportSchema, type MyReportView, type PointedView } from '#shared/moderation.ts';
import { excerptOf } from '#shared/messages.reduce.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import type { CaseRow } from './moderation.model.ts';
import { blankCase, DAY, type Parts, type Pointed } from './moderation.parts.ts';
import { reporterWeight } from './moderation.policy.ts';
import type { Case, Report } from './moderation.repository.ts';

const FALSE_DAYS = 90;

export function createReports(parts: Parts) {
  const { repository, subjects, messages, accounts, apart, rules, bus, clock, log } = parts;

  const newCase = (subject: CaseRow['subject'], subjectKey: string, pointed: Pointed, now: Date): CaseRow => {
    const { picked: _, ...about } = pointed;
    return { ...blankCase(subject, subjectKey, now), ...about };
  };

  async function weightOf(actor: Actor, now: Date) {
    const since = (days: number) => new Date(now.getTime() - days * DAY);
    const weight = reporterWeight(await repository.countFalse(actor.id, since(FALSE_DAYS)), LIMITS);
    if ((await repository.countReports(actor.id, since(1))) >= weight.perDay) {
      throw new AppError('rate.limited', { seconds: DAY / 1000 });
    }
    return weight;
  }

  /** Out of sight until somebody has looked: for a grave reason, and never by the number of reports. */
  async function hideMeanwhile(found: Case): Promise<void> {
    if (!found.roomId || !found.messageId || !(await repository.markHidden(found.id))) return;
    await messages.hide(found.roomId, found.messageId, 'review');
  }

  function outcomeOf(found: Case | undefined, report: Report): MyReportView['outcome'] {
    if (report.founded === null || found?.state !== 'decided') return 'waiting';
    return report.founded ? 'acted' : 'not-acted';
  }

  /** By what she knows it again: nothing of who is blocked or blocks her, and of no message that is gone. */
  async function known(actor: Actor, cases: readonly Case[]): Promise<(report: Report) => string | null> {
    const byId = new Map(cases.map((one) => [one.id, one]));
    const standing = await messages.standing(cases.flatMap(({ messageId }) => messageId ?? []));
    const persons = cases.filter(({ subject }) => subject === 'person').map(({ aboutId }) => aboutId);
    const people = await accounts.personViews(persons);
    return ({ caseId, picked }) => {
      const found = byId.get(caseId);
      if (!found || (!found.anonymous && apart(actor.id, found.aboutId))) return null;
      if (found.subject === 'person') return people.get(found.aboutId)?.displayName || null;
      if (found.subject === 'talk') {
        const theirs = picked.find(({ byOwner }) => byOwner === found.anonymous);
        return theirs ? excerptOf(theirs.text) : null;
      }
      return found.messageId === null || standing.has(found.messageId) ? found.excerpt : null;
    };
  }

  return {
    /** What she is about to report; null: nothing that she may read, or nothing that can be said before she picks. Raises input.*. */
    async pointedAt(actor: Actor, input: unknown): Promise<PointedView | null> {
      const { subject, id, roomId } = parse(pointSchema, input);
      const pointed = await subjects[subject]?.(actor, { id, roomId, picks: [] }).catch((error: unknown) => {
        if (error instanceof AppError) return null;
        throw error;
      });
      if (!pointed || (!pointed.anonymous && apart(actor.id, pointed.aboutId))) return null;
      const people = pointed.anonymous ? null : await accounts.personViews([pointed.aboutId]);
      return { name: people?.get(pointed.aboutId)?.displayName ?? null, text: pointed.excerpt };
    },

    /**
     * Counts once per person and open case. Raises not-found for what she may not see, input.*, 'conflict' for her own
     * words, rate.limited.
     */
    async report(actor: Actor, input: unknown): Promise<{ caseId: string; again: boolean }> {
      const { subject, id, roomId, reason, note, picks } = parse(reportSchema, input);
      const find = subjects[subject];
      if (!find) throw new AppError('not-found');
      const pointed = await find(actor, { id, roomId, picks });
      if (pointed.aboutId === actor.id) throw new AppError('conflict');
      const now = clock.now();
      // of a talk or a place each of the two may report the other: that is not the same thing
      const ofTwo = subject === 'talk' || subject === 'ticket';
      const key = [subject, id, ...(ofTwo ? [pointed.aboutId] : [])].join(':');
      const known = await repository.openByKey(key);
      const mine = known && (await repository.reportOf(known.id, actor.id));
      if (mine) return { caseId: known.id, again: true };

      const weight = await weightOf(actor, now);
      const found = known ?? (await repository.open(newCase(subject, key, pointed, now)));
      const { picked } = pointed;
      const row = {
        _id: newId(),
        caseId: found.id,
        reporterId: actor.id,
        reason,
        note,
        at: now,
        picked,
        founded: null,
      };
      const added = await repository.addReport(row);
      await repository.weigh(found.id, { gravity: GRAVITY[reason], reason });
      if (weight.hides && (await rules()).hideFor.includes(reason)) {
        await hideMeanwhile(found).catch((error: unknown) => log.warn({ caseId: found.id, err: error }, 'not hidden'));
      }
      bus.emit('case.changed', { caseId: found.id, aboutId: found.aboutId });
      return { caseId: found.id, again: !added };
    },

    /** Her own reports, newest first, with what became of them. */
    async myReports(actor: Actor, input: unknown): Promise<Page<MyReportView>> {
      const { before } = parse(pageSchema, input);
      await repository.seeOutcomes(actor.id);
      bus.emit('case.told', { userId: actor.id });
      const rows = await repository.reportsBy(actor.id, before, LIMITS.listPage + 1);
      const shown = rows.slice(0, LIMITS.listPage);
      const rowsOf = await repository.byIds(shown.map(({ caseId }) => caseId));
      const cases = new Map(rowsOf.map((one) => [one.id, one]));
      const whatOf = await known(actor, rowsOf);
      const items = shown.map((report): MyReportView => {
        const found = cases.get(report.caseId);
        return {
          caseId: report.caseId,
          subject: found?.subject ?? 'message',
          what: whatOf(report),
          reason: report.reason,
          at: report.at.toISOString(),
          outcome: outcomeOf(found, report),
        };
      });
      return { items, next: rows.length > LIMITS.listPage ? (shown.at(-1)?.id ?? null) : null };
    },
  };
}
