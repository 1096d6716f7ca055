// What became of a post that waited for a moderator, for her who wrote it. Part of the moderation service.
import { heldPostSchema, type MessageHeldView } from '#shared/messages.ts';
import type { Actor } from '../kernel/actor.ts';
import { parse } from '../kernel/parse.ts';
import type { Parts } from './moderation.parts.ts';

export const createHeld = ({ repository }: Pick<Parts, 'repository'>) => ({
  /** Hers alone. A case that is not kept any more was decided long ago; what was released is in the room. Raises input.*. */
  async held(actor: Actor, input: unknown): Promise<MessageHeldView> {
    const { clientId } = parse(heldPostSchema, input);
    const found = await repository.heldAs(`${actor.id}:${clientId}`);
    if (found?.messageId) return { state: 'posted', noticeId: null };
    if (!found) return { state: 'refused', noticeId: null };
    const { state, decision } = found;
    const refused = state === 'decided' && decision !== null && decision.undoneAt === null && decision.kind !== 'none';
    return refused && decision.kind !== 'warn'
      ? { state: 'refused', noticeId: found.id }
      : { state: 'waits', noticeId: null };
  },
});
