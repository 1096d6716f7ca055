// How reactions stand in a message: "reaction:userId". Imported by views and the reader.
import type { MineView } from '#shared/messages.ts';
import type { Reaction } from '#shared/reactions.ts';
import type { Message } from './messages.entities.ts';

export const reactionOf = (reactor: string): Reaction => reactor.slice(0, reactor.indexOf(':')) as Reaction;
const isHers = (reactor: string, userId: string): boolean => reactor.endsWith(`:${userId}`);

/** What only `userId` knows about these messages; `saved` is the caller's. */
export function mineOf(messages: readonly Message[], userId: string, saved: string[]): MineView {
  const reactions: MineView['reactions'] = {};
  const anonymous: string[] = [];
  for (const { id, reactors, anonymous: hidden, authorId, moved } of messages) {
    const own = (moved ? [] : reactors).filter((reactor) => isHers(reactor, userId)).map(reactionOf);
    if (own.length > 0) reactions[id] = own;
    if (hidden && authorId === userId) anonymous.push(id);
  }
  return { reactions, anonymous, saved };
}
