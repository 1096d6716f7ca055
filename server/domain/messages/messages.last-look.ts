// Whether a command may still go on its way, when its author was sanctioned after it was let in: pure. Imported by the messages service.
import { muteOf, shutOutOf, type ActiveSanction } from '../kernel/sanctions.ts';
import type { RoomCommand } from './messages.commands.ts';

/** Taking back her own words is all that somebody who is muted may do. */
export function mayGo(
  roomId: string,
  command: RoomCommand,
  sanctionedJustNow: (userId: string) => readonly ActiveSanction[] | undefined,
  now: Date,
): boolean {
  if (command.kind === 'catch-up') return true;
  // a move goes to its end: its copies are by those who wrote them
  if (command.kind === 'post' && command.extras?.writtenAt) return true;
  const sanctions = sanctionedJustNow(command.kind === 'change' ? command.change.by : command.by);
  if (!sanctions) return true;
  const muted = command.kind !== 'remove' && muteOf({ sanctions }, roomId, now) !== null;
  return !muted && !shutOutOf({ sanctions }, now);
}
