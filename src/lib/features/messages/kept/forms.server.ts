// The form actions by which answers are checked and marked. Only +page.server.ts files import it.
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import type { Actor } from '#server/domain/kernel/actor.ts';
import { momentOf } from './days.ts';

/** `done`: what happened; `until`: the day she chose. A refusal names the message, so that its form says why. */
export async function check(actor: Actor, form: FormData) {
  const { roomId, messageId, until, source } = fieldsOf(form, 'roomId', 'messageId', 'until', 'source');
  try {
    await hub().messages.verify(actor, { roomId, messageId, until: momentOf(until), source: source.trim() || null });
  } catch (error) {
    return failWith(error, { until, source }, messageId);
  }
  return { done: 'check' as const, until };
}

export async function uncheck(actor: Actor, form: FormData) {
  const { roomId, messageId } = fieldsOf(form, 'roomId', 'messageId');
  try {
    await hub().messages.verify(actor, { roomId, messageId, until: null });
  } catch (error) {
    return failWith(error, {}, messageId);
  }
  return { done: 'uncheck' as const };
}

/** With `answers` it is marked as the answer to that question, without as none. */
export async function mark(actor: Actor, form: FormData) {
  const { roomId, messageId, answers } = fieldsOf(form, 'roomId', 'messageId', 'answers');
  try {
    const more = answers ? { as: 'answer', answers } : { as: 'none' };
    await hub().messages.mark(actor, { roomId, messageId, ...more });
  } catch (error) {
    return failWith(error, {}, messageId);
  }
  return { done: answers ? ('marked' as const) : ('unmarked' as const) };
}
