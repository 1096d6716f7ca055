// What stands beside messages: saved ones, mentions, moves. Imported by the messages repositories only.
import mongoose, { type Connection, type Types } from 'mongoose';
import type { Moved } from './messages.entities.ts';

export interface SaveDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  messageId: Types.ObjectId;
}
export interface MentionDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  roomId: Types.ObjectId;
  messageId: Types.ObjectId;
  /** Of what is written in a thread: reading the room does not show it to her. Left out outside of threads. */
  threadId?: Types.ObjectId;
  kind: 'mention' | 'reply';
  /** Of the message: it is read when the room is read up to it. */
  post: number;
  at: Date;
  read: boolean;
}
export interface MoveDocument {
  /** The message that is moved: so only one move of it can be. */
  _id: Types.ObjectId;
  fromRoomId: Types.ObjectId;
  to: Moved;
  by: Types.ObjectId;
  at: Date;
  /** Left out once it is done. */
  open?: true;
}

const { ObjectId } = mongoose.Schema.Types;
const options = (collection: string) => ({ collection, versionKey: false as const });
const id = { type: ObjectId, required: true };

const saveSchema = new mongoose.Schema<SaveDocument>({ userId: id, messageId: id }, options('savedMessages'));
saveSchema.index({ userId: 1, messageId: 1 }, { unique: true });
// a moved message takes them along
saveSchema.index({ messageId: 1 });
saveSchema.index({ userId: 1, _id: -1 });

const mentionSchema = new mongoose.Schema<MentionDocument>(
  {
    userId: id,
    roomId: id,
    messageId: id,
    threadId: ObjectId,
    kind: String,
    post: Number,
    at: Date,
    read: Boolean,
  },
  options('mentions'),
);
mentionSchema.index({ messageId: 1, userId: 1 }, { unique: true });
mentionSchema.index({ userId: 1, _id: -1 });
// counts per room, and reading up to a post
mentionSchema.index({ userId: 1, read: 1, roomId: 1, post: 1 });

const moveSchema = new mongoose.Schema<MoveDocument>(
  { fromRoomId: id, to: Object, by: id, at: Date, open: Boolean },
  options('messageMoves'),
);
moveSchema.index({ open: 1 }, { partialFilterExpression: { open: true } });

export type SideModels = ReturnType<typeof createSideModels>;

export function createSideModels(connection: Connection) {
  return {
    saves: connection.model<SaveDocument>('SavedMessage', saveSchema),
    mentions: connection.model<MentionDocument>('Mention', mentionSchema),
    moves: connection.model<MoveDocument>('MessageMove', moveSchema),
  };
}
