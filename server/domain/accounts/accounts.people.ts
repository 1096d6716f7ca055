// Herself and other people: profile, language, lists, views for other areas. Part of the accounts service.
import {
  exitSchema,
  localeSchema,
  peopleSchema,
  presenceSchema,
  profileSchema,
  readsSchema,
  type HelpedPersonView,
  type MeView,
  type Page,
  type PersonView,
  type Role,
} from '#shared/accounts.ts';
import type { Locale } from '#shared/locales.ts';
import { LIMITS } from '#shared/limits.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { shutOutOf } from '../kernel/sanctions.ts';
import { pageOf, type Parts } from './accounts.parts.ts';
import { mayListPeople, seesAllInvitations } from './accounts.policy.ts';
import { helpedPersonView, meView, personView, unknownPerson } from './accounts.views.ts';

export function createPeople({ users, bus, clock }: Parts) {
  async function change(actor: Actor, fields: Parameters<typeof users.update>[1]): Promise<MeView> {
    const user = await users.update(actor.id, fields);
    if (!user) throw new AppError('auth.required');
    return meView(user);
  }

  return {
    me: (actor: Actor): MeView => meView(actor),

    /** Raises input.*, unavailable. */
    async updateProfile(actor: Actor, input: unknown): Promise<MeView> {
      const { displayName } = parse(profileSchema, input);
      const me = await change(actor, { displayName });
      bus.emit('user.changed', { userId: actor.id });
      return me;
    },

    /** Raises input.*, unavailable. */
    setLocale: async (actor: Actor, input: unknown): Promise<MeView> => change(actor, parse(localeSchema, input)),

    /** The languages she reads; none: nothing is folded for her. Raises input.*, unavailable. */
    setReads: async (actor: Actor, input: unknown): Promise<MeView> => change(actor, parse(readsSchema, input)),

    /** Whether others see her name among those who are here; holds at once. Raises input.*, unavailable. */
    async setPresence(actor: Actor, input: unknown): Promise<MeView> {
      const me = await change(actor, parse(presenceSchema, input));
      bus.emit('user.changed', { userId: actor.id });
      return me;
    },

    /** Where the quick exit leads, and whether her pages are disguised. Raises input.*, unavailable. */
    setExit: async (actor: Actor, input: unknown): Promise<MeView> => change(actor, parse(exitSchema, input)),

    /**
     * Everyone, newest first; `canReset` and the user name where her role is strictly lower; for moderators who invited
     * whom and who is shut out, and `by` a person only those whom she invited. Raises forbidden.
     */
    async people(actor: Actor, input: unknown): Promise<Page<HelpedPersonView>> {
      const { before, by } = parse(peopleSchema, input);
      insist(mayListPeople(actor));
      const chain = seesAllInvitations(actor);
      if (by !== undefined && !chain) throw new AppError('forbidden');
      const rows = await users.page(before, LIMITS.listPage + 1, by);
      const inviters = chain ? await users.persons([...new Set(rows.flatMap(({ invitedBy }) => invitedBy ?? []))]) : [];
      const byId = new Map(inviters.map((person) => [person.id, personView(person)]));
      return pageOf(rows, LIMITS.listPage, (user) => {
        const view = helpedPersonView(actor, user, byId.get(user.invitedBy ?? ''));
        const shutOut = chain ? shutOutOf(user, clock.now()) : null;
        return shutOut ? { ...view, shutOut: { until: shutOut.until?.toISOString() ?? null } } : view;
      });
    },

    /** Whose user name it is, for other areas; null: nobody's. */
    idOf: async (userName: string): Promise<string | null> => (await users.byUserName(userName))?.id ?? null,

    /** The language of her pages, for other areas; null: there is no such account. */
    localeOf: async (id: string): Promise<Locale | null> => (await users.byId(id))?.locale ?? null,

    /** How many joined since then, at most `most`. */
    joinedSince: (since: Date, most: number): Promise<number> => users.countJoined(since, most),
    /** Everybody with one of these roles. */
    idsWithRole: (roles: Role[]): Promise<string[]> => users.idsWithRole(roles),

    /** How these people look to members, for other areas; each id has an entry, a nameless one when it is unknown. */
    async personViews(ids: string[]): Promise<Map<string, PersonView>> {
      const wanted = [...new Set(ids)];
      const found = new Map((await users.persons(wanted)).map((person) => [person.id, personView(person)]));
      return new Map(wanted.map((id) => [id, found.get(id) ?? unknownPerson(id)]));
    },
  };
}
