// Socket events of a mentor's saved answers: the list behind the composer's plus, and one to insert. Realtime only.
import type { Live } from './index.ts';

export function handleAnswers({ hub, events }: Live): void {
  const on = events.answering();
  on('answers:mine', (actor, input) => hub.answers.list(actor, input));
  on('answers:take', (actor, input) => hub.answers.take(actor, input));
}
