// The search on a test database, as one process would run it beside the rooms and messages areas. Tests only.
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { createMessagesRepository } from '../../server/domain/messages/messages.repository.ts';
import { createMessageViews } from '../../server/domain/messages/messages.views.ts';
import { createSearchModels } from '../../server/domain/search/search.model.ts';
import { createSearchRepository } from '../../server/domain/search/search.repository.ts';
import { createSearchService, type SearchServiceParts } from '../../server/domain/search/search.service.ts';
import { createSearchSource } from '../../server/domain/search/search.source.ts';
import type { Live } from './live.ts';

const unlimited = { burst: 1_000_000, perSecond: 1_000_000 };
const models = new WeakMap<object, ReturnType<typeof createSearchModels>>();

export interface SearchOptions extends Partial<Pick<SearchServiceParts, 'rooms' | 'limits' | 'clock'>> {
  /** Fails as the accounts area would when the database is away. */
  fails?: () => boolean;
}

/** Listens to the bus of `live` from now on; indexes are made. */
export async function openSearch(live: Live, people: readonly Actor[], options: SearchOptions = {}) {
  const own = models.get(live.connection) ?? createSearchModels(live.connection);
  models.set(live.connection, own);
  for (const model of Object.values(own)) await model.createIndexes();
  const messages = createMessagesRepository(live.models);
  const known = people.map(({ id, displayName, role }) => [id, { id, displayName, role, hue: 1 }] as const);
  const clock = options.clock ?? { now: () => new Date() };
  const views = createMessageViews({ personViews: () => Promise.resolve(new Map(known)), messages, clock });
  const source = createSearchSource({
    models: live.models,
    rooms: live.repository,
    views: async (ids) => {
      if (options.fails?.()) throw new Error('away');
      return views.messages(await messages.byIds(ids));
    },
  });
  const repository = createSearchRepository(own);
  const search = createSearchService({
    repository,
    source,
    rooms: options.rooms ?? live.rooms,
    personViews: (ids) => Promise.resolve(new Map(known.filter(([id]) => ids.includes(id)))),
    bus: live.bus,
    clock,
    log: silentLogger,
    limits: { rate: unlimited, ...options.limits },
  });
  return { search, repository, source, models: own };
}
