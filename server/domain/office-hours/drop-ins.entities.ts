// A drop-in as the services know it, and how it is read from its document. Only this area imports it.
import type { DropInDocument, DutyDocument } from './office-hours.model.ts';

interface Duty extends Omit<DutyDocument, 'userId'> {
  userId: string;
}
export interface DropIn extends Omit<DropInDocument, '_id' | 'officeHoursId' | 'hostIds' | 'duty'> {
  id: string;
  officeHoursId: string;
  hostIds: string[];
  duty: Duty[];
}
/** What the schedule says about an occurrence. */
export type Occurrence = Pick<
  DropIn,
  | 'id'
  | 'officeHoursId'
  | 'hostIds'
  | 'topics'
  | 'languages'
  | 'online'
  | 'place'
  | 'capacity'
  | 'minutesPerTalk'
  | 'queue'
  | 'repeat'
  | 'startsAt'
  | 'endsAt'
  | 'movedFrom'
  | 'revision'
> & { state: 'planned' | 'cancelled' };

export const dropInOf = ({ _id, officeHoursId, hostIds, duty, ...rest }: DropInDocument): DropIn => ({
  ...rest,
  id: _id,
  officeHoursId: officeHoursId.toHexString(),
  hostIds: hostIds.map((id) => id.toHexString()),
  duty: duty.map((one) => ({ ...one, userId: one.userId.toHexString() })),
});
