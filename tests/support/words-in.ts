// Where words stand in everything a hub stores: every collection, and the content of files. For tests of what has to be gone.
import type { TestHub } from './hub.ts';

/** Collections, with blobs, in which one of these words stands. */
export async function wordsIn({ hub }: Pick<TestHub, 'hub'>, ...words: string[]): Promise<string[]> {
  const { connection } = hub.database;
  const names = [
    ...new Set(connection.modelNames().map((name) => connection.model(name).collection.name)),
    ...['blobs.files', 'blobs.chunks'],
  ];
  const hits = await Promise.all(
    names.map(async (name) => {
      const rows = await connection.collection(name).find({}).toArray();
      const bytes = rows.map(({ data }) => (data as { buffer?: Uint8Array } | undefined)?.buffer);
      const all = [JSON.stringify(rows), ...bytes.map((one) => (one ? Buffer.from(one).toString('latin1') : ''))];
      return words.some((word) => all.some((text) => text.includes(word))) ? [name] : [];
    }),
  );
  return hits.flat().sort();
}
