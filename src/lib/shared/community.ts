// What a community decides for itself, as both sides know it: schema and view.
import * as v from 'valibot';
import type { PersonView } from './accounts.ts';
import { EDIT_MINUTES } from './community.limits.ts';

const ticked = v.pipe(
  v.picklist(['on', ''], 'invalid'),
  v.transform((value) => value === 'on'),
);
/** What waits for a moderator, as a form sends it: what is not ticked is empty. */
export const holdsSchema = v.object({ holdLinks: ticked, holdPhones: ticked });
export const doorSchema = v.object({ open: v.boolean() });
/** Why nobody joins: moderators wanted so; many newcomers, or many mentions by newcomers, in a short time. */
export type DoorWhy = 'moderators' | 'newcomers' | 'mentions';
export interface DoorView {
  /** `by` null: it closed by itself. */
  closed: { at: string; why: DoorWhy; by: PersonView | null } | null;
}

/** As a form sends it. */
export const communitySchema = v.object({
  editMinutes: v.pipe(
    v.string(),
    v.regex(/^\d{1,5}$/, 'invalid'),
    v.transform(Number),
    v.picklist(EDIT_MINUTES, 'invalid'),
  ),
});

export interface CommunityView {
  editMinutes: number;
  /** Links of newcomers wait for a moderator. */
  holdLinks: boolean;
  /** Telephone numbers wait in rooms that are open to everyone. */
  holdPhones: boolean;
}
