// What moderators need of messages: keeping one from members and showing it again, and what stands around it. Imported by the messages service.
import { excerptOf } from '#shared/messages.reduce.ts';
import type { ContextView } from '#shared/moderation.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Hidden, Message } from './messages.entities.ts';
import { isStone, livingTarget, submitChange, type VerbParts } from './messages.parts.ts';

/** The log wants to know who did it: the hub, by a decision that is written down elsewhere. */
const HUB = '0'.repeat(24);
/** So many before and after. */
const NEAR = 5;
/** So many unread mentions are looked through. */
const UNREAD = 500;

export function createHiding(parts: VerbParts) {
  const { messages, rooms, lanes, views } = parts;

  async function viewOf(message: Message, reported: string): Promise<ContextView> {
    const { id, text, at, anonymous, authorId, versions } = message;
    return {
      ...{ id, text: message.moved ? null : text, at: at.toISOString(), reported: id === reported },
      author: anonymous ? null : await views.person(authorId),
      earlier: id === reported ? versions.map((one) => ({ text: one.text, at: one.at.toISOString() })) : [],
    };
  }

  return {
    /** For decisions only, which have asked who may: keeps it from members, or shows it again. May run twice; a stone stays one. */
    async hide(roomId: string, messageId: string, state: Hidden | null): Promise<void> {
      const message = await messages.byId(roomId, messageId);
      if (!message || message.removedBy || message.moved || message.hidden === state) return;
      await submitChange(lanes, roomId, { kind: 'hidden', messageId, by: HUB, seq: message.seq, state });
    },

    /** For erasure only: a stone without words and files stays. May run twice. */
    async withdraw(roomId: string, messageId: string): Promise<void> {
      const message = await messages.byId(roomId, messageId);
      if (!message) return;
      if (!message.removedBy && !message.moved) {
        const { seq, threadId } = message;
        await lanes.submit(roomId, { kind: 'remove', by: HUB, messageId, seq, removedBy: 'author', threadId });
      }
      await parts.attachments?.release(messageId);
    },

    /** What somebody wrote under her name in a room that the actor may read; null: nothing that is there to be read. */
    async behindStone(actor: Actor, input: { roomId: string; messageId: string }) {
      await parts.roomsService.authorise(actor, input.roomId);
      const message = await messages.byId(input.roomId, input.messageId);
      if (!message || message.anonymous || isStone(message) || message.text === null) return null;
      const { text, seq, threadId, attachments } = message;
      const at = message.at.toISOString();
      return { author: await views.person(message.authorId), text, seq, threadId, at, files: attachments.length };
    },

    /** What one was told of the other is old. May run twice. */
    async forgetMentions(one: string, other: string): Promise<void> {
      for (const [userId, authorId] of [
        [one, other],
        [other, one],
      ] as const) {
        const waiting = await parts.side.unreadOf(userId, UNREAD);
        const written = (await messages.byIds(waiting)).filter((by) => by.authorId === authorId && !by.anonymous);
        const ids = written.map(({ id }) => id);
        const rooms = ids.length > 0 ? await parts.side.readMentionsOf(userId, ids) : [];
        for (const roomId of rooms) parts.mentionsRead(userId, roomId);
      }
    },

    /** Those of them that nobody removed; what waits for a first look is not removed. */
    async standing(messageIds: string[]): Promise<ReadonlySet<string>> {
      const there = (await messages.byIds(messageIds)).filter((one) => !one.removedBy && one.hidden !== 'decided');
      return new Set(there.map(({ id }) => id));
    },

    /** Whom a report of this message is about. Raises 'not-found' for what she may not see. */
    async pointAt(actor: Actor, roomId: string, messageId: string) {
      const { message } = await livingTarget({ ...parts, apart: () => false }, actor, { roomId, messageId });
      const { authorId: aboutId, anonymous, text } = message;
      const versions = message.versions.map(({ text: before, at }) => ({ text: before, at }));
      const said = text === null ? { excerpt: null } : { excerpt: excerptOf(text), evidence: { text, versions } };
      return { aboutId, anonymous, roomId, messageId, picked: [], ...said };
    },

    /** For cases only: the message and a few around it, with what members do not see, and what it said before. */
    async context(roomId: string, messageId: string): Promise<ContextView[]> {
      const message = await messages.byId(roomId, messageId);
      if (!message) return [];
      // a talk is nobody's to read beyond what was reported
      if ((await rooms.byId(roomId))?.access === 'talk') return [await viewOf(message, messageId)];
      const { seq, threadId } = message;
      const before = await messages.pageBefore(roomId, seq + 1, NEAR + 1, threadId);
      const after = threadId === null ? await messages.pageAfter(roomId, seq, NEAR) : [];
      return Promise.all([...before, ...after].map((one) => viewOf(one, messageId)));
    },
  };
}
