// Half-written messages, one per account and room, kept on the device. For the composer's live state.
import { readDevice, writeDevice, type Draft } from './device.ts';

export interface Drafts {
  load(): Promise<string>;
  /** Keeps the newest text; writes follow each other, and what was overtaken is not written. */
  save(text: string): void;
  /** Resolves when everything given to `save` is on the device. Never raises. */
  settled(): Promise<void>;
}

/** Where drafts lie: IndexedDB in the browser, a map in tests. */
export interface DraftStore {
  get(accountId: string, roomId: string): Promise<string>;
  put(accountId: string, roomId: string, text: string): Promise<void>;
}

const deviceDrafts: DraftStore = {
  async get(accountId, roomId) {
    const key = [accountId, roomId];
    return (await readDevice('drafts', (store) => store.get(key) as IDBRequest<Draft | undefined>))?.text ?? '';
  },
  put: (accountId, roomId, text) =>
    writeDevice(['drafts'], (store) => {
      if (text === '') store('drafts').delete([accountId, roomId]);
      else store('drafts').put({ accountId, roomId, text } satisfies Draft);
    }),
};

export function createDrafts(accountId: string, roomId: string, store: DraftStore = deviceDrafts): Drafts {
  let wanted: string | null = null;
  let writing: Promise<void> | null = null;

  async function write() {
    while (wanted !== null) {
      const text = wanted;
      wanted = null;
      await store.put(accountId, roomId, text).catch(() => undefined); // the text is still in the field
    }
    writing = null;
  }
  return {
    load: () => store.get(accountId, roomId).catch(() => ''),
    save(text) {
      wanted = text;
      writing ??= write();
    },
    settled: () => writing ?? Promise.resolve(),
  };
}
