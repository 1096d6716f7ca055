// Half-written messages on the device.
import { expect, it } from 'vitest';
import { createDrafts, type DraftStore } from './drafts.ts';

function memory(): DraftStore & { texts: Map<string, string>; writes: number } {
  const texts = new Map<string, string>();
  return {
    texts,
    writes: 0,
    get: async (accountId, roomId) => texts.get(`${accountId} ${roomId}`) ?? '',
    async put(accountId, roomId, text) {
      this.writes++;
      await Promise.resolve();
      texts.set(`${accountId} ${roomId}`, text);
    },
  };
}

it('keeps the newest text and skips what was overtaken while writing', async () => {
  const store = memory();
  const drafts = createDrafts('amal', 'jobs', store);
  for (const text of ['H', 'Ha', 'Hal', 'Hallo']) drafts.save(text);
  await drafts.settled();
  expect(await drafts.load()).toBe('Hallo');
  expect(store.writes).toBe(2);
});
it("never shows one account's draft to another, nor in another room", async () => {
  const store = memory();
  const first = createDrafts('amal', 'jobs', store);
  first.save('private');
  await first.settled();
  expect(await createDrafts('olena', 'jobs', store).load()).toBe('');
  expect(await createDrafts('amal', 'schools', store).load()).toBe('');
});
it('goes on where the device keeps nothing', async () => {
  const broken: DraftStore = { get: () => Promise.reject(new Error('no')), put: () => Promise.reject(new Error('no')) };
  const drafts = createDrafts('amal', 'jobs', broken);
  drafts.save('text');
  await expect(drafts.settled()).resolves.toBeUndefined();
  expect(await drafts.load()).toBe('');
});
