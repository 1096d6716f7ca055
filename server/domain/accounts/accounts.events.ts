// What happened to accounts and logins; the hub's bus carries it. Anyone may import the type.

export interface AccountEvents {
  /** These logins (public ids) are over, or all of hers: their sockets close at once. */
  'session.ended': { userId: string; sessionIds: string[] | 'all' };
  /** Her name, role or what others may see of her is another one: views of her and what her sockets may do follow. */
  'user.changed': { userId: string };
  'user.joined': { userId: string };
}
