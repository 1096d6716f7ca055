// Cases by their age: which messages they still need, and which of them nobody needs any more. The retention job and the hub's wiring call it.
import { ASKING } from '#shared/asking.limits.ts';
import { retryIdempotent } from '../../database/errors.ts';
import type { CaseRow, ModerationModels } from './moderation.model.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A decision about a message may be appealed, and the appeal decided, within this time. */
const APPEAL_MS = 60 * DAY;

/** What holds for a while, or for ever. */
const LASTING = ['mute', 'suspend', 'ban'] as const;

interface Looked {
  id: string;
  authorId: string;
  hidden: 'review' | 'decided' | null;
}
export type CaseAges = ReturnType<typeof createCaseAges>;

export function createCaseAges({ cases, reports }: ModerationModels) {
  return {
    /** Whom each of these cases is about; one that is gone is left out. */
    async about(ids: string[]): Promise<ReadonlyMap<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = () => cases.find({ _id: { $in: ids } }, { aboutId: 1 }).lean<CaseRow[]>();
      return new Map((await retryIdempotent(rows)).map(({ _id, aboutId }) => [_id, aboutId]));
    },

    /** Which of these messages somebody has to decide about, or may appeal about. */
    async waiting(messages: readonly Looked[], now: Date): Promise<Set<string>> {
      const keys = messages.map(({ id }) => `message:${id}`);
      const active = () => cases.find({ subjectKey: { $in: keys }, active: true }, { messageId: 1 }).lean<CaseRow[]>();
      const open = keys.length > 0 ? await retryIdempotent(active) : [];
      const found = new Set(open.flatMap(({ messageId }) => messageId ?? []));
      const since = new Date(now.getTime() - APPEAL_MS);
      for (const { id, authorId, hidden } of messages) {
        if (hidden !== 'decided') continue;
        const recent = { aboutId: authorId, messageId: id, 'decision.at': { $gte: since } };
        if (await retryIdempotent(() => cases.findOne(recent, { _id: 1 }).lean())) found.add(id);
      }
      return found;
    },

    /**
     * Takes away cases that were decided before `before`, with their reports; not where a mute, suspension or ban still
     * holds, since its notice says why. May run twice. Answers how many cases went.
     */
    async drop(before: Date, now: Date, limit: number): Promise<number> {
      const over = {
        $or: [
          { 'decision.undoneAt': { $ne: null } },
          { 'decision.kind': { $nin: [...LASTING] } },
          { 'decision.until': { $ne: null, $lt: now } },
        ],
      };
      const old = { state: 'decided' as const, 'decision.at': { $lt: before }, applied: true, ...over };
      const query = () =>
        cases.find(old, { _id: 1 }).sort({ state: 1, 'decision.at': 1 }).limit(limit).lean<CaseRow[]>();
      const ids = (await retryIdempotent(query)).map(({ _id }) => _id);
      if (ids.length === 0) return 0;
      await retryIdempotent(() => reports.deleteMany({ caseId: { $in: ids } }));
      await retryIdempotent(() => cases.deleteMany({ _id: { $in: ids } }));
      return ids.length;
    },

    /** Takes away what strangers asked long ago, and old answers to them. May run twice. Answers how many went. */
    async dropAsked(now: Date, limit: number): Promise<number> {
      const ago = (days: number): Date => new Date(now.getTime() - days * DAY);
      const { openDays, answerDays } = ASKING;
      const open = { subject: 'join', active: true, openedAt: { $lte: ago(openDays) } } as const;
      const answered = {
        subject: 'join',
        state: 'decided',
        applied: true,
        'decision.at': { $lte: ago(answerDays) },
      } as const;
      let gone = 0;
      for (const filter of [open, answered]) {
        const query = () => cases.find(filter, { _id: 1 }).limit(limit).lean<CaseRow[]>();
        const ids = (await retryIdempotent(query)).map(({ _id }) => _id);
        if (ids.length > 0) await retryIdempotent(() => cases.deleteMany({ _id: { $in: ids }, ...filter }));
        gone += ids.length;
      }
      return gone;
    },
  };
}
