// What the person herself gets to know, and her one appeal. Part of the moderation service; open also to whom a sanction shuts out.
import { pageSchema, type Page } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import { appealSchema, caseIdSchema, LASTING, type NoticeView } from '#shared/moderation.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import type { Parts } from './moderation.parts.ts';
import type { Case } from './moderation.repository.ts';
import { noticeView } from './moderation.views.ts';

const TOLD = new Set(['remove', 'warn', 'mute', 'suspend', 'ban']);
const concernsHer = ({ subject, state, decision }: Case): boolean =>
  subject !== 'appeal' && state === 'decided' && decision !== null && TOLD.has(decision.kind);

const isUndone = ({ decision }: Case): boolean => decision?.undoneAt !== null;
/** So many at once hold for nobody. */
const HOLDING = 20;
const graveness = ({ decision }: Case): number => LASTING.findIndex((kind) => kind === decision?.kind);
const gravest = (one: Case, other: Case): number => graveness(one) - graveness(other);

export function createAppeals({ repository, rooms, bus, clock }: Parts) {
  async function notices(found: readonly Case[]): Promise<NoticeView[]> {
    const appeals = await repository.byIds(found.flatMap(({ appealId }) => appealId ?? []));
    const byId = new Map(appeals.map((one) => [one.id, one]));
    const names = await rooms.names([...new Set(found.flatMap(({ roomId }) => roomId ?? []))]);
    const now = clock.now();
    return found.flatMap((one) => noticeView(one, one.appealId ? byId.get(one.appealId) : undefined, names, now) ?? []);
  }

  /** 'not-found' also for what is about somebody else. */
  async function own(actor: Actor, caseId: string): Promise<Case> {
    const found = await repository.byId(caseId);
    if (found?.aboutId !== actor.id || !concernsHer(found)) throw new AppError('not-found');
    return found;
  }

  return {
    /** How much is new to her, up to a hundred of each. */
    news: (actor: Actor): Promise<{ notices: number; outcomes: number }> => repository.countUnseen(actor.id, 100),

    /** What was decided about her: first what holds now, then newest first, what was taken back last on its page. From then on it is not new any more. */
    async notices(actor: Actor, input: unknown): Promise<Page<NoticeView>> {
      const { before } = parse(pageSchema, input);
      await repository.seeNotices(actor.id);
      bus.emit('case.told', { userId: actor.id });
      const found = await repository.about(actor.id, before, LIMITS.listPage + 1);
      const shown = found.slice(0, LIMITS.listPage);
      const next = found.length > LIMITS.listPage ? (shown.at(-1)?.id ?? null) : null;
      const holding = (await repository.holding(actor.id, clock.now(), HOLDING)).toSorted(gravest);
      const others = shown.filter((one) => concernsHer(one) && !holding.some(({ id }) => id === one.id));
      const [over, valid] = [others.filter(isUndone), others.filter((one) => !isUndone(one))];
      return { items: await notices([...(before === undefined ? holding : []), ...valid, ...over]), next };
    },

    async notice(actor: Actor, input: unknown): Promise<NoticeView> {
      const { caseId } = parse(caseIdSchema, input);
      await repository.seeNotices(actor.id);
      bus.emit('case.told', { userId: actor.id });
      const [view] = await notices([await own(actor, caseId)]);
      if (!view) throw new AppError('not-found');
      return view;
    },

    /** Once per decision, within LIMITS.appealDays; somebody else decides. Raises not-found, conflict (again, too late), input.*. */
    async appeal(actor: Actor, input: unknown): Promise<void> {
      const { caseId, text } = parse(appealSchema, input);
      const found = await own(actor, caseId);
      const [notice] = await notices([found]);
      if (notice?.appeal !== 'open' || notice.undone) throw new AppError('conflict');
      const id = newId();
      if (!(await repository.linkAppeal(caseId, id))) throw new AppError('conflict');
      await repository.open({
        _id: id,
        ...{ subject: 'appeal', subjectKey: `appeal:${caseId}`, state: 'open', active: true, version: 0 },
        ...{ gravity: Math.max(1, found.gravity), reasons: [], reports: 0, aboutId: actor.id },
        ...{ anonymous: found.anonymous, roomId: found.roomId, messageId: found.messageId, excerpt: found.excerpt },
        ...{ openedAt: clock.now(), takenBy: null, looking: null, hidden: false, looked: true, decision: null },
        ...{ applied: true, againstId: caseId, appealId: null, text },
      });
      bus.emit('case.changed', { caseId: id, aboutId: actor.id });
    },
  };
}
