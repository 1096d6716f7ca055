// Messages that are older than their room keeps them go, each with its thread. Part of the messages service; the retention job calls it.
import type { Aged } from './messages.ages.ts';
import type { Purged } from './messages.entities.ts';
import { submitChange, type VerbParts } from './messages.parts.ts';

/** Which of these wait for a decision, or for an appeal. */
export type Watched = (messages: readonly Pick<Aged, 'id' | 'authorId' | 'hidden'>[]) => Promise<Set<string>>;

/** The log wants to know who did it. */
const HUB = '0'.repeat(24);
const PAGE = 100;

const purged = ({ id, seq, rev, files, anonymous, authorId: author }: Aged): Purged => ({
  ...{ id, seq, rev },
  ...(anonymous ? {} : { author }),
  ...(files ? { files: true } : {}),
});

export function createPurging({ messages, rooms, lanes, clock }: VerbParts, watched: Watched) {
  async function threadOf(roomId: string, { id, threadLastAt }: Aged): Promise<Aged[]> {
    const all: Aged[] = [];
    for (let after = 0; threadLastAt !== null;) {
      const page = await messages.oldestIn(roomId, id, after, PAGE);
      all.push(...page);
      if (page.length < PAGE) break;
      after = page.at(-1)?.seq ?? after;
    }
    return all;
  }

  /** What goes together: a message with its thread; and what stands in a thread that is gone. */
  async function unitsOf(roomId: string, old: readonly Aged[]): Promise<Aged[][]> {
    const above = [...new Set(old.flatMap(({ threadId }) => threadId ?? []))];
    const there = new Set(above.length > 0 ? (await messages.byIds(above)).map(({ id }) => id) : []);
    const units: Aged[][] = [];
    for (const one of old) {
      if (one.threadId === null) units.push([one, ...(await threadOf(roomId, one))]);
      else if (!there.has(one.threadId)) units.push([one]);
    }
    return units;
  }

  /** Without what stays: threads that go on, what is pinned, checked answers with their question, what waits for a decision. */
  async function going(units: Aged[][], before: Date): Promise<Aged[][]> {
    const now = clock.now();
    const checked = (until: Date | null | undefined): boolean => until !== null && until !== undefined && until > now;
    const stays = (one: Aged): boolean =>
      one.pinned || checked(one.checkedUntil) || one.hidden === 'review' || (one.threadLastAt ?? one.at) >= before;
    const rest = units.filter((unit) => !unit.some(stays));
    const questions = rest.flat().flatMap(({ id, question }) => (question ? [id] : []));
    const answers = questions.length > 0 ? await messages.answersTo(questions) : [];
    const answered = new Set(answers.flatMap((one) => (checked(one.verified?.until) ? [one.answerTo] : [])));
    const waiting = await watched(rest.flat());
    return rest.filter((unit) => !unit.some(({ id }) => answered.has(id) || waiting.has(id)));
  }

  return {
    /** Where the room begins now; after its last rev when it is empty. */
    async oldestSeq(roomId: string): Promise<number> {
      const [first] = await messages.oldest(roomId, 0, 1);
      return first?.seq ?? ((await rooms.head(roomId))?.rev ?? 0) + 1;
    },

    /**
     * One step through a room: looks at the messages after seq `after` that are older than `before`, and takes away what
     * may go. Answers how many went and where the next step begins; null: there is nothing older. May run twice.
     */
    async purgeOld(roomId: string, step: { before: Date; after: number; most?: number }) {
      const { before, after, most = PAGE } = step;
      const page = await messages.oldest(roomId, after, most);
      const young = page.findIndex(({ at }) => at >= before);
      const old = young < 0 ? page : page.slice(0, young);
      const units = await going(await unitsOf(roomId, old), before);
      const first = units[0]?.[0];
      let gone: Aged[] = [];
      if (first) {
        const change = { messageId: first.id, by: HUB, units: units.map((unit) => unit.map(purged)) };
        await submitChange(lanes, roomId, { kind: 'purged', ...change });
        const left = new Set((await messages.byIds(units.flat().map(({ id }) => id))).map(({ id }) => id));
        gone = units.flat().filter(({ id }) => !left.has(id));
      }
      // nobody can read them any more: so they are not unread
      if (gone.length > 0) await rooms.countAsRead(roomId, Math.max(...gone.map(({ post }) => post)));
      const next = old.length === most ? (old.at(-1)?.seq ?? null) : null;
      return { gone: gone.length, next };
    },
  };
}
