// What the talks service works with. Only this area and the hub's wiring import it.
import type { PersonView } from '#shared/accounts.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import type { MessagesService } from '../messages/messages.service.ts';
import type { DropInsPort } from '../tickets/tickets.parts.ts';
import type { TicketEvents } from '../tickets/tickets.events.ts';
import type { TicketsRepository } from '../tickets/tickets.repository.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import type { SearchService } from '../search/search.service.ts';
import type { TalksRepository } from './talks.repository.ts';

export interface TalksServiceParts {
  talks: TalksRepository;
  tickets: Pick<TicketsRepository, 'byId' | 'ofTalk' | 'forgetTalk'>;
  dropIns: Pick<DropInsPort, 'byId' | 'between'>;
  roomsService: Pick<RoomsService, 'authorise' | 'bySlug' | 'talk'>;
  messages: Pick<MessagesService, 'join' | 'history' | 'post' | 'context'>;
  search: Pick<SearchService, 'findIn'>;
  /** Days after its end that a talk is kept: the community decides. */
  keepDays(): Promise<number>;
  /** Of accounts only, not of aliases. */
  personViews(ids: string[]): Promise<Map<string, PersonView>>;
  /** Everything that was ever written in this room, its files too. May run twice. */
  eraseRoom(roomId: string): Promise<void>;
  bus: EventBus<TicketEvents>;
  clock: Clock;
  log: Logger;
}
