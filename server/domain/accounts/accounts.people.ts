// Herself and other people: profile, language, lists, views for other areas. Part of the accounts service.
import {
  exitSchema,
  localeSchema,
  pageSchema,
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
import { pageOf, type Parts } from './accounts.parts.ts';
import { mayListPeople } from './accounts.policy.ts';
import { helpedPersonView, meView, personView, unknownPerson } from './accounts.views.ts';

export function createPeople({ users, bus }: Parts) {
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

    /** Everyone, newest first; `canReset` and the user name where her role is strictly lower. Raises forbidden. */
    async people(actor: Actor, input: unknown): Promise<Page<HelpedPersonView>> {
      const { before } = parse(pageSchema, input);
      insist(mayListPeople(actor));
      const rows = await users.page(before, LIMITS.listPage + 1);
      return pageOf(rows, LIMITS.listPage, (user) => helpedPersonView(actor, user));
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
