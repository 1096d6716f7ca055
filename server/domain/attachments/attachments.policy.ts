// Who may upload, use and fetch what: pure. The services of this area insist on it.
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';
import type { Attachment } from './attachments.repository.ts';

/** Somebody else's upload looks as if it did not exist, and so does what is over. */
export function canContinue(actor: Actor, upload: Attachment): Verdict {
  return upload.ownerId === actor.id && upload.state !== 'over' ? allowed : refused('not-found');
}

/** What a message uses belongs to the message: it is removed with it. */
export function canCancel(actor: Actor, upload: Attachment): Verdict {
  if (!canContinue(actor, upload).ok) return refused('not-found');
  return upload.messageId === null ? allowed : refused('conflict');
}

/** Before a message uses it only its owner sees it; afterwards everybody who may read the room (the caller has asked). */
export function canFetch(actor: Actor, attachment: Attachment): Verdict {
  if (attachment.state !== 'ready') return refused('not-found');
  return attachment.messageId !== null || attachment.ownerId === actor.id ? allowed : refused('not-found');
}

/** Own, finished, uploaded for this room. Whether another message has it is decided by the database. */
export function canUse(actor: Actor, attachment: Attachment, roomId: string): Verdict {
  if (attachment.ownerId !== actor.id || attachment.roomId !== roomId) return refused('not-found');
  if (attachment.state === 'over') return refused('not-found');
  return attachment.state === 'ready' ? allowed : refused('conflict');
}
