// What a community decides for itself, as both sides know it: schema and view.
import * as v from 'valibot';
import { EDIT_MINUTES } from './community.limits.ts';

const ticked = v.pipe(
  v.picklist(['on', ''], 'invalid'),
  v.transform((value) => value === 'on'),
);
/** What waits for a moderator, as a form sends it: what is not ticked is empty. */
export const holdsSchema = v.object({ holdLinks: ticked, holdPhones: ticked });
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
