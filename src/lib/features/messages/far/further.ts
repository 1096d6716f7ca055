// Going far in a list of messages: what is found far away, and what is let go of. Loads when it is used. For MessageList.svelte.
import type { RoomLive } from '../room.live.svelte.ts';
import type { ListRow } from '../rows.ts';
import { surplus } from './surplus.ts';

/** Pages of a thread that are looked through. */
const PAGES = 40;

/** Loads the part where this message stands; false when it is not there. */
export async function find(live: RoomLive, id: string, seq: number): Promise<boolean> {
  const has = () => live.messages.some((message) => message.id === id);
  if (live.threadId === null) await live.channel.goTo(seq);
  else for (let pages = 0; !has() && live.hasOlder && pages < PAGES; pages++) await live.loadOlder();
  return has();
}

/** Lets go of what is far from what she sees; the focus must not fall out of the list with it. */
export function shorten(live: RoomLive, scroller: HTMLElement, lines: HTMLElement, rows: readonly ListRow[]): void {
  const cut = surplus(scroller, [...lines.children] as HTMLElement[], rows);
  if (!cut) return;
  if (cut.gone.some((line) => line.contains(document.activeElement))) scroller.focus({ preventScroll: true });
  live.channel.cut(cut.side, cut.seq);
}
