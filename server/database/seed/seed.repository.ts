// Remembers whether the demo community was written, so that a start can tell quickly. Imported by the seed only.
import type { Connection } from 'mongoose';
import { guardDatabase } from '../errors.ts';

interface Mark {
  _id: string;
  startedAt: Date;
  finishedAt: Date | null;
}

const DEMO = 'demo';

export function createSeedRepository(connection: Connection) {
  const marks = connection.collection<Mark>('seed');
  return {
    /** 'none': this hub never began the demo; 'begun': a run was cut off. One read by id. */
    async state(): Promise<'none' | 'begun' | 'finished'> {
      const mark = await guardDatabase(() => marks.findOne({ _id: DEMO }));
      if (!mark) return 'none';
      return mark.finishedAt ? 'finished' : 'begun';
    },
    async begin(at: Date): Promise<void> {
      await guardDatabase(() =>
        marks.updateOne({ _id: DEMO }, { $setOnInsert: { startedAt: at, finishedAt: null } }, { upsert: true }),
      );
    },
    async finish(at: Date): Promise<void> {
      await guardDatabase(() => marks.updateOne({ _id: DEMO }, { $set: { finishedAt: at } }));
    },
  };
}
