// What a sanction keeps somebody from: pure. Policies and doors of every area ask it; it ends by itself.
import type { SanctionKind } from '#shared/moderation.ts';

/** One that may hold now. `roomId` null: everywhere; `until` null: until it is taken back. */
export interface ActiveSanction {
  id: string;
  kind: SanctionKind;
  roomId: string | null;
  until: Date | null;
}
/** Whoever has sanctions: an actor, an account. */
interface Sanctioned {
  readonly sanctions?: readonly ActiveSanction[];
}

const holds = ({ until }: ActiveSanction, now: Date): boolean => until === null || until > now;
const endOf = ({ until }: ActiveSanction): number => until?.getTime() ?? Infinity;

function longest(found: readonly ActiveSanction[]): ActiveSanction | null {
  return found.reduce<ActiveSanction | null>((best, next) => (best && endOf(best) >= endOf(next) ? best : next), null);
}

/** The mute that keeps her from writing in this room, the one that ends last. */
export function muteOf(who: Sanctioned, roomId: string, now: Date): ActiveSanction | null {
  const here = ({ roomId: only }: ActiveSanction) => only === null || only === roomId;
  return longest((who.sanctions ?? []).filter((one) => one.kind === 'mute' && here(one) && holds(one, now)));
}

/** The suspension or ban that shuts her out of everything but notices, appeal, her data and help. */
export function shutOutOf(who: Sanctioned, now: Date): ActiveSanction | null {
  return longest((who.sanctions ?? []).filter((one) => one.kind !== 'mute' && holds(one, now)));
}
