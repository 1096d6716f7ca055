// The database work of the lease on the jobs. Imported by the jobs service and the hub's wiring.
import { guardDatabase, isNew } from '../../database/errors.ts';
import type { JobModels } from './jobs.model.ts';

export type JobsRepository = ReturnType<typeof createJobsRepository>;

/** Every function raises 'unavailable' when the database is away. */
export function createJobsRepository({ leases }: JobModels) {
  return {
    /** One atomic step: hers until `until` when it is free, over, or hers already. False: somebody else has it. */
    async take(name: string, holder: string, now: Date, until: Date): Promise<boolean> {
      const run = () =>
        leases
          .updateOne(
            { _id: name, $or: [{ holder }, { until: { $lte: now } }] },
            { $set: { holder, until } },
            { upsert: true },
          )
          .exec();
      return isNew(run); // else the row is there and somebody else's
    },
    /** Gives it back, so that another process need not wait for its end. */
    release: (name: string, holder: string): Promise<unknown> =>
      guardDatabase(() => leases.deleteOne({ _id: name, holder }).exec()),
  };
}
