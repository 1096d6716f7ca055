// What is kept on this device, in one IndexedDB: outbox, drafts, whose they are; and how all of it goes. Sign-out calls wipeDevice().
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** One message that is not with the hub yet. Keyed by `clientId`, which makes sending it twice harmless. */
export interface OutboxEntry {
  clientId: string;
  accountId: string;
  roomId: string;
  text: string;
  /** ms since 1970, unique and rising on this device: the order of sending. */
  at: number;
  /** The hub's code when it refused this for good. */
  failed: string | null;
}
export interface Draft {
  accountId: string;
  roomId: string;
  text: string;
}

interface DeviceSchema extends DBSchema {
  outbox: { key: string; value: OutboxEntry; indexes: { account: string } };
  drafts: { key: [string, string]; value: Draft };
  /** 'account': who used this device last. */
  owner: { key: 'account'; value: string };
}
export type Device = IDBPDatabase<DeviceSchema>;

let opened: Promise<Device> | undefined;

/** Raises when the browser keeps nothing (private windows of some browsers, full disk). */
export function openDevice(): Promise<Device> {
  opened ??= openDB<DeviceSchema>('strong-together', 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'clientId' }).createIndex('account', 'accountId');
      db.createObjectStore('drafts', { keyPath: ['accountId', 'roomId'] });
      db.createObjectStore('owner');
    },
    terminated() {
      opened = undefined;
    },
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

/** Says whose device this is now: the offline page, which knows no login, shows her outbox and nobody else's. */
export async function claimDevice(accountId: string): Promise<void> {
  try {
    await (await openDevice()).put('owner', accountId, 'account');
  } catch {
    // Without storage there is nothing to own.
  }
}

/** What waits of the account that used this device last; empty when nobody is signed in here. */
export async function waitingOnDevice(): Promise<OutboxEntry[]> {
  try {
    const device = await openDevice();
    const owner = await device.get('owner', 'account');
    if (owner === undefined) return [];
    return (await device.getAllFromIndex('outbox', 'account', owner)).sort((a, b) => a.at - b.at);
  } catch {
    return [];
  }
}

/**
 * Deletes everything of everyone that this device keeps: outbox, drafts, whose it is, caches (the shell, which is
 * nobody's, stays). For sign-out, "leave now" and a login that was ended from elsewhere. Never raises.
 */
export async function wipeDevice(): Promise<void> {
  try {
    const device = await openDevice();
    const all = device.transaction(['outbox', 'drafts', 'owner'], 'readwrite', { durability: 'strict' });
    await Promise.all([
      all.objectStore('outbox').clear(),
      all.objectStore('drafts').clear(),
      all.objectStore('owner').clear(),
      all.done,
    ]);
  } catch {
    // Nothing was kept.
  }
  try {
    sessionStorage.clear();
    const names = (await caches.keys()).filter((name) => !name.startsWith('shell-'));
    await Promise.all(names.map((name) => caches.delete(name)));
  } catch {
    // No caches over plain http on another machine.
  }
}
