// Changing words, their language, and looking at what they were. Imported by the messages service.
import { editSchema, languageSchema, oneMessageSchema } from '#shared/messages.commands.ts';
import type { MessageReviewView, MessageVersionsView } from '#shared/messages.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { languageOf } from './messages.language.ts';
import { livingTarget, mentionsOf, submitChange, target, type VerbParts } from './messages.parts.ts';
import { canEdit, canNameLanguage, canPost, canSeeVersions } from './messages.policy.ts';

export function createEditing(parts: VerbParts) {
  const { lanes, clock } = parts;

  return {
    /**
     * The author's new words, within the community's time. Raises 'forbidden' (not hers, or too late), 'not-found' (gone).
     * The same words again change nothing.
     */
    async edit(actor: Actor, input: unknown): Promise<{ rev: number }> {
      const { text, mentions: named, ...one } = parse(editSchema, input);
      const { room, message } = await livingTarget(parts, actor, one);
      insist(canPost(room));
      insist(canEdit(actor, message, { now: clock.now(), minutes: await parts.editMinutes() }));
      const chosen = { text, mentions: named ?? message.mentions, threadId: message.threadId };
      const mentions = await mentionsOf(parts, actor, room, chosen);
      const added = mentions.filter((id) => !message.mentions.includes(id));
      const readers = added.length > 0 ? await parts.readersAmong(one.roomId, added) : [];
      const known = readers.filter((id) => !parts.apart(actor.id, id));
      if (known.length < added.length) throw new AppError('input.invalid', { field: 'mentions' });
      // a language that she chose herself stays
      const guessed = message.text === null ? null : languageOf(message.text, actor.locale);
      const lang = message.lang === guessed ? languageOf(text, actor.locale) : message.lang;
      const { id: messageId, seq } = message;
      const by = actor.id;
      const { rev } = await submitChange(lanes, one.roomId, {
        kind: 'edited',
        messageId,
        by,
        seq,
        text,
        lang,
        mentions,
      });
      if ((await parts.screening?.edited(actor, room, message, text)) !== 'hold') return { rev };
      return submitChange(lanes, one.roomId, { kind: 'hidden', messageId, by, seq, state: 'review' });
    },

    async language(actor: Actor, input: unknown): Promise<{ rev: number }> {
      const { lang, ...one } = parse(languageSchema, input);
      const { room, message } = await livingTarget(parts, actor, one);
      insist(canNameLanguage(actor, room, message));
      if (message.lang === lang) return { rev: message.rev };
      return submitChange(lanes, one.roomId, { kind: 'language', messageId: message.id, by: actor.id, lang });
    },

    /** For its author alone: what she wrote, while it waits for a moderator's look. Of anything else it tells nothing. */
    async review(actor: Actor, input: unknown): Promise<MessageReviewView> {
      const { message } = await target(parts, actor, parse(oneMessageSchema, input));
      const waits = message.hidden === 'review' && message.removedBy === null && message.moved === null;
      return { text: waits && message.authorId === actor.id ? message.text : null };
    },

    async versions(actor: Actor, input: unknown): Promise<MessageVersionsView> {
      const { room, message } = await target(parts, actor, parse(oneMessageSchema, input));
      insist(canSeeVersions(room));
      if (message.authorId !== actor.id)
        await parts.audit.record(actor, { action: 'message.versions', target: { kind: 'message', id: message.id } });
      return { versions: message.versions.map(({ text, at }) => ({ text, at: at.toISOString() })) };
    },
  };
}
