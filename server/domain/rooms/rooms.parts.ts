// What the verbs of the rooms service share. Only this area imports it.
import type { PersonView } from '#shared/accounts.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Doors } from './rooms.doors.ts';
import type { RoomEvents } from './rooms.events.ts';
import type { RoomsRepository, RoomTexts } from './rooms.repository.ts';

export interface Parts {
  rooms: RoomsRepository;
  doors: Doors;
  bus: EventBus<RoomEvents>;
  clock: Clock;
  audit: AuditPort;
  /** Rooms that are offered whole; `position` is the one of their list and not taken over. */
  readyRooms: readonly RoomTexts[];
  /** Whether one of the two blocked the other; left out: nobody did. */
  apart?(one: string, other: string): boolean;
  /** Names are looked up by the accounts area; unknown people get an empty name there. */
  personViews(ids: string[]): Promise<Map<string, PersonView>>;
}
