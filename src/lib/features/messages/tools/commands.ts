// What can be told to the hub about one message of an open room. For the components of this folder, which load when they are used.
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import type { Command, InputOf } from '#lib/realtime/socket.ts';
import type { PersonView } from '#shared/accounts.ts';
import type { LooksView, MessageVersionsView, MessageView } from '#shared/messages.ts';
import type { RoomLive } from '../room.live.svelte.ts';

type OneMessage = Extract<
  Command,
  | 'message:edit'
  | 'message:pin'
  | 'message:mark'
  | 'message:verify'
  | 'message:language'
  | 'message:remove'
  | 'message:save'
>;
type More<Name extends OneMessage> = Omit<InputOf<Name>, 'roomId' | 'messageId'>;

export function createCommands(all: RoomsLive, live: RoomLive) {
  const { roomId } = live;
  return {
    /** True when the hub has done it; everybody's pages, hers too, learn it by the room's changes. */
    async tell<Name extends OneMessage>(name: Name, { id }: MessageView, more: More<Name>): Promise<boolean> {
      const input = { ...more, roomId, messageId: id } as unknown as InputOf<Name>;
      return (await all.connection?.ask(name, input))?.ok ?? false;
    },
    async save(message: MessageView, on: boolean): Promise<boolean> {
      const done = await this.tell('message:save', message, { on });
      if (done) live.channel.saved(message.id, on);
      return done;
    },
    /** It and what follows; her devices, this one too, learn it by the hub's word. */
    async unread({ post }: MessageView): Promise<boolean> {
      return (await all.connection?.ask('room:unread', { roomId, post }))?.ok ?? false;
    },
    /** null: refused, or no answer came. */
    async reveal({ id }: MessageView): Promise<PersonView | null> {
      const answer = await all.connection?.ask('message:reveal', { roomId, messageId: id });
      return answer?.ok ? answer.data : null;
    },
    /** The same: what it said before, for moderators. */
    async versions({ id }: MessageView): Promise<MessageVersionsView['versions'] | null> {
      const answer = await all.connection?.ask('message:versions', { roomId, messageId: id });
      return answer?.ok ? answer.data.versions : null;
    },
    /** The same: who looked who it was. */
    async looks({ id }: MessageView): Promise<LooksView['looks'] | null> {
      const answer = await all.connection?.ask('message:looks', { roomId, messageId: id });
      return answer?.ok ? answer.data.looks : null;
    },
  };
}
export type Commands = ReturnType<typeof createCommands>;

/** Whether the words are in the clipboard: browsers may refuse. */
export const copied = (text: string): Promise<boolean> =>
  navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
