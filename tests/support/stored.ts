// Everything a database holds, byte for byte and index by index, to compare two of them. Tests only.
import { MongoClient, type Document } from 'mongodb';

export interface Stored {
  [collection: string]: { documents: string[]; indexes: Document[] };
}

/** Without what a database remembers about work on itself. */
export async function storedIn(uri: string): Promise<Stored> {
  const client = await new MongoClient(uri).connect();
  try {
    const db = client.db();
    const stored: Stored = {};
    for (const { name } of await db.listCollections().toArray()) {
      if (name === 'upkeep') continue;
      const documents: string[] = [];
      for await (const raw of db.collection(name).find({}, { raw: true })) {
        documents.push((raw as unknown as Buffer).toString('base64'));
      }
      const indexes = await db.collection(name).listIndexes().toArray();
      stored[name] = { documents, indexes: indexes.sort((a, b) => (a.name < b.name ? -1 : 1)) };
    }
    return stored;
  } finally {
    await client.close();
  }
}
