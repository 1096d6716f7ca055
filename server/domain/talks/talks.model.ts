// Talks, next steps and feedback: schemas and indexes. Imported by the talks repository only.
import mongoose, { type Connection, type Types } from 'mongoose';
import { FACES, type Face } from '#shared/talks.ts';

export interface TalkDocument {
  /** Also that of its room. */
  _id: Types.ObjectId;
  dropInId: string;
  hostId: Types.ObjectId;
  /** Whose account is behind which alias; the ticket's id is the alias's. */
  owners: { ticketId: Types.ObjectId; userId: Types.ObjectId; name: string; phone: string; rated: boolean }[];
  startedAt: Date;
  endedAt: Date | null;
  deleteAt: Date | null;
}
export interface NoteDocument {
  _id: Types.ObjectId;
  ownerId: Types.ObjectId;
  ticketId: Types.ObjectId;
  text: string;
  by: Types.ObjectId;
  at: Date;
  sharedWith: Types.ObjectId | null;
}
/** No id of a person, ticket or talk, and only the week. */
export interface FeedbackDocument {
  _id: Types.ObjectId;
  face: Face;
  words: string;
  /** The Monday of its week. */
  day: string;
  expireAt: Date;
}

const { ObjectId } = mongoose.Schema.Types;
const options = { versionKey: false as const, minimize: false };
const owner = new mongoose.Schema(
  { ticketId: ObjectId, userId: ObjectId, name: String, phone: String, rated: Boolean } as never,
  { _id: false },
);
const talkSchema = new mongoose.Schema<TalkDocument>(
  {
    dropInId: { type: String, required: true },
    hostId: { type: ObjectId, required: true },
    owners: [owner],
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    deleteAt: { type: Date, default: null },
  },
  { ...options, collection: 'talks' },
);
// names behind aliases; her talks, and those of a host
talkSchema.index({ 'owners.ticketId': 1 });
talkSchema.index({ 'owners.userId': 1, startedAt: -1 });
talkSchema.index({ hostId: 1, startedAt: -1 });
// what is to be closed, and to be deleted
talkSchema.index({ endedAt: 1, startedAt: 1 });
talkSchema.index({ deleteAt: 1 });

const noteSchema = new mongoose.Schema<NoteDocument>(
  {
    ownerId: { type: ObjectId, required: true },
    ticketId: { type: ObjectId, required: true },
    text: { type: String, required: true },
    by: { type: ObjectId, required: true },
    at: { type: Date, required: true },
    sharedWith: { type: ObjectId, default: null },
  },
  { ...options, collection: 'nextSteps' },
);
noteSchema.index({ ticketId: 1 }, { unique: true });
noteSchema.index({ ownerId: 1, at: -1 });
noteSchema.index({ sharedWith: 1, at: -1 });

const feedbackSchema = new mongoose.Schema<FeedbackDocument>(
  {
    face: { type: String, enum: FACES, required: true },
    words: String,
    day: { type: String, required: true },
    expireAt: { type: Date, required: true },
  },
  { ...options, collection: 'talkFeedback' },
);
feedbackSchema.index({ day: -1, _id: -1 });
feedbackSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

export type TalkModels = ReturnType<typeof createTalkModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createTalkModels(connection: Connection) {
  return {
    talks: connection.model<TalkDocument>('Talk', talkSchema),
    notes: connection.model<NoteDocument>('NextSteps', noteSchema),
    feedback: connection.model<FeedbackDocument>('TalkFeedback', feedbackSchema),
  };
}
