// Posting and taking back. Imported by the messages service.
import { postSchema, oneMessageSchema, type PostInput } from '#shared/messages.commands.ts';
import type { PostedView } from '#shared/messages.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { PostCommand } from './messages.commands.ts';
import { hashText, NO_EXTRAS, type Extras, type Message } from './messages.entities.ts';
import { languageOf } from './messages.language.ts';
import { isStone, keptFrom, mentionsOf, target, type VerbParts } from './messages.parts.ts';
import { canPost, canRemove, removesAs } from './messages.policy.ts';

export function createPosting(
  parts: VerbParts,
  limitPosting: (actor: Actor) => void,
  reopen: (actor: Actor, roomId: string, questionId: string) => Promise<void>,
) {
  const { messages, lanes, views, attachments } = parts;

  /** The messages that this one is about, in the same room: 'not-found' otherwise. */
  async function related(actor: Actor, input: PostInput): Promise<Pick<Extras, 'replyTo' | 'threadId'>> {
    const { roomId, replyTo, threadId } = input;
    const wanted = [...(replyTo ? [replyTo] : []), ...(threadId ? [threadId] : [])];
    if (wanted.length === 0) return { replyTo: null, threadId: null };
    const found = new Map((await messages.byIds(wanted)).map((message) => [message.id, message]));
    const of = (id: string | null | undefined): Message | null => {
      if (!id) return null;
      const message = found.get(id);
      if (message?.roomId !== roomId) throw new AppError('not-found');
      return message;
    };
    const [parent, root] = [of(replyTo), of(threadId)];
    // one level only, and a conversation goes on also below a stone, unless it moved away as a whole
    if (root && (root.threadId !== null || root.moved !== null)) throw new AppError('not-found');
    if (parent && (isStone(parent) || keptFrom(parts, actor, parent))) throw new AppError('not-found');
    const place = parent && (parent.threadId ?? parent.id);
    if (parent && root && place !== root.id) throw new AppError('not-found');
    // what answers a message of a thread stands in that thread
    const inside = root?.id ?? parent?.threadId ?? null;
    return { replyTo: parent && { id: parent.id, seq: parent.seq, authorId: parent.authorId }, threadId: inside };
  }

  async function extrasOf(author: Actor, input: PostInput): Promise<Extras> {
    const { roomId, text, anonymous, cover, lang, question, mentions } = input;
    const about = await related(author, input);
    const readers = mentions.length > 0 ? await parts.readersAmong(roomId, mentions) : [];
    const known = readers.filter((id) => !parts.apart(author.id, id));
    if (known.length < mentions.length) throw new AppError('input.invalid', { field: 'mentions' });
    return {
      ...NO_EXTRAS,
      ...about,
      anonymous,
      cover: cover ?? null,
      lang: lang ?? languageOf(text, author.locale),
      mentions,
      question: question && about.threadId === null ? 'open' : null,
    };
  }

  async function storedBefore(actor: Actor, clientId: string): Promise<Message | undefined> {
    return (await messages.byClientIds([clientId])).find((message) => message.authorId === actor.id);
  }

  /** The uploads become this message's before it is stored; an earlier try may have stored it with them. */
  async function withAttachments(actor: Actor, input: PostInput, command: PostCommand & { extras: Extras }) {
    const { roomId, clientId, anonymous, attachments: ids } = input;
    if (ids.length === 0) return command;
    if (!attachments) throw new AppError('input.invalid', { field: 'attachments' });
    const messageId = (await storedBefore(actor, clientId))?.id ?? newId();
    const claimed = await attachments.claim(actor, roomId, ids, messageId, { anonymous });
    return { ...command, messageId, extras: { ...command.extras, attachments: claimed } };
  }

  async function submit(actor: Actor, input: PostInput, extras: Extras): Promise<Message> {
    const { roomId, clientId, text } = input;
    const command = { kind: 'post' as const, by: actor.id, clientId, text, textHash: hashText(text), extras };
    const { message } = await lanes.submit(roomId, await withAttachments(actor, input, command));
    if (!message) throw new Error('a post was answered without its message');
    return message;
  }

  return {
    async post(actor: Actor, input: unknown): Promise<PostedView> {
      const given = parse(postSchema, input);
      const { roomId, clientId } = given;
      const room = await parts.roomsService.authorise(actor, roomId, 'post');
      insist(canPost(room));
      limitPosting(actor);
      const parsed = { ...given, mentions: await mentionsOf(parts, actor, room, given) };
      const extras = await extrasOf(actor, parsed).catch(async (error: unknown) => {
        // what an earlier try stored is answered also when the message it replies to has gone since
        if (await storedBefore(actor, clientId)) return NO_EXTRAS;
        throw error;
      });
      const isStored = async () => (await storedBefore(actor, clientId)) !== undefined;
      const screened = (await parts.screening?.before(actor, room, parsed, isStored)) ?? null;
      await parts.roomsService.takeTurn(actor, room, clientId);
      const message = await submit(actor, parsed, extras);
      if (screened) await parts.screening?.after(message, screened);
      const [view] = await views.messages([message]);
      if (!view) throw new Error('a post was answered without its message');
      return { message: view };
    },

    /** For moderators' decisions, which have asked who may: what waited is posted as hers. May run twice. Answers its id. */
    async release(author: Actor, post: PostInput): Promise<string> {
      const stored = await storedBefore(author, post.clientId);
      if (stored) return stored.id;
      const alone = { ...post, replyTo: null, threadId: post.threadId ?? null, mentions: [] };
      // what it answered, or whom it meant, may be gone meanwhile
      const extras = await extrasOf(author, post)
        .catch(() => extrasOf(author, alone))
        .catch(() => extrasOf(author, { ...alone, threadId: null }));
      return (await submit(author, post, extras)).id;
    },

    async remove(actor: Actor, input: unknown): Promise<{ rev: number }> {
      const parsed = parse(oneMessageSchema, input);
      const { roomId, messageId } = parsed;
      const { room, message } = await target(parts, actor, parsed);
      insist(canRemove(actor, room, message));
      if (isStone(message)) return { rev: message.rev };
      const removedBy = removesAs(actor, room, message) ?? 'author';
      const { seq, threadId } = message;
      if (removedBy === 'moderator')
        await parts.audit.record(actor, { action: 'message.removed', target: { kind: 'message', id: messageId } });
      const { rev } = await lanes.submit(roomId, { kind: 'remove', by: actor.id, messageId, seq, removedBy, threadId });
      await attachments?.release(messageId);
      if (message.answerTo) await reopen(actor, message.roomId, message.answerTo);
      return { rev };
    },
  };
}
