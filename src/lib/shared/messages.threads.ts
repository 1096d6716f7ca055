// How an open thread follows from the envelopes of its room. For browsers and tests.
import type { MessageView, RoomChange } from './messages.ts';
import { applyChange, insertInOrder } from './messages.reduce.ts';

/** A thread that is open: its root and what was written in it. */
export interface ThreadState {
  rev: number;
  root: MessageView;
  messages: MessageView[];
  hasOlder: boolean;
}

/** One change on an open thread, from the room's envelopes in their order; those it has already change nothing. */
export function applyToThread(thread: ThreadState, next: RoomChange): ThreadState {
  const { rev } = next;
  if (rev <= thread.rev) return thread;
  if (next.kind === 'posted' && next.message.threadId !== thread.root.id) return { ...thread, rev };
  const [root = thread.root] = applyChange([thread.root], next);
  const messages =
    next.kind === 'posted' ? insertInOrder(thread.messages, next.message) : applyChange(thread.messages, next);
  return { ...thread, rev, root, messages };
}
