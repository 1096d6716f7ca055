// How accounts, logins, invitations, their record and their limits are stored. Only repositories of this folder import it.
import mongoose, { type Connection } from 'mongoose';
import { ROLES, type Role } from '#shared/accounts.ts';
import { EXIT_NAMES, type ExitSite } from '#shared/exit.ts';
import { LOCALES, type Locale } from '#shared/locales.ts';
import { SANCTIONS } from '#shared/moderation.ts';
import { COMMUNITY_LANGUAGES, type CommunityLanguage } from '#shared/text/languages.ts';
import type { ActiveSanction } from '../kernel/sanctions.ts';

/** Ids are strings of 24 hex digits, here and in references. */
export interface UserRow {
  _id: string;
  userName: string;
  displayName: string;
  role: Role;
  locale: Locale;
  /** Missing until she chooses: she is shown every language. */
  reads?: CommunityLanguage[];
  /** Missing until she allows it: only her number is shown among those who are here. */
  showsPresence?: boolean;
  /** Missing until she chooses. */
  exitTo?: ExitSite;
  disguise?: boolean;
  passwordHash: string;
  /** Logins of a lower epoch are over: raising it ends them all in one atomic change. */
  epoch: number;
  createdAt: Date;
  /** She deletes her account: it is being erased. */
  leavingAt?: Date;
  invitedBy: string | null;
  invitationId: string | null;
  /** Only on the account that the one-time link of an empty hub made; unique, so that a race makes one coordinator. */
  first?: true;
  /** What holds of the moderators' decisions; `sanctionsAt`: when that changed last, for other processes. */
  sanctions?: ActiveSanction[];
  sanctionsAt?: Date;
  /** The open one-time code for a lost password; a new one replaces it. */
  reset?: { codeHash: string; expiresAt: Date };
}

export interface SessionRow {
  /** Public id: not the token. */
  _id: string;
  tokenHash: string;
  userId: string;
  epoch: number;
  device: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

export interface InvitationRow {
  _id: string;
  codeHash: string;
  role: Role;
  note: string;
  createdBy: string | null;
  createdAt: Date;
  uses: number;
  usesLeft: number;
  expiresAt: Date;
  revokedAt: Date | null;
  /** For a stranger who asked to join: the code is hers. */
  asked?: true;
  /** Only on the one-time link of an empty hub; unique. */
  first?: true;
}

export const LOG_KINDS = ['account.joined', 'password.changed'] as const;

/** Append-only: what people did with their own accounts; what was done with power stands in the audit log. */
export interface AccountLogRow {
  _id: string;
  at: Date;
  kind: (typeof LOG_KINDS)[number];
  actorId: string | null;
  targetId: string | null;
}

/** A counter or a mark; `_id` is a keyed hash (no names, no addresses), or the name of the key itself. */
export interface LimitRow {
  _id: string;
  count: number;
  secret?: string;
  expiresAt: Date | null;
}

const options = { versionKey: false, minimize: false } as const;
const id = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;
const date = { type: Date, required: true } as const;
const count = { type: Number, required: true } as const;
const DAY = 24 * 60 * 60;

const userSchema = new mongoose.Schema<UserRow>(
  {
    _id: id,
    userName: id,
    displayName: id,
    role: { type: String, enum: ROLES, required: true },
    locale: { type: String, enum: LOCALES, required: true },
    reads: { type: [{ type: String, enum: COMMUNITY_LANGUAGES }], default: undefined },
    showsPresence: { type: Boolean },
    exitTo: { type: String, enum: EXIT_NAMES },
    disguise: { type: Boolean },
    passwordHash: id,
    epoch: count,
    createdAt: date,
    leavingAt: { type: Date },
    invitedBy: { type: String, default: null },
    invitationId: { type: String, default: null },
    first: { type: Boolean },
    sanctions: {
      type: [
        new mongoose.Schema(
          { id, kind: { type: String, enum: SANCTIONS, required: true }, roomId: String, until: Date },
          { _id: false, id: false },
        ),
      ],
      default: undefined,
    },
    sanctionsAt: { type: Date },
    reset: { type: new mongoose.Schema({ codeHash: id, expiresAt: date }, { _id: false }) },
  },
  options,
);
userSchema.index({ userName: 1 }, { unique: true });
userSchema.index({ role: 1 });
// whom she invited
userSchema.index({ invitedBy: 1, _id: -1 });
userSchema.index({ first: 1 }, { unique: true, partialFilterExpression: { first: true } });

const sessionSchema = new mongoose.Schema<SessionRow>(
  {
    _id: id,
    tokenHash: id,
    userId: id,
    epoch: count,
    device: text,
    createdAt: date,
    lastUsedAt: date,
    expiresAt: date,
  },
  options,
);
sessionSchema.index({ tokenHash: 1 }, { unique: true });
sessionSchema.index({ userId: 1, lastUsedAt: -1 });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const invitationSchema = new mongoose.Schema<InvitationRow>(
  {
    _id: id,
    codeHash: id,
    role: { type: String, enum: ROLES, required: true },
    note: text,
    createdBy: { type: String, default: null },
    createdAt: date,
    uses: count,
    usesLeft: count,
    expiresAt: date,
    revokedAt: { type: Date, default: null },
    asked: { type: Boolean },
    first: { type: Boolean },
  },
  options,
);
invitationSchema.index({ codeHash: 1 }, { unique: true });
invitationSchema.index({ createdBy: 1, _id: -1 });
invitationSchema.index({ first: 1 }, { unique: true, partialFilterExpression: { first: true } });
invitationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 90 * DAY });

const logSchema = new mongoose.Schema<AccountLogRow>(
  {
    _id: id,
    at: date,
    kind: { type: String, enum: LOG_KINDS, required: true },
    actorId: { type: String, default: null },
    targetId: { type: String, default: null },
  },
  options,
);
logSchema.index({ targetId: 1, _id: -1 });

const limitSchema = new mongoose.Schema<LimitRow>(
  { _id: id, count, secret: { type: String }, expiresAt: { type: Date, default: null } },
  options,
);
limitSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Compiles this area's models on the connection. Once per connection. */
export function createAccountModels(connection: Connection) {
  return {
    users: connection.model('User', userSchema, 'users'),
    sessions: connection.model('Session', sessionSchema, 'sessions'),
    invitations: connection.model('Invitation', invitationSchema, 'invitations'),
    log: connection.model('AccountLog', logSchema, 'accountLog'),
    limits: connection.model('AccountLimit', limitSchema, 'accountLimits'),
  };
}
export type AccountModels = ReturnType<typeof createAccountModels>;
