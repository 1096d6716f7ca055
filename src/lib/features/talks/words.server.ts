// What was written in a talk lately, for somebody in it who picks from it. Only +page.server.ts files import it.
import { hub } from '#lib/server/hub.ts';

type Actor = Parameters<ReturnType<typeof hub>['talks']['insist']>[0];

/** The most that can be picked from, newest last. */
const MOST = 100;

/** Raises 'not-found' for everybody else. */
export async function wordsOf(actor: Actor, talkId: string) {
  await hub().talks.insist(actor, { talkId });
  const as = await hub().talks.personaOf(actor, talkId);
  const found: { id: string; name: string; text: string; at: string }[] = [];
  for (let before: number | null = null, more = true; more && found.length < MOST;) {
    const page = await hub().messages.history(as, { roomId: talkId, before });
    const words = page.messages.flatMap(({ id, author, text, at }) =>
      text ? [{ id, text, at, name: author?.id === as.id ? '' : (author?.displayName ?? '') }] : [],
    );
    found.unshift(...words);
    before = page.messages[0]?.seq ?? null;
    more = page.hasOlder && before !== null;
  }
  return found.slice(-MOST);
}
