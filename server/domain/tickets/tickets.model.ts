// Tickets and what happened to them: schemas and indexes. Imported by the tickets repository only.
import mongoose, { type Connection, type Types } from 'mongoose';
import { TICKET_STATES, TICKET_WAYS, type TicketState, type TicketWay } from '#shared/tickets.ts';
import type { CommunityLanguage } from '#shared/text/languages.ts';

/** The newest step; it stands in `ticketEvents` too, at the latest before the next step. */
export interface LastStep {
  rev: number;
  at: Date;
  action: string;
  role: 'owner' | 'host' | 'system';
  by: Types.ObjectId | null;
  from: TicketState | 'none';
  to: TicketState;
}
export interface TicketDocument {
  _id: Types.ObjectId;
  dropInId: string;
  officeHoursId: Types.ObjectId;
  ownerId: Types.ObjectId;
  number: number;
  firstName: string;
  topic: string;
  words: string;
  languages: CommunityLanguage[];
  how: TicketWay;
  windows: { from: Date; to: Date }[];
  message: { roomId: string; messageId: string } | null;
  state: TicketState;
  rev: number;
  priority: boolean;
  first: boolean;
  joinedAt: Date;
  changedAt: Date;
  /** There while the ticket holds a place. */
  active?: true;
  /** The host whose hands are full with it; in a group only on one of its tickets. */
  heldBy?: Types.ObjectId;
  hostId: Types.ObjectId | null;
  calledAt: Date | null;
  /** What a deadline of its state is: to say that she comes, to be taken over, or to be answered. */
  dueAt: Date | null;
  talkId: Types.ObjectId | null;
  grouped: boolean;
  invite: { by: Types.ObjectId; talkId: Types.ObjectId } | null;
  handOver: Types.ObjectId | null;
  /** She was told that it is soon her turn. */
  toldSoon: boolean;
  endedAt: Date | null;
  expireAt: Date | null;
  /** It is over and not in the figures yet. */
  toCount?: true;
  last: LastStep;
}
export interface TicketEventDocument extends Omit<LastStep, 'rev'> {
  /** `<ticket>:<rev>`, so that it stands there once; a look of a moderator has an id of its own. */
  _id: string;
  ticketId: Types.ObjectId;
  dropInId: string;
  expireAt: Date;
}

const { ObjectId } = mongoose.Schema.Types;
const step = {
  at: { type: Date, required: true },
  action: { type: String, required: true },
  role: { type: String, required: true },
  by: { type: ObjectId, default: null },
  from: { type: String, required: true },
  to: { type: String, required: true },
};
const part = (fields: object) => new mongoose.Schema(fields as never, { _id: false });
const options = { versionKey: false as const, minimize: false };

const ticketSchema = new mongoose.Schema<TicketDocument>(
  {
    dropInId: { type: String, required: true },
    officeHoursId: { type: ObjectId, required: true },
    ownerId: { type: ObjectId, required: true },
    number: { type: Number, required: true },
    firstName: String,
    topic: { type: String, required: true },
    words: String,
    languages: [String],
    how: { type: String, enum: TICKET_WAYS, required: true },
    windows: [part({ from: Date, to: Date })],
    message: { type: part({ roomId: String, messageId: String }), default: null },
    state: { type: String, enum: TICKET_STATES, required: true },
    rev: { type: Number, required: true },
    priority: Boolean,
    first: Boolean,
    joinedAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    active: Boolean,
    heldBy: ObjectId,
    hostId: { type: ObjectId, default: null },
    calledAt: { type: Date, default: null },
    dueAt: { type: Date, default: null },
    talkId: { type: ObjectId, default: null },
    grouped: Boolean,
    invite: { type: part({ by: ObjectId, talkId: ObjectId }), default: null },
    handOver: { type: ObjectId, default: null },
    toldSoon: Boolean,
    endedAt: { type: Date, default: null },
    expireAt: { type: Date, default: null },
    toCount: Boolean,
    last: part({ rev: Number, ...step }),
  },
  { ...options, collection: 'tickets' },
);
// one active ticket per woman and drop-in; also all that hold a place there
ticketSchema.index({ dropInId: 1, ownerId: 1 }, { unique: true, partialFilterExpression: { active: true } });
// one talk at a time per host
ticketSchema.index({ heldBy: 1 }, { unique: true, partialFilterExpression: { heldBy: { $exists: true } } });
ticketSchema.index({ dropInId: 1, number: 1 }, { unique: true });
// drop-ins that have somebody
ticketSchema.index({ active: 1, dropInId: 1 }, { partialFilterExpression: { active: true } });
// her own places, newest first
ticketSchema.index({ ownerId: 1, joinedAt: -1 });
// how long talks took, and who had one; questions that were left
ticketSchema.index({ officeHoursId: 1, state: 1, endedAt: -1 });
// deadlines
ticketSchema.index({ state: 1, dueAt: 1 });
ticketSchema.index({ talkId: 1 });
// over, and not in the figures yet
ticketSchema.index({ toCount: 1, endedAt: 1 }, { partialFilterExpression: { toCount: true } });
ticketSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

const eventSchema = new mongoose.Schema<TicketEventDocument>(
  {
    _id: { type: String, required: true },
    ticketId: { type: ObjectId, required: true },
    dropInId: { type: String, required: true },
    ...step,
    expireAt: { type: Date, required: true },
  },
  { ...options, collection: 'ticketEvents' },
);
eventSchema.index({ ticketId: 1, at: 1 });
eventSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

export type TicketModels = ReturnType<typeof createTicketModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createTicketModels(connection: Connection) {
  return {
    tickets: connection.model<TicketDocument>('Ticket', ticketSchema),
    ticketEvents: connection.model<TicketEventDocument>('TicketEvent', eventSchema),
  };
}
