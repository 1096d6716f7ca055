// Socket events of a mentor's saved answers: the list behind the composer's plus, and one to insert. Realtime only.
import { answering } from './handle.ts';
import type { Live } from './index.ts';
import type { LiveSocket } from './types.ts';

export function handleAnswers(socket: LiveSocket, { hub }: Live): void {
  const on = answering(socket, hub.log);
  on('answers:mine', (actor, input) => hub.answers.list(actor, input));
  on('answers:take', (actor, input) => hub.answers.take(actor, input));
}
