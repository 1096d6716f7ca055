// What the community decided for itself: one document. Imported by the community repository only.
import type { DoorWhy } from '#shared/community.ts';
import type { ReportReason } from '#shared/moderation.ts';
import mongoose, { type Connection } from 'mongoose';

/** Fields that nobody has decided about are missing. */
export interface CommunityDocument {
  _id: 'community';
  editMinutes?: number;
  /** What waits for a moderator: links of newcomers, telephone numbers in rooms that are open to everyone. */
  holdLinks?: boolean;
  holdPhones?: boolean;
  /** A ban needs two moderators; reasons for which a reported message is hidden until somebody has looked. */
  fourEyes?: boolean;
  hideFor?: ReportReason[];
  /** Strangers may ask to join. */
  askToJoin?: boolean;
  talkDays?: number;
  reportDays?: number;
  /** Nobody joins since then; null or missing: the door is open. */
  closedAt?: Date | null;
  closedWhy?: DoorWhy | null;
  closedBy?: string | null;
  /** When it was opened last. */
  openedAt?: Date;
}

const communitySchema = new mongoose.Schema<CommunityDocument>(
  {
    _id: { type: String, required: true },
    editMinutes: Number,
    talkDays: Number,
    reportDays: Number,
    holdLinks: Boolean,
    holdPhones: Boolean,
    fourEyes: Boolean,
    hideFor: { type: [String], default: undefined },
    askToJoin: Boolean,
    closedAt: Date,
    closedWhy: String,
    closedBy: String,
    openedAt: Date,
  },
  { collection: 'community', versionKey: false },
);

export const createCommunityModel = (connection: Connection) =>
  connection.model<CommunityDocument>('Community', communitySchema);
export type CommunityModel = ReturnType<typeof createCommunityModel>;
