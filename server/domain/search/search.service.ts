// Searching messages in the rooms that she may read. Imported by the hub; doors call it with (actor, input).
import type { PersonView } from '#shared/accounts.ts';
import { isAppError } from '#shared/errors.ts';
import type { MessageView } from '#shared/messages.ts';
import { excerptOf } from '#shared/search/excerpt.ts';
import { textKeys } from '#shared/search/keys.ts';
import { meets, termsOf, type SearchTerm } from '#shared/search/query.ts';
import { SEARCH_LIMITS, searchSchema, type SearchPageView, type SearchResultView } from '#shared/search.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import { parse } from '../kernel/parse.ts';
import { createTokenBucket } from '../kernel/token-bucket.ts';
import type { MessageEvents } from '../messages/messages.events.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import { startOfDay } from '../kernel/days.ts';
import { createSearchAuthors } from './search.authors.ts';
import type { SearchEvents } from './search.events.ts';
import { createSearchIndexer } from './search.indexer.ts';
import type { RowQuery, SearchPlace, SearchRepository } from './search.repository.ts';
import type { SearchSource } from './search.source.ts';

export type { SearchEvents } from './search.events.ts';

export interface SearchService {
  /**
   * Messages that have every word, in some form, the last one also as a beginning; newest first. Without a word: all of
   * one author. A search by author never finds what was asked anonymously. Raises 'input.*', 'not-found' for a room that she may not see, 'rate.limited'.
   */
  find(actor: Actor, input: unknown): Promise<SearchPageView>;
  /** The same in one room by its id, also a talk, whatever room the input names. */
  findIn(actor: Actor, roomId: string, input: unknown): Promise<SearchPageView>;
  /** Names that a search by author knows: nobody who only asked anonymously, nobody of a room that she may not read. */
  authors(actor: Actor): Promise<string[]>;
  /** Erasure: nothing of these messages stays in the index. */
  forget(messageIds: readonly string[]): Promise<void>;
  /** Erasure: nothing that she wrote under her name stays in the index; her anonymous messages need `forget`. */
  forgetAuthor(userId: string): Promise<void>;
  /** At start: indexes what a crash left out, and everything once after the rules have changed. Failures are logged. */
  recover(): Promise<void>;
  /** Resolves when all that was published is in the index. */
  flush(): Promise<void>;
}

export interface SearchServiceParts {
  repository: SearchRepository;
  source: SearchSource;
  rooms: Pick<RoomsService, 'authorise' | 'bySlug' | 'list'>;
  personViews: (ids: string[]) => Promise<Map<string, PersonView>>;
  /** One of them blocked the other: neither finds the other. Left out: nobody did. */
  apart?: (one: string, other: string) => boolean;
  bus: EventBus<MessageEvents & SearchEvents>;
  clock: Clock;
  log: Logger;
  limits?: { page?: number; rate?: { burst: number; perSecond: number } };
}

type FoundRoom = Pick<SearchResultView, 'roomSlug' | 'roomName'>;

/** Rows whose messages have just changed are passed over; so often more are read to fill the page. */
const ROUNDS = 5;

const placeOf = (cursor: string): SearchPlace => {
  const [time = '', messageId = ''] = cursor.split('-');
  return { at: new Date(Number(time)), messageId };
};
const cursorOf = ({ at, messageId }: SearchPlace): string => `${at.getTime()}-${messageId}`;

export function createSearchService(parts: SearchServiceParts): SearchService {
  const { repository, source, rooms, bus, clock, log, apart = () => false } = parts;
  const page = parts.limits?.page ?? SEARCH_LIMITS.page;
  const rate = createTokenBucket(parts.limits?.rate ?? SEARCH_LIMITS.rate, clock);
  const people = createSearchAuthors(parts);
  const indexer = createSearchIndexer({ source, repository, log });
  bus.on('room.changed', ({ roomId }) => indexer.notice(roomId));
  bus.on('search.took-elsewhere', ({ userId }) => void rate.take(userId));

  /** Insists on reading; null where she only sees that there is a room. */
  async function readable(actor: Actor, roomId: string): Promise<[string, FoundRoom] | null> {
    try {
      const { slug, name } = await rooms.authorise(actor, roomId);
      return [roomId, { roomSlug: slug, roomName: name }];
    } catch (error) {
      if (isAppError(error) && (error.code === 'forbidden' || error.code === 'not-found')) return null;
      throw error;
    }
  }

  async function roomsFor(actor: Actor, slug: string | null | undefined): Promise<Map<string, FoundRoom>> {
    if (slug) {
      const { id, name } = await rooms.bySlug(actor, slug);
      await rooms.authorise(actor, id);
      return new Map([[id, { roomSlug: slug, roomName: name }]]);
    }
    const list = await rooms.list(actor);
    const found = await Promise.all(list.map(({ roomId }) => readable(actor, roomId)));
    return new Map(found.filter((room) => room !== null));
  }

  /** Looks at the message as it is now: the row may be a moment old. */
  function resultOf(
    view: MessageView,
    terms: readonly SearchTerm[],
    { allowed, roots }: { allowed: Map<string, FoundRoom>; roots: Map<string, number> },
  ): SearchResultView | null {
    const room = allowed.get(view.roomId);
    if (!room || view.text === null) return null;
    const keys = new Set(textKeys(view.text));
    if (!terms.every((term) => meets(keys, term))) return null;
    const { id: messageId, seq, threadId, author, at } = view;
    const rootSeq = threadId === null ? undefined : roots.get(threadId);
    const root = threadId === null || rootSeq === undefined ? null : { messageId: threadId, seq: rootSeq };
    return { messageId, ...room, seq, root, author, at, parts: excerptOf(view.text, terms) };
  }

  async function resultsOf(viewerId: string, found: SearchPlace[], query: RowQuery, allowed: Map<string, FoundRoom>) {
    const views = await source.messages(found.map(({ messageId }) => messageId));
    const byId = new Map(views.map((view) => [view.id, view]));
    const threads = [...new Set(views.flatMap(({ threadId }) => threadId ?? []))];
    const roots = new Map((threads.length > 0 ? await source.messages(threads) : []).map(({ id, seq }) => [id, seq]));
    return found.flatMap(({ messageId }) => {
      const view = byId.get(messageId);
      if (!view || (query.authorIds && !query.authorIds.includes(view.author?.id ?? ''))) return [];
      if (view.author && apart(viewerId, view.author.id)) return [];
      return resultOf(view, query.terms, { allowed, roots }) ?? [];
    });
  }

  async function pageOf(viewerId: string, query: RowQuery, allowed: Map<string, FoundRoom>): Promise<SearchPageView> {
    const results: SearchResultView[] = [];
    let { before } = query;
    for (let round = 0; round < ROUNDS; round++) {
      const open = page - results.length;
      const found = await repository.find({ ...query, before, limit: open + 1 });
      const shown = found.slice(0, open);
      results.push(...(await resultsOf(viewerId, shown, query, allowed)));
      before = shown.at(-1) ?? null;
      if (found.length <= open || !before) return { results, next: null };
      if (results.length >= page) break;
    }
    return { results, next: before && cursorOf(before) };
  }

  async function search(
    actor: Actor,
    input: unknown,
    among: (room: string | null | undefined) => Promise<Map<string, FoundRoom>>,
  ): Promise<SearchPageView> {
    const { query, room, author, by, from, to, before } = parse(searchSchema, input);
    const terms = termsOf(query);
    if (terms.length === 0 && !by && !author) throw new AppError('input.empty', { field: 'query' });
    const seconds = rate.take(actor.id);
    if (seconds > 0) throw new AppError('rate.limited', { seconds });
    bus.emit('search.took', { userId: actor.id });
    const allowed = await among(room);
    const roomIds = [...allowed.keys()];
    const authorIds = by ? await people.meant(actor.id, roomIds, by, author ?? null) : author ? [author] : null;
    const asked = {
      roomIds,
      terms,
      authorIds,
      from: from ? startOfDay(from) : null,
      until: to ? startOfDay(to, true) : null,
      before: before ? placeOf(before) : null,
      limit: page,
    };
    return allowed.size === 0 || authorIds?.length === 0
      ? { results: [], next: null }
      : pageOf(actor.id, asked, allowed);
  }

  return {
    find: (actor, input) => search(actor, input, (room) => roomsFor(actor, room)),
    findIn: (actor, roomId, input) =>
      search(actor, input, async () => {
        const { slug, name } = await rooms.authorise(actor, roomId);
        return new Map([[roomId, { roomSlug: slug, roomName: name }]]);
      }),

    authors: async (actor) => people.names(actor.id, [...(await roomsFor(actor, null)).keys()]),
    forget: (messageIds) => repository.forget(messageIds),
    forgetAuthor: (userId) => repository.forgetAuthor(userId),
    recover: () =>
      indexer.recover().catch((error: unknown) => log.warn({ err: error }, 'search index not yet recovered')),
    flush: () => indexer.flush(),
  };
}
