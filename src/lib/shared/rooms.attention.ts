// Whether something in a room is worth telling her now, by what she chose there. Pure; lists and notices ask it.
import type { RoomLevel } from './rooms.ts';

/** hh:mm, or empty for no quiet hours. */
export interface Attention {
  level: RoomLevel;
  quietFrom: string;
  quietTo: string;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** True within her quiet hours, on the clock of the device that asks; they may go over midnight. Equal ends: all day. */
export function isQuiet({ quietFrom, quietTo }: Pick<Attention, 'quietFrom' | 'quietTo'>, now: Date): boolean {
  if (quietFrom === '' || quietTo === '') return false;
  const [from, to, at] = [minutesOf(quietFrom), minutesOf(quietTo), now.getHours() * 60 + now.getMinutes()];
  return from < to ? at >= from && at < to : at >= from || at < to;
}

/** Whether this room counts such things for her at all: its unread number stands in the list, mentions in their own. */
export const counts = ({ level }: Pick<Attention, 'level'>, what: 'message' | 'mention'): boolean =>
  level === 'all' || (level === 'mentions' && what === 'mention');
