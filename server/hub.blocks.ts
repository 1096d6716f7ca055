// Wires blocks to the areas, and lets every answer of a service be seen by the eyes of her who asked: closed unless listed. Only hub.ts uses it.
import type { Connection } from 'mongoose';
import type { BlockEvents } from './domain/blocks/blocks.events.ts';
import { createBlockModels } from './domain/blocks/blocks.model.ts';
import { createBlocksRepository } from './domain/blocks/blocks.repository.ts';
import { createBlocksService, type BlocksService } from './domain/blocks/blocks.service.ts';
import { createSight, type Sight } from './domain/blocks/blocks.sight.ts';
import type { AccountsService } from './domain/accounts/accounts.service.ts';
import type { Actor } from './domain/kernel/actor.ts';
import { AppError } from './domain/kernel/app-error.ts';
import { behind } from './domain/kernel/behind.ts';
import type { Clock } from './domain/kernel/clock.ts';
import type { EventBus } from './domain/kernel/event-bus.ts';
import type { Logger } from './domain/kernel/logger.ts';
import { createApartLookups, type ApartLookups } from './domain/messages/messages.apart.ts';
import type { MessageEvents } from './domain/messages/messages.events.ts';
import type { MessageModels } from './domain/messages/messages.model.ts';
import type { MessagesService } from './domain/messages/messages.service.ts';
import type { RoomsRepository } from './domain/rooms/rooms.repository.ts';
import type { RoomsService } from './domain/rooms/rooms.service.ts';
import type { TalksService } from './domain/talks/talks.service.ts';
import type { TicketsService } from './domain/tickets/tickets.service.ts';
import { createRoomEyes } from './hub.blocks.rooms.ts';

interface Wired {
  connection: Connection;
  models: Pick<MessageModels, 'messages'>;
  accounts: AccountsService;
  rooms: Pick<RoomsRepository, 'standingsOf'>;
  /** Made later. */
  messages: () => Pick<MessagesService, 'behindStone' | 'forgetMentions'>;
  tickets: () => Pick<TicketsService, 'part'>;
  bus: EventBus<BlockEvents & Pick<MessageEvents, 'room.changed'> & { 'user.changed': { userId: string } }>;
  clock: Clock;
  log: Logger;
  /** True when every other process has looked. */
  everywhere(): Promise<boolean>;
}
export interface Eyes {
  blocks: BlocksService;
  sight: Sight;
  look: ApartLookups;
  standings: Pick<RoomsRepository, 'standingsOf'>;
  /** A message under its author's name, and she is nobody for the viewer. */
  keptFrom(viewerId: string, messageId: string): Promise<boolean>;
}

export function wireBlocks(wired: Wired): Eyes {
  const { connection, models, accounts, rooms, messages, tickets, bus, clock, log } = wired;
  const look = createApartLookups(models);
  bus.on('room.changed', (changes) => look.follow(changes));
  const blocks = createBlocksService({
    blocks: createBlocksRepository(createBlockModels(connection)),
    personViews: (ids) => accounts.personViews(ids),
    behindStone: (actor, input) => messages().behindStone(actor, input),
    async part(one, other) {
      await tickets().part(one, other);
      await messages().forgetMentions(one, other);
    },
    async elsewhere() {
      if (!(await wired.everywhere())) log.warn({}, 'a block holds in other processes within five seconds');
    },
    ...{ bus, clock },
  });
  return {
    blocks,
    sight: createSight(look),
    look,
    standings: rooms,
    async keptFrom(viewerId, messageId) {
      if (!blocks.pairOf(viewerId)) return false;
      const author = (await look.authors([messageId])).get(messageId);
      return author !== undefined && blocks.apart(viewerId, author);
    },
  };
}

const isActor = (value: unknown): value is Actor =>
  typeof value === 'object' && value !== null && 'sessionId' in value && 'role' in value;
const accountOf = (actor: Actor): string => behind(actor)?.userId ?? actor.id;
/** Where an input names a person. */
const NAMES = ['userId', 'to', 'with'] as const;

/** The same service; what it answers to an actor is what is left of it for her, and people who are kept from her are not there. */
function seenThrough<Service extends object>(
  service: Service,
  { blocks, sight }: Eyes,
  insistOpen?: (actor: Actor, input: unknown) => Promise<void>,
): Service {
  const guard = ([name, verb]: [string, unknown]): [string, unknown] => {
    if (typeof verb !== 'function') return [name, verb];
    const call = verb as (...args: unknown[]) => unknown;
    const guarded = (...args: unknown[]): unknown => {
      const [actor, input] = args;
      if (!isActor(actor)) return call(...args);
      if (insistOpen && blocks.pairOf(accountOf(actor))) {
        return insistOpen(actor, input).then(() => through(actor, input, () => call(...args)));
      }
      return through(actor, input, () => call(...args));
    };
    return [name, guarded];
  };
  function through(actor: Actor, input: unknown, call: () => unknown): unknown {
    const pair = blocks.pairOf(actor.id);
    if (!pair) return call();
    const named = (input ?? {}) as Record<string, unknown>;
    const kept = NAMES.some((key) => pair.mine.has(named[key] as string) || pair.theirs.has(named[key] as string));
    if (kept) return Promise.reject(new AppError('not-found'));
    const answer = call();
    if (!(answer instanceof Promise)) return answer;
    return answer.then(async (view: unknown) => {
      if (isActor(view)) return view; // as whom she acts in a talk
      const shown = await sight(pair, view);
      if (shown === undefined && view !== undefined) throw new AppError('not-found');
      return shown;
    });
  }
  return Object.fromEntries(Object.entries(service).map(guard)) as Service;
}

interface Seen {
  messages: MessagesService;
  rooms: RoomsService;
  talks: TalksService;
}

/** Not among them: accounts (names for other areas), moderation and audit (staff, from whom nobody is kept). */
export function seenServices<Services extends Seen>(services: Services, eyes: Eyes): Services {
  const { blocks } = eyes;
  /** A talk with somebody from whom she is apart is not there any more. Aliases stand for accounts. */
  async function insistOpen(actor: Actor, input: unknown): Promise<void> {
    const roomId = typeof input === 'string' ? input : (input as { roomId?: unknown } | null | undefined)?.roomId;
    if (typeof roomId !== 'string' || !/^[0-9a-f]{24}$/.test(roomId)) return;
    const id = accountOf(actor);
    const [host, ...owners] = (await services.talks.accountsIn(roomId)) ?? [];
    if (host === undefined) return;
    const apart = id === host ? owners.length === 1 && blocks.apart(id, owners[0] ?? '') : blocks.apart(id, host);
    if (apart) throw new AppError('not-found');
  }
  const through = Object.entries(services as unknown as Record<string, object>).map(([name, one]) => [
    name,
    seenThrough(one, eyes, name === 'messages' || name === 'rooms' ? insistOpen : undefined),
  ]);
  const seen = Object.fromEntries(through) as Services;
  const { talks } = seen;
  const own = createRoomEyes(eyes, services);
  const guarded = <Verbs extends Record<string, (actor: Actor, input: unknown) => Promise<unknown>>>(verbs: Verbs) =>
    Object.fromEntries(
      Object.entries(verbs).map(([name, verb]) => [
        name,
        async (actor: Actor, input: unknown): Promise<unknown> => {
          if (blocks.pairOf(accountOf(actor))) await insistOpen(actor, input);
          return verb(actor, input);
        },
      ]),
    ) as Verbs;
  return {
    ...seen,
    messages: { ...seen.messages, ...guarded(own.messages) },
    rooms: { ...seen.rooms, ...guarded(own.rooms) },
    talks: {
      ...talks,
      // plain text: whoever may open the talk gets it
      export: async (actor: Actor, input: unknown) => {
        await talks.open(actor, input);
        return services.talks.export(actor, input);
      },
    },
  };
}
