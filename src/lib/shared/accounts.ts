// Accounts as both sides know them: roles, input schemas, views. Browser code imports types only (valibot stays out of the page).
import * as v from 'valibot';
import { EXIT_NAMES, type ExitSite } from './exit.ts';
import { LIMITS } from './limits.ts';
import { LOCALES, type Locale } from './locales.ts';
import { COMMUNITY_LANGUAGES, type CommunityLanguage } from './text/languages.ts';

/** Lowest to highest: a role has the rights of those before it, unless a policy says otherwise. */
export const ROLES = ['member', 'mentor', 'moderator', 'coordinator'] as const;
export type Role = (typeof ROLES)[number];
export const rankOf = (role: Role): number => ROLES.indexOf(role);

const noControls = v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]*$/u, 'invalid');
const displayNameSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(LIMITS.displayName.min, 'empty'),
  v.maxLength(LIMITS.displayName.max, 'too-long'),
  noControls,
);
/** Stored in lower case; Latin letters so that it can be typed on any phone, digits, dot, dash, underscore. */
const userNameSchema = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.minLength(LIMITS.userName.min, 'too-short'),
  v.maxLength(LIMITS.userName.max, 'too-long'),
  v.regex(/^[a-z0-9][a-z0-9._-]*$/, 'invalid'),
);
const newPasswordSchema = v.pipe(
  v.string(),
  v.minLength(LIMITS.password.min, 'too-short'),
  v.maxLength(LIMITS.password.max, 'too-long'),
);
const givenPassword = v.pipe(v.string(), v.minLength(1, 'empty'), v.maxLength(LIMITS.password.max, 'too-long'));
const code = v.pipe(v.string(), v.trim(), v.minLength(1, 'empty'), v.maxLength(100, 'too-long'));
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));

export const signInSchema = v.object({
  userName: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.minLength(1, 'empty'), v.maxLength(100, 'too-long')),
  password: givenPassword,
});
const reads = v.pipe(
  v.array(v.picklist(COMMUNITY_LANGUAGES)),
  v.maxLength(COMMUNITY_LANGUAGES.length, 'too-long'),
  v.transform((chosen) => COMMUNITY_LANGUAGES.filter((code) => chosen.includes(code))),
);
export const registerSchema = v.object({
  code,
  locale: v.picklist(LOCALES),
  reads: v.optional(reads, []),
  displayName: displayNameSchema,
  userName: userNameSchema,
  password: newPasswordSchema,
});
/** `uses` at most LIMITS.invitationUses, `days` at most LIMITS.invitationDays; `note` is for the maker's own eyes ("who"). */
export const invitationSchema = v.object({
  role: v.picklist(ROLES),
  note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(LIMITS.invitationNote, 'too-long'), noControls), ''),
  uses: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.toNumber())]),
    v.integer(),
    v.minValue(1),
    v.maxValue(LIMITS.invitationUses),
  ),
  days: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.toNumber())]),
    v.integer(),
    v.minValue(1),
    v.maxValue(LIMITS.invitationDays),
  ),
});
export const resetPasswordSchema = v.object({
  userName: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.minLength(1, 'empty'), v.maxLength(100, 'too-long')),
  code,
  password: newPasswordSchema,
});
export const changePasswordSchema = v.object({ current: givenPassword, password: newPasswordSchema });
export const profileSchema = v.object({ displayName: displayNameSchema });
export const localeSchema = v.object({ locale: v.picklist(LOCALES) });
/** Languages she reads; none chosen means that she is shown everything. */
export const readsSchema = v.object({ reads });
export const presenceSchema = v.object({ showsPresence: v.boolean() });
export const exitSchema = v.object({ exitTo: v.picklist(EXIT_NAMES), disguise: v.boolean() });
export const byIdSchema = v.object({ id });
export const pageSchema = v.object({ before: v.optional(v.pipe(v.string(), v.maxLength(200))) });

/** `by`: only those whom this person invited, for moderators. */
export const peopleSchema = v.object({ ...pageSchema.entries, by: v.optional(id) });

/** Who is signed in, as her own pages see it. */
export interface MeView {
  id: string;
  userName: string;
  displayName: string;
  role: Role;
  locale: Locale;
  /** ISO 639-1 codes of the languages she reads, in the order of the community's list; empty: nothing is folded. */
  reads: CommunityLanguage[];
  /** Others see her name in "who is here" and while she types; else they see only a number. */
  showsPresence: boolean;
  /** Where the quick exit leads, and its address. */
  exitTo: ExitSite;
  exitUrl: string;
  /** Title and icon of her pages tell nobody what they are. */
  disguise: boolean;
}
/** Another person, as members see her. `hue` is 0 to 11: the colour of her initials. */
export interface PersonView {
  id: string;
  displayName: string;
  role: Role;
  hue: number;
}
/** One of her own logins. Dates are ISO 8601 strings. `device` is words such as "Firefox · Android", never an address. */
export interface SessionView {
  id: string;
  device: string;
  createdAt: string;
  lastUsedAt: string;
  current: boolean;
}
export interface InvitationView {
  id: string;
  role: Role;
  note: string;
  createdBy: string; // display name
  usesLeft: number;
  uses: number;
  expiresAt: string;
  state: 'open' | 'used-up' | 'expired' | 'revoked';
  /** For a stranger who asked to join. */
  asked: boolean;
}
/** What a stranger with a valid code may know. `first` is the one-time link of an empty hub. */
export interface InvitationPeek {
  role: Role;
  invitedBy: string | null;
  first: boolean;
}
/** `code` is shown once; only its hash is kept. */
export interface NewInvitationView {
  invitation: InvitationView;
  code: string;
}
/** Someone the actor may help with a lost password (strictly lower role). */
export interface HelpedPersonView extends PersonView {
  userName: string;
  joinedAt: string;
  canReset: boolean;
  /** She is suspended, or banned (`until` null), for moderators. */
  shutOut?: { until: string | null };
  /** Who invited her, for moderators. Left out: nobody, or not theirs to know. */
  invitedBy?: PersonView;
}
/** A page of a list; `next` goes into `before` of the next call, null at the end. */
export interface Page<T> {
  items: T[];
  next: string | null;
}
