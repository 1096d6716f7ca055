// What a community decides for itself, as both sides know it: schema and view.
import * as v from 'valibot';
import { EDIT_MINUTES } from './community.limits.ts';

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
}
