// What the hub's database holds of a run, read after the hub has ended. Bench only.
import { openDatabase } from '../../server/database/connect.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { markerOf } from './generator/markers.ts';

/** The markers of the messages of this run, in the order of the room. */
export async function storedMarkers(folder: string, tag: string): Promise<number[]> {
  const database = await openDatabase({ uri: undefined, folder, log: silentLogger });
  try {
    const rows = await database.connection
      .collection('messages')
      .find({}, { projection: { text: 1, seq: 1 } })
      .toArray();
    return rows
      .sort((one, other) => Number(one['seq']) - Number(other['seq']))
      .flatMap((row) => markerOf(String(row['text']), tag) ?? []);
  } finally {
    await database.close();
  }
}
