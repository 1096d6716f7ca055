// The audit log: every use of power, written before the act. Other areas call `record`; moderators and coordinators read it.
import {
  auditExportSchema,
  auditPageSchema,
  type AuditAction,
  type AuditActorKind,
  type AuditPage,
  type AuditTargetKind,
  type AuditView,
} from '#shared/audit.ts';
import type { PersonView } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import { startOfDay } from '../kernel/days.ts';
import type { Logger } from '../kernel/logger.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { AuditEntry, AuditFilter, AuditSide } from './audit.entities.ts';
import { csvHead, csvLine, jsonLine } from './audit.export.ts';
import { isOwnCase, mayReadAudit } from './audit.policy.ts';
import type { AuditRepository } from './audit.repository.ts';
import { placeOf, verifyAudit, type AuditReport } from './audit.verify.ts';
import { createAuditWriter } from './audit.writer.ts';

/** What is written down of an act. */
interface AuditAct {
  action: AuditAction;
  /** Of kind 'user': the person is named beside the chain and can be erased. `id` left out: the kind says enough. */
  target?: { kind: AuditTargetKind; id?: string };
  /** Whom it concerns when the target is no person. Everyone who reads the log sees it: never the author of an anonymous message. */
  person?: string;
  /** In her own words; erased with the person it concerns. */
  reason?: string;
}
/** What other areas get. */
export interface AuditPort {
  /**
   * Resolves when the act stands in the log for good: only then go on with it. Raises when it cannot be written: then the
   * act must not happen. `actor`: who acts, or what acts without a person.
   */
  record(actor: Pick<Actor, 'id'> | Exclude<AuditActorKind, 'user'>, act: AuditAct): Promise<void>;
}
/** For who has a right to know who acted on her own words. */
export interface AuditLooks {
  /** Newest first; people who were erased are left out. */
  actsOn(action: AuditAction, targetId: string, limit: number): Promise<{ actorId: string; at: Date }[]>;
}

interface Parts {
  repository: AuditRepository;
  clock: Clock;
  log: Logger;
  personViews(ids: string[]): Promise<Map<string, PersonView>>;
  /** The account's id, null when there is none. */
  idOf(userName: string): Promise<string | null>;
  /** Whom each of these cases is about; one that is gone is left out. */
  casesAbout(caseIds: string[]): Promise<ReadonlyMap<string, string>>;
}
export type AuditService = ReturnType<typeof createAuditService>;

const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60_000;
/** Nobody has this id: a name that nobody has finds nothing. */
const NOBODY = '0'.repeat(24);

/** For commands and tests that only write. */
export function createAuditRecorder({
  repository,
  clock,
  log,
}: Pick<Parts, 'repository' | 'clock' | 'log'>): AuditPort & AuditLooks {
  const writer = createAuditWriter({ repository, clock, log });
  return {
    async actsOn(action, targetId, limit) {
      const entries = await repository.page({ action, about: targetId }, null, limit);
      const sides = await repository.sidesOf(entries.map(({ id }) => id));
      return entries.flatMap(({ id, at }) => {
        const actorId = sides.get(id)?.actor;
        return actorId ? [{ actorId, at }] : [];
      });
    },

    record(actor, { action, target, person, reason }) {
      const by = typeof actor === 'string' ? actor : 'user';
      const ofUser = target?.kind === 'user';
      const kept = target ? { kind: target.kind, id: ofUser ? null : (target.id ?? null) } : null;
      const whom = (ofUser ? target.id : person) ?? null;
      const words = reason?.trim().slice(0, LIMITS.auditReason) || null;
      const who = typeof actor === 'string' ? null : actor.id;
      return writer.append({ action, by, target: kept, actor: who, person: whom, reason: words });
    },
  };
}

export function createAuditService(parts: Parts) {
  const { repository, clock, personViews, idOf, casesAbout } = parts;
  const { record, actsOn } = createAuditRecorder(parts);

  const person = async (given: string | undefined): Promise<string | undefined> => {
    if (given === undefined || /^[0-9a-f]{24}$/.test(given)) return given;
    return (await idOf(given)) ?? NOBODY;
  };

  async function filterOf(asked: {
    action?: AuditAction | undefined;
    by?: string | undefined;
    about?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
  }): Promise<AuditFilter> {
    const { action, from, to } = asked;
    return {
      action,
      actor: await person(asked.by),
      about: await person(asked.about),
      from: from === undefined ? undefined : startOfDay(from),
      until: to === undefined ? undefined : startOfDay(to, true),
    };
  }

  function viewOf(entry: AuditEntry, side: AuditSide | undefined, people: Map<string, PersonView>): AuditView {
    const { seq, at, action, by, target, sealed } = entry;
    const named = (id: string | null | undefined): PersonView | null => (id ? (people.get(id) ?? null) : null);
    return {
      ...{ seq, at: at.toISOString(), action, by, target },
      actor: named(side?.actor),
      person: named(side?.person),
      reason: side?.reason ?? null,
      erased: (['actor', 'person', 'reason'] as const).some((part) => sealed[part] !== null && !side?.[part]),
    };
  }

  /** Without what was done about a case of the viewer's own: it would say who reported her. */
  async function views({ id }: Actor, entries: AuditEntry[]): Promise<AuditView[]> {
    const sides = await repository.sidesOf(entries.map((entry) => entry.id));
    const ofCases = entries.flatMap(({ target }) => (target?.kind === 'case' && target.id ? [target.id] : []));
    const cases = await casesAbout([...new Set(ofCases)]);
    const seen = entries.filter((entry) => !isOwnCase(id, entry, sides.get(entry.id)?.person ?? null, cases));
    const ids = [...sides.values()].flatMap((side) => [side.actor, side.person]).filter((one) => one !== null);
    const people = await personViews(ids);
    return seen.map((entry) => viewOf(entry, sides.get(entry.id), people));
  }

  async function* lines(viewer: Actor, filter: AuditFilter, format: 'csv' | 'json'): AsyncGenerator<string> {
    yield format === 'csv' ? csvHead() : '[';
    let before: number | null = null;
    let first = true;
    for (;;) {
      const entries: AuditEntry[] = await repository.page(filter, before, LIMITS.auditExportChunk);
      for (const view of await views(viewer, entries)) {
        yield format === 'csv' ? csvLine(view) : jsonLine(view, first);
        first = false;
      }
      before = entries.at(-1)?.seq ?? null;
      if (before === null || entries.length < LIMITS.auditExportChunk) break;
    }
    if (format === 'json') yield '\n]\n';
  }

  return {
    record,
    actsOn,

    /** Newest first. Raises forbidden, input.*, unavailable. */
    async page(actor: Actor, input: unknown): Promise<AuditPage> {
      insist(mayReadAudit(actor));
      const { before, ...asked } = parse(auditPageSchema, input);
      const filter = await filterOf(asked);
      const found = await repository.page(filter, before === undefined ? null : Number(before), LIMITS.listPage + 1);
      const shown = found.slice(0, LIMITS.listPage);
      const next = found.length > LIMITS.listPage ? String(shown.at(-1)?.seq) : null;
      return { items: await views(actor, shown), next };
    },

    /** The same as a file, in pieces, after that was written down itself. Raises forbidden, input.*, unavailable. */
    async export(actor: Actor, input: unknown): Promise<AsyncIterable<string>> {
      insist(mayReadAudit(actor));
      const { format, ...asked } = parse(auditExportSchema, input);
      const filter = await filterOf(asked);
      await record(actor, { action: 'audit.exported', target: { kind: 'log', id: format } });
      return lines(actor, filter, format);
    },

    verify: (): Promise<AuditReport> => verifyAudit(repository),

    /** Takes away what names this person, after that was written down without her name; may run twice. */
    async erase(userId: string): Promise<void> {
      await record('hub', { action: 'audit.erased', target: { kind: 'log' } });
      await repository.erase({ person: userId }, ['person', 'reason']);
      await repository.erase({ actor: userId, person: null }, ['actor', 'reason']);
      await repository.erase({ actor: userId }, ['actor']);
    },

    /** What is older than two years goes; the place where it ended stays, here and in the log. Answers how many went. */
    async prune(): Promise<number> {
      const first = await repository.firstSince(new Date(clock.now().getTime() - LIMITS.auditDays * DAY));
      const upTo = (first ?? (await repository.last()))?.seq ?? 0;
      // what a crash left of an earlier pruning
      const before = await repository.anchor('pruned');
      if (before) await repository.drop(before.seq);
      const [end] = upTo > 1 && upTo - 1 > (before?.seq ?? 0) ? await repository.after(upTo - 2, 1) : [];
      if (!end) return 0;
      await record('hub', { action: 'audit.pruned', target: { kind: 'log', id: placeOf(end) } });
      await repository.raise('pruned', end);
      return repository.drop(end.seq);
    },

    /** At start: what a crash left of an act that was never written down, and never happened. */
    async recover(): Promise<void> {
      const old = (await repository.newestSides(LIMITS.listPage)).filter(
        ({ at }) => at.getTime() < clock.now().getTime() - MINUTE,
      );
      const known = await repository.known(old.map(({ id }) => id));
      for (const { id } of old) if (!known.has(id)) await repository.dropSide(id);
    },
  };
}
