// Who is told of a posting or an edit. Only the side repository and the messages service use it.
import { threadOf, type LogEntry } from './messages.entities.ts';
import type { MentionDocument } from './messages.side-model.ts';

export type Apart = (one: string, other: string) => boolean;

/**
 * Who is told about a posting or an edit, with what it is to her; the author never is, nor who is apart from her. `roots`:
 * whose threads these are.
 */
export function toldBy(
  entry: LogEntry,
  roots: ReadonlyMap<string, string>,
  apart: Apart,
): Map<string, MentionDocument['kind']> {
  const told = new Map<string, MentionDocument['kind']>();
  const asker = roots.get(threadOf(entry) ?? '');
  if (asker) told.set(asker, 'reply');
  const replyTo = entry.kind === 'posted' ? entry.extras?.replyTo : null;
  if (replyTo) told.set(replyTo.authorId, 'reply');
  const mentions = entry.kind === 'posted' ? entry.extras?.mentions : entry.kind === 'edited' ? entry.mentions : [];
  for (const id of mentions ?? []) told.set(id, 'mention');
  told.delete(entry.by);
  const unnamed = entry.kind === 'posted' && entry.extras?.anonymous === true;
  if (!unnamed) for (const id of told.keys()) if (apart(entry.by, id)) told.delete(id);
  return told;
}
