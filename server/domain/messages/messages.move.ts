// Moving a message with its thread to another room: copies there, stones here, steps that may run twice. Imported by the messages service.
import { createHash } from 'node:crypto';
import { moveSchema, oneMessageSchema } from '#shared/messages.commands.ts';
import type { MessagePlaceView, MoveFormView } from '#shared/messages.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { parse } from '../kernel/parse.ts';
import type { Mark, Message, Moved } from './messages.entities.ts';
import { livingTarget, submitChange, target, type VerbParts } from './messages.parts.ts';
import { reactionOf } from './messages.reactors.ts';
import type { Move } from './messages.side.repository.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Where a message goes is known before it goes: so every step can be taken again. */
export const copyIdOf = (messageId: string): string => hash(`copy ${messageId}`).slice(0, 24);
const stoneIdOf = (messageId: string): string => hash(`stone ${messageId}`).slice(0, 24);
function clientIdOf(messageId: string): string {
  const hex = hash(`client ${messageId}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const PAGE = 200;
/** People may still be writing into the thread while it goes. */
const ROUNDS = 5;

export function createMoves(parts: VerbParts, log: Logger) {
  const { messages, side, roomsService, lanes, clock, attachments } = parts;

  async function threadOf(roomId: string, rootId: string): Promise<Message[]> {
    const all: Message[] = [];
    for (let before: number | null = null; ;) {
      const page: Message[] = await messages.pageBefore(roomId, before, PAGE, rootId);
      all.unshift(...page);
      if (page.length < PAGE) return all;
      before = page[0]?.seq ?? null;
    }
  }

  const stone = (message: Message, by: string, moved: Moved) =>
    submitChange(lanes, message.roomId, {
      ...{ kind: 'moved' as const, id: stoneIdOf(message.id), messageId: message.id, by },
      ...{ seq: message.seq, threadId: message.threadId, moved },
    });

  /** The message as it stands in the other room; `place` of its root there, `known` copies by the id of the original. */
  async function copy(
    message: Message,
    to: Moved,
    threadId: string | null,
    known: Map<string, Message>,
  ): Promise<Message> {
    const { anonymous, lang, cover, attachments: files, mentions, question, at, authorId: by, textHash } = message;
    const parent = message.replyTo && known.get(message.replyTo.id);
    const replyTo = parent ? { id: parent.id, seq: parent.seq, authorId: parent.authorId } : null;
    const extras = { threadId, replyTo, anonymous, lang, cover, attachments: files, mentions, question, writtenAt: at };
    const ids = { messageId: copyIdOf(message.id), clientId: clientIdOf(message.id) };
    const text = message.text ?? '';
    const { message: made } = await lanes.submit(to.roomId, { kind: 'post', by, ...ids, text, textHash, extras });
    if (!made) throw new Error('a copy was answered without its message');
    const reactions = message.reactors.map((reactor) => ({
      ...{ reaction: reactionOf(reactor), userId: reactor.slice(reactor.indexOf(':') + 1), on: true },
    }));
    if (reactions.length > 0) {
      await submitChange(lanes, to.roomId, { kind: 'reacted', messageId: made.id, by, reactions });
    }
    const answerTo = message.answerTo ? known.get(message.answerTo)?.id : undefined;
    const mark: Mark = { messageId: made.id, ...(answerTo ? { answerTo } : {}) };
    if (message.verified) mark.verified = message.verified;
    if (answerTo || message.verified) {
      await submitChange(lanes, to.roomId, { kind: 'marked', messageId: made.id, by, marks: [mark] });
    }
    return made;
  }

  /** Mentions of people, and what they saved, follow the copy. */
  async function carry(message: Message, made: Message | undefined): Promise<void> {
    if (!made) return;
    for (const userId of await side.carry(message.id, made)) {
      for (const { roomId } of [message, made]) parts.mentionsRead(userId, roomId);
    }
  }

  /** From the claim to the end; whatever was done before is found done. */
  async function finish(move: Move): Promise<void> {
    const { messageId: rootId, fromRoomId, to, by } = move;
    const [root] = await messages.byIds([rootId]);
    if (!root || root.removedBy) return side.closeMove(rootId);
    // first the stone of the root: from now on nobody writes below it here
    if (!root.moved) await stone(root, by, to);
    const copies = new Map<string, Message>();
    const gone: Message[] = [];
    if (root.text !== null) {
      copies.set(rootId, await copy(root, to, null, copies));
      gone.push(root);
    }
    for (let round = 0; round < ROUNDS; round++) {
      const left = (await threadOf(fromRoomId, rootId)).filter(
        (one) => !one.removedBy && !one.hidden && one.text !== null && !copies.has(one.id),
      );
      if (left.length === 0) break;
      for (const message of left) {
        const place = { ...to, messageId: copyIdOf(message.id) };
        const claimed = await side.claimMove({ messageId: message.id, fromRoomId, to: place, by }, clock.now());
        copies.set(message.id, message);
        if (claimed.to.roomId !== to.roomId) continue; // somebody moved it elsewhere, alone
        copies.set(message.id, await copy(message, to, copyIdOf(rootId), copies));
        await stone(message, by, place);
        gone.push(message);
      }
    }
    for (const message of gone) await carry(message, copies.get(message.id));
    await messages.forget(gone);
    await attachments?.moved(
      gone.map((message) => message.id),
      to.roomId,
    );
    for (const { id } of gone) await side.closeMove(id);
    await side.closeMove(rootId);
  }

  async function placeOf(message: Message, roomSlug: string): Promise<MessagePlaceView> {
    return { roomId: message.roomId, roomSlug, messageId: message.id, threadId: message.threadId, seq: message.seq };
  }

  /** Follows its moves to where it stands, as far as she may read. Raises 'not-found'. */
  async function locate(actor: Actor, input: unknown): Promise<MessagePlaceView> {
    let { message, room } = await target(parts, actor, parse(oneMessageSchema, input));
    while (message.moved) {
      room = await roomsService.authorise(actor, message.moved.roomId);
      const [next] = await messages.byIds([message.moved.messageId]);
      if (!next) throw new AppError('not-found');
      message = next;
    }
    return placeOf(message, room.slug);
  }

  return {
    locate,

    /** For the form: raises 'not-found' for a stone, 'forbidden' for who does not moderate its room. */
    async moveForm(actor: Actor, input: unknown): Promise<MoveFormView> {
      const one = parse(oneMessageSchema, input);
      await roomsService.authorise(actor, one.roomId, 'host');
      const { message } = await livingTarget(parts, actor, one);
      const [[view], hosted] = await Promise.all([parts.views.messages([message]), roomsService.hosted(actor)]);
      if (!view) throw new AppError('not-found');
      const rooms = hosted.filter(({ id }) => id !== one.roomId).map(({ id, name, closed }) => ({ id, name, closed }));
      return { message: view, rooms };
    },

    /**
     * For those who moderate both rooms. A root goes with its thread. The same move again is answered with where it is;
     * another one of the same message raises 'conflict'.
     */
    async move(actor: Actor, input: unknown): Promise<MessagePlaceView> {
      const { toRoomId, ...one } = parse(moveSchema, input);
      await roomsService.authorise(actor, one.roomId, 'host');
      const { message } = await target(parts, actor, one);
      await roomsService.authorise(actor, toRoomId, 'host');
      const room = await roomsService.authorise(actor, toRoomId, 'post');
      if (message.removedBy || message.hidden) throw new AppError('not-found');
      if (toRoomId === one.roomId) throw new AppError('input.invalid', { field: 'toRoomId' });
      const to = { roomId: toRoomId, roomSlug: room.slug, messageId: copyIdOf(message.id) };
      const claim = { messageId: message.id, fromRoomId: one.roomId, to, by: actor.id };
      if (!message.moved) {
        const said = { kind: 'message' as const, id: message.id };
        await parts.audit.record(actor, { action: 'message.moved', target: said, reason: room.slug });
      }
      const claimed = await side.claimMove(claim, clock.now());
      if (claimed.to.roomId !== toRoomId) throw new AppError('conflict');
      await finish(claimed);
      return locate(actor, one);
    },

    /** At start: what a crash left half done. */
    async resume(): Promise<void> {
      for (const move of await side.openMoves()) {
        await finish(move).catch((error: unknown) =>
          log.warn({ messageId: move.messageId, err: error }, 'move not finished'),
        );
      }
    },
  };
}
