// The audit log on a test database, as one or more processes write it, with a movable clock. Tests only.
import { newId } from '../../server/domain/kernel/ids.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { createAuditModels } from '../../server/domain/audit/audit.model.ts';
import { createAuditRepository } from '../../server/domain/audit/audit.repository.ts';
import { createAuditService } from '../../server/domain/audit/audit.service.ts';
import type { PersonView, Role } from '../../src/lib/shared/accounts.ts';
import { openTestDatabase } from './database.ts';

export async function openAudit() {
  const database = await openTestDatabase();
  const models = createAuditModels(database.connection);
  for (const model of Object.values(models)) await model.createIndexes();
  const repository = createAuditRepository(models);
  const people = new Map<string, PersonView>();
  let time = new Date('2026-08-01T10:00:00Z').getTime();
  const clock = { now: () => new Date(time) };
  const make = () =>
    createAuditService({
      repository,
      clock,
      log: silentLogger,
      personViews: (ids) => Promise.resolve(new Map([...people].filter(([id]) => ids.includes(id)))),
      casesAbout: () => Promise.resolve(new Map()),
      idOf: (userName) =>
        Promise.resolve(
          [...people.values()].find(({ displayName }) => displayName.toLowerCase() === userName)?.id ?? null,
        ),
    });
  return {
    models,
    repository,
    audit: make(),
    /** The same log, written by another process. */
    another: make,
    move: (days: number) => {
      time += days * 24 * 60 * 60 * 1000;
    },
    person(displayName: string, role: Role = 'moderator'): Actor {
      const id = newId();
      people.set(id, { id, displayName, role, hue: 1 });
      return { id, role, userName: displayName.toLowerCase(), displayName, locale: 'en', sessionId: newId() };
    },
    close: () => database.close(),
  };
}
