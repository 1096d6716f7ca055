// Which process runs the jobs: schema. Imported by the jobs repository only.
import mongoose, { type Connection } from 'mongoose';

export interface LeaseDocument {
  _id: string;
  holder: string;
  until: Date;
}

const leaseSchema = new mongoose.Schema<LeaseDocument>(
  {
    _id: { type: String, required: true },
    holder: { type: String, required: true },
    until: { type: Date, required: true },
  },
  { collection: 'jobLeases', versionKey: false },
);

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createJobModels(connection: Connection) {
  return { leases: connection.model<LeaseDocument>('JobLease', leaseSchema) };
}
export type JobModels = ReturnType<typeof createJobModels>;
