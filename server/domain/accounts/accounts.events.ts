// What happened to accounts and logins; the hub's bus carries it. Anyone may import the type.
import type { ActiveSanction } from '../kernel/sanctions.ts';

export interface AccountEvents {
  /** These logins (public ids) are over, or all of hers: their sockets close at once. */
  'session.ended': { userId: string; sessionIds: string[] | 'all' };
  /** Her name, role or what others may see of her is another one: views of her and what her sockets may do follow. */
  'user.changed': { userId: string };
  /** What holds against her changed: commands on their way and open sockets follow before anything is answered. */
  'user.sanctioned': { userId: string; sanctions: readonly ActiveSanction[] };
  'user.joined': { userId: string };
}
