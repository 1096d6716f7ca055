// Reactions, pins, questions and their answers. Imported by the messages service.
import { markSchema, pinSchema, reactSchema, verifySchema } from '#shared/messages.commands.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { Mark, Message } from './messages.entities.ts';
import { isStone, livingTarget, submitChange, type VerbParts } from './messages.parts.ts';
import { canAsk, canKeep, canMark, canPost } from './messages.policy.ts';

/** Neighbours that are nearer than this get new places first: halving goes on only so long. */
const TIGHT = 1e-6;

/** A place between its neighbours; null when they stand too near. */
function orderAt(others: readonly Message[], position: number): number | null {
  const before = others[position - 1]?.pinned?.order;
  const after = others[position]?.pinned?.order;
  if (before === undefined) return after === undefined ? 0 : after - 1;
  if (after === undefined) return before + 1;
  return after - before < TIGHT ? null : (before + after) / 2;
}

export function createMarks(parts: VerbParts) {
  const { messages, lanes, clock, limits } = parts;

  async function openUnlessAnswered(roomId: string, questionId: string, without: string): Promise<Mark[]> {
    const question = await messages.byId(roomId, questionId);
    if (!question || isStone(question) || question.question !== 'answered') return [];
    const others = (await messages.answersTo([questionId])).filter((answer) => answer.id !== without);
    return others.length > 0 ? [] : [{ messageId: questionId, question: 'open' }];
  }

  /** The marks of other messages that follow when this one is nothing special any more. */
  async function unmarked(message: Message): Promise<Mark[]> {
    const answers = message.question ? await messages.answersTo([message.id]) : [];
    const above = message.answerTo ? await openUnlessAnswered(message.roomId, message.answerTo, message.id) : [];
    return [...above, ...answers.map((answer) => ({ messageId: answer.id, answerTo: null }))];
  }

  async function questionFor(message: Message, questionId: string | undefined): Promise<Message> {
    const question = questionId && questionId !== message.id ? await messages.byId(message.roomId, questionId) : null;
    if (!question || isStone(question)) throw new AppError('not-found');
    if (!question.question) throw new AppError('input.invalid', { field: 'answers' });
    return question;
  }

  /** The same order with whole numbers; who pinned, and when, stays. */
  async function spread(actor: Actor, pinned: readonly Message[]): Promise<void> {
    await Promise.all(
      pinned.flatMap(({ id: messageId, roomId, pinned: now }, order) => {
        if (!now) return [];
        const since = { by: now.by, at: now.at };
        return [submitChange(lanes, roomId, { kind: 'pinned', messageId, by: actor.id, order, since })];
      }),
    );
  }

  async function placeFor(actor: Actor, others: readonly Message[], position: number): Promise<number> {
    const order = orderAt(others, position);
    if (order !== null) return order;
    await spread(actor, others);
    return position - 0.5; // between whole numbers now
  }

  return {
    /** Giving what she gave already, or taking what she did not give, changes nothing. */
    async react(actor: Actor, input: unknown): Promise<{ rev: number }> {
      const { reaction, on, ...one } = parse(reactSchema, input);
      const { room } = await livingTarget(parts, actor, one);
      insist(canPost(room));
      const reactions = [{ userId: actor.id, reaction, on }];
      return submitChange(lanes, one.roomId, { kind: 'reacted', messageId: one.messageId, by: actor.id, reactions });
    },

    /**
     * `position` of a pinned message moves it; who pinned it, and when, stays. Raises 'conflict' when the room has as
     * many pinned messages as it may.
     */
    async pin(actor: Actor, input: unknown): Promise<{ rev: number }> {
      const { on, position, ...one } = parse(pinSchema, input);
      const { room, message } = await livingTarget(parts, actor, one);
      insist(canKeep(actor, room));
      if (!on && !message.pinned) return { rev: message.rev };
      if (on && message.pinned && position === undefined) return { rev: message.rev };
      const others = (await messages.pinned(one.roomId)).filter((other) => other.id !== message.id);
      if (on && others.length >= limits.pins) throw new AppError('conflict');
      const place = Math.min(position ?? others.length, others.length);
      const order = on ? await placeFor(actor, others, place) : null;
      const since = on && message.pinned ? { by: message.pinned.by, at: message.pinned.at } : null;
      const change = { kind: 'pinned' as const, messageId: message.id, by: actor.id, order };
      return submitChange(lanes, one.roomId, since ? { ...change, since } : change);
    },

    /** A question, or the answer to one of the room; 'none' takes back either. */
    async mark(actor: Actor, input: unknown): Promise<{ rev: number }> {
      const { as, answers, ...one } = parse(markSchema, input);
      const { room, message } = await livingTarget(parts, actor, one);
      const messageId = message.id;
      let marks: Mark[];
      if (as === 'answer') {
        const question = await questionFor(message, answers);
        insist(canMark(actor, room, question));
        if (message.answerTo === question.id && question.question === 'answered') return { rev: message.rev };
        const left = message.answerTo && message.answerTo !== question.id ? message.answerTo : null;
        const former = left ? await openUnlessAnswered(one.roomId, left, messageId) : [];
        marks = [{ messageId, answerTo: question.id }, { messageId: question.id, question: 'answered' }, ...former];
      } else {
        const asker = message.answerTo ? await messages.byId(one.roomId, message.answerTo) : null;
        insist(canMark(actor, room, asker ?? message));
        if (as === 'question') insist(canAsk(actor, message));
        if (as === 'question' ? message.question : !message.question && !message.answerTo) return { rev: message.rev };
        marks =
          as === 'question'
            ? [{ messageId, question: 'open' }]
            : [{ messageId, question: null, answerTo: null }, ...(await unmarked(message))];
      }
      return submitChange(lanes, one.roomId, { kind: 'marked', messageId, by: actor.id, marks });
    },

    /** "Checked, ask again after `until`", with where; null: checked no longer. Raises 'input.invalid' for a time that has passed. */
    async verify(actor: Actor, input: unknown): Promise<{ rev: number }> {
      const { until, source, ...one } = parse(verifySchema, input);
      const { room, message } = await livingTarget(parts, actor, one);
      insist(canKeep(actor, room));
      const now = clock.now();
      if (until !== null && Date.parse(until) <= now.getTime()) throw new AppError('input.invalid', { field: 'until' });
      if (until === null && !message.verified) return { rev: message.rev };
      const verified =
        until === null ? null : { by: actor.id, at: now, until: new Date(until), source: source ?? null };
      const marks = [{ messageId: message.id, verified }];
      return submitChange(lanes, one.roomId, { kind: 'marked', messageId: message.id, by: actor.id, marks });
    },

    /** An answer has gone: its question is open again, unless it has others. */
    async reopen(actor: Actor, roomId: string, questionId: string): Promise<void> {
      const marks = await openUnlessAnswered(roomId, questionId, '');
      if (marks.length > 0) {
        await submitChange(lanes, roomId, { kind: 'marked', messageId: questionId, by: actor.id, marks });
      }
    },
  };
}
