// What happened to office hours and drop-ins; the publisher, the queue and notices listen. What a crash swallows, the jobs do again.

export interface OfficeHoursEvents {
  'office-hours.changed': { officeHoursId: string };
  /** Anything about the drop-in changed, also what has an event of its own. */
  'drop-in.changed': { dropInId: string; version: number };
  /** The first host checked in. */
  'drop-in.opened': { dropInId: string };
  /** No new tickets; those who wait can still be served. */
  'drop-in.closing': { dropInId: string };
  'drop-in.closed': { dropInId: string };
  'drop-in.cancelled': { dropInId: string };
  /** It has begun and no host has come. */
  'drop-in.missed': { dropInId: string };
  'duty.began': { dropInId: string; userId: string };
  /** `vanished`: she did not check out herself. */
  'duty.ended': { dropInId: string; userId: string; vanished: boolean };
}
