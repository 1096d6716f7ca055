// What of a new message of this room is said to her. Loads with the first one. For RoomView.svelte.
import { page } from '$app/state';
import type { MessageView } from '#shared/messages.ts';
import type { RoomLive } from '../room.live.svelte.ts';
import { heardWords } from './heard.ts';

export function hear(live: RoomLive, message: MessageView) {
  const hers = new Set(live.messages.filter(live.own).map(({ id }) => id));
  return heardWords(message, { id: live.accountId, reads: page.data.me?.reads ?? [], hers });
}
