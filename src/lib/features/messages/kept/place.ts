// Where a message of a list stands in its conversation. For pages that show messages outside of it.
import type { MessageView } from '#shared/messages.ts';
import { pathOf } from '../place.ts';

/** A message of a thread is shown in it. */
export const placeOf = ({ id, seq, threadId }: MessageView, slug: string): string =>
  `${pathOf(slug, seq, threadId)}#${id}`;
