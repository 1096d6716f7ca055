// Strangers who ask to join, and what is kept of them. Tests only.
import type { Hub } from '../../server/hub.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { TEST_PASSWORD } from './hub.ts';

let nth = 0;
/** Another number each time. */
export const next = (): number => ++nth;
/** Another address each time, so that one test does not use up the next one's requests. */
export const somewhere = () => ({ address: `2001:db8:0:${next().toString(16)}::1`, userAgent: 'test' });
/** The code of its refusal, or 'ok'. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );

/** `moderator` looks at the list. */
export function strangersOf(hub: Hub, moderator: Actor) {
  const { connection } = hub.database;
  const form = (more: object = {}) => ({
    ...{
      code: hub.asking.newCode(),
      displayName: `زهرة ${next()}`,
      words: `saffron words ${nth}`,
      reads: ['ar', 'de'],
    },
    ...more,
  });
  const onList = async (name: string) => {
    const { items } = await hub.moderation.cases(moderator, {});
    return items.find(({ asked }) => asked?.who?.name === name);
  };
  return {
    form,
    onList,
    /** Asks, and is on the list. */
    async asks(more: object = {}) {
      const sent = form(more);
      const { code } = await hub.asking.ask(sent, somewhere());
      const found = await onList(sent.displayName);
      if (!found) throw new Error('she is not on the list');
      return { code, sent, seen: { caseId: found.id, version: found.version } };
    },
    join: (code: string, userName = `joined-${next()}`) =>
      hub.accounts.register(
        { code, locale: 'ar', displayName: userName, userName, password: TEST_PASSWORD },
        somewhere(),
      ),
    kept: () => connection.collection('moderationCases'),
    /** Everything that is stored of cases and invitations. */
    stored: async () =>
      JSON.stringify([
        await connection.collection('moderationCases').find({}).toArray(),
        await connection.collection('invitations').find({}).toArray(),
      ]),
  };
}
