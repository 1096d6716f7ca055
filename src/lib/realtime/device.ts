// What is kept on this device, in one IndexedDB (used bare: a wrapper costs more bytes than it saves lines): outbox, drafts, whose they are; and how all of it goes. Sign-out calls wipeDevice().

import type { PostInput } from '#shared/realtime.ts';

/** What a message may have besides its words; sent as it is. */
export type PostExtras = Omit<PostInput, 'roomId' | 'clientId' | 'text'>;

/** One message that is not with the hub yet. Keyed by `clientId`, which makes sending it twice harmless. */
export interface OutboxEntry {
  clientId: string;
  accountId: string;
  roomId: string;
  text: string;
  extras?: PostExtras;
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

type Store = 'outbox' | 'drafts' | 'owner';

let opened: Promise<IDBDatabase> | undefined;

/** Raises when the browser keeps nothing (private windows of some browsers, full disk). */
function openDevice(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open('strong-together', 1);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      db.createObjectStore('outbox', { keyPath: 'clientId' }).createIndex('account', 'accountId');
      db.createObjectStore('drafts', { keyPath: ['accountId', 'roomId'] });
      db.createObjectStore('owner'); // 'account': who used this device last
    };
    opening.onerror = () => reject(opening.error ?? new Error('not opened'));
    opening.onsuccess = () => {
      const db = opening.result;
      const forget = () => (opened = undefined);
      db.onclose = forget;
      db.onversionchange = () => {
        db.close(); // whoever wants to delete everything need not wait for this page
        forget();
      };
      resolve(db);
    };
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

/** One question to one store. */
export async function readDevice<T>(name: Store, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await openDevice();
  return new Promise((resolve, reject) => {
    const asking = ask(db.transaction(name).objectStore(name));
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error ?? new Error('not read'));
  });
}

/** Resolves when the change is on the disk, not before. */
export async function writeDevice(
  names: Store[],
  change: (store: (name: Store) => IDBObjectStore) => void,
): Promise<void> {
  const db = await openDevice();
  return new Promise((resolve, reject) => {
    const writing = db.transaction(names, 'readwrite', { durability: 'strict' });
    writing.oncomplete = () => resolve();
    writing.onerror = writing.onabort = () => reject(writing.error ?? new Error('not written'));
    change((name) => writing.objectStore(name));
  });
}

/** Everything of one account that waits, in no particular order. */
export const outboxOf = (accountId: string): Promise<OutboxEntry[]> =>
  readDevice('outbox', (store) => store.index('account').getAll(accountId) as IDBRequest<OutboxEntry[]>);

/** Says whose device this is now: the offline page, which knows no login, shows her outbox and nobody else's. */
export async function claimDevice(accountId: string): Promise<void> {
  try {
    await writeDevice(['owner'], (store) => store('owner').put(accountId, 'account'));
  } catch {
    // Without storage there is nothing to own.
  }
}

/** What waits of the account that used this device last; empty when nobody is signed in here. */
export async function waitingOnDevice(): Promise<OutboxEntry[]> {
  try {
    const owner = await readDevice('owner', (store) => store.get('account') as IDBRequest<string | undefined>);
    return owner === undefined ? [] : (await outboxOf(owner)).sort((a, b) => a.at - b.at);
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
    const all: Store[] = ['outbox', 'drafts', 'owner'];
    await writeDevice(all, (store) => {
      for (const name of all) store(name).clear();
    });
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
