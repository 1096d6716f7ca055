// The database work of blocks. Imported by the blocks service and the hub's wiring.
import { retryIdempotent } from '../../database/errors.ts';
import type { BlockModels, BlockRow } from './blocks.model.ts';

export type Block = Pick<BlockRow, 'by' | 'whom' | 'at' | 'endedAt' | 'changedAt'> & { id: string };
export type BlocksRepository = ReturnType<typeof createBlocksRepository>;

const entity = ({ _id: id, by, whom, at, endedAt, changedAt }: BlockRow): Block => ({
  ...{ id, by, whom, at, changedAt },
  endedAt: endedAt ?? null,
});

export function createBlocksRepository({ blocks }: BlockModels) {
  return {
    /** Again is no error and changes nothing that can be seen. */
    begin: (by: string, whom: string, at: Date): Promise<unknown> =>
      retryIdempotent(() =>
        blocks.updateOne(
          { _id: `${by} ${whom}` },
          { $set: { by, whom, at, endedAt: null, changedAt: at } },
          { upsert: true },
        ),
      ),

    end: (by: string, whom: string, at: Date): Promise<unknown> =>
      retryIdempotent(() =>
        blocks.updateOne({ _id: `${by} ${whom}`, endedAt: null }, { $set: { endedAt: at, changedAt: at } }),
      ),

    holds: (by: string, whom: string): Promise<boolean> =>
      retryIdempotent(async () => (await blocks.findOne({ _id: `${by} ${whom}`, endedAt: null }).lean()) !== null),

    count: (by: string): Promise<number> => retryIdempotent(() => blocks.countDocuments({ by, endedAt: null })),

    /** Hers, newest first, after a place in that order. */
    page: (by: string, below: { at: Date; whom: string } | null, limit: number): Promise<Block[]> =>
      retryIdempotent(async () => {
        const place = below
          ? { at: { $lte: below.at }, $or: [{ at: { $lt: below.at } }, { whom: { $lt: below.whom } }] }
          : {};
        const rows = await blocks
          .find({ by, endedAt: null, ...place })
          .sort({ by: -1, endedAt: -1, at: -1, whom: -1 })
          .limit(limit)
          .lean<BlockRow[]>();
        return rows.map(entity);
      }),

    /** What changed from a moment on, oldest first, ended ones too. */
    changedSince: (since: Date, after: string, limit: number): Promise<Block[]> =>
      retryIdempotent(async () => {
        const rows = await blocks
          .find({ changedAt: { $gte: since }, $or: [{ changedAt: { $gt: since } }, { _id: { $gt: after } }] })
          .sort({ changedAt: 1, _id: 1 })
          .limit(limit)
          .lean<BlockRow[]>();
        return rows.map(entity);
      }),
  };
}
