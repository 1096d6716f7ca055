// Fills an empty hub with the demo community, through the services. Imported by the entry in demo mode and by tests.
import type { Connection } from 'mongoose';
import type { Role } from '#shared/accounts.ts';
import { isAppError } from '#shared/errors.ts';
import type { Locale } from '#shared/locales.ts';
import { COMMUNITY_LANGUAGES } from '#shared/text/languages.ts';
import type { Actor, ClientContext } from '../../domain/kernel/actor.ts';
import type { SeedClock } from './clock.ts';
import { scheduleMessages, type ScheduledMessage } from './conversations/schedule.ts';
import { setOfficeHours, type SeedOfficeHours } from './office-hours.ts';
import { DEMO_PASSWORD, PERSON_KEYS, personOf, SIGN_IN_KEYS, type PersonKey } from './people.ts';
import { createSeedRepository } from './seed.repository.ts';

/** What the seed needs of the hub. */
export interface SeedHub {
  database: { connection: Connection };
  accounts: {
    firstInvitation(): Promise<{ code: string } | null>;
    createInvitation(actor: Actor, input: unknown): Promise<{ code: string }>;
    register(input: unknown, context: ClientContext): Promise<{ actor: Actor }>;
    signIn(input: unknown, context: ClientContext): Promise<{ actor: Actor }>;
    signOutEverywhere(actor: Actor): Promise<unknown>;
  };
  rooms: {
    ensureFirstRooms(): Promise<void>;
    list(actor: Actor): Promise<{ roomId: string; slug: string; posts: number }[]>;
    markRead(actor: Actor, input: unknown): Promise<unknown>;
    join(actor: Actor, input: unknown): Promise<unknown>;
  };
  officeHours: SeedOfficeHours;
  messages: { post(actor: Actor, input: unknown): Promise<unknown> };
}

export interface DemoSignIn {
  role: Role;
  userName: string;
  password: string;
  displayName: string;
  locale: Locale;
}

type Progress = (text: string) => void;
type Actors = ReadonlyMap<PersonKey, Actor>;

const MINUTE = 60_000;

/**
 * Writes the demo community unless it is there, and answers the sign-ins to show. `clock` must be the hub's own clock: it is
 * set to the dates of the last two weeks meanwhile, and runs on real time afterwards; so call this before the hub listens.
 * A run that was cut off is completed by the next one. Null: the hub belongs to a real community and was left alone.
 */
export async function seedDemo(
  hub: SeedHub,
  clock: SeedClock,
  onProgress: Progress = () => undefined,
): Promise<{ signIns: DemoSignIn[] } | null> {
  const marks = createSeedRepository(hub.database.connection);
  const state = await marks.state();
  if (state === 'finished') return { signIns: signIns() };
  const now = clock.now();
  const plan = scheduleMessages(now);
  try {
    // a little before the first message; everything after it moves forward in time
    clock.setNow(new Date((plan[0]?.at ?? now).getTime() - (PERSON_KEYS.length + 5) * MINUTE));
    const actors = await joinEverybody({
      hub,
      clock,
      onProgress,
      again: state === 'begun',
      begin: () => marks.begin(now),
    });
    if (!actors) return null;
    await writeMessages({ hub, clock, onProgress, actors, plan });
    clock.setNow(now);
    await readRooms(hub, actors);
    await setOfficeHours(hub.officeHours, clock, (key) => actorOf(actors, key), now);
    for (const actor of actors.values()) await hub.accounts.signOutEverywhere(actor);
    await marks.finish(now);
    return { signIns: signIns() };
  } finally {
    clock.setNow(null);
  }
}

function signIns(): DemoSignIn[] {
  return SIGN_IN_KEYS.map((key) => {
    const { role, displayName, locale } = personOf(key);
    return { role, userName: key, password: DEMO_PASSWORD, displayName, locale };
  });
}

interface Join {
  hub: SeedHub;
  clock: SeedClock;
  onProgress: Progress;
  /** Some of them may be there from a run that was cut off. */
  again: boolean;
  begin(): Promise<void>;
}

/** Null when somebody else is the coordinator. */
async function joinEverybody({ hub, clock, onProgress, again, begin }: Join): Promise<Actors | null> {
  const first = await hub.accounts.firstInvitation();
  if (!first && !again) return null;
  await begin();
  await hub.rooms.ensureFirstRooms();
  const actors = new Map<PersonKey, Actor>();
  const codes = new Map<Role, string>();
  let coordinator: Actor | undefined;

  async function codeFor(role: Role): Promise<string | undefined> {
    if (!coordinator) return first?.code;
    const known = codes.get(role);
    if (known !== undefined) return known;
    const uses = PERSON_KEYS.filter((key) => personOf(key).role === role).length;
    const { code } = await hub.accounts.createInvitation(coordinator, { role, note: 'Demo', uses, days: 1 });
    codes.set(role, code);
    return code;
  }

  for (const [place, key] of PERSON_KEYS.entries()) {
    clock.setNow(new Date(clock.now().getTime() + MINUTE));
    // an address of its own for each (reserved for examples): limits are per address
    const context = { address: `192.0.2.${String(place + 1)}`, userAgent: '' };
    let actor = again ? await signInIfThere(hub, key, context) : undefined;
    if (!actor) {
      const { role, displayName, locale, languages } = personOf(key);
      const invitation = await codeFor(role);
      if (invitation === undefined) return null;
      // who helps sees everything
      const reads = role === 'member' ? COMMUNITY_LANGUAGES.filter((code) => languages.includes(code)) : [];
      const input = { code: invitation, locale, reads, displayName, userName: key, password: DEMO_PASSWORD };
      actor = (await hub.accounts.register(input, context)).actor;
    }
    coordinator ??= actor;
    actors.set(key, actor);
    if ((place + 1) % 8 === 0 || place + 1 === PERSON_KEYS.length) {
      onProgress(`demo community: ${String(place + 1)} of ${String(PERSON_KEYS.length)} people have joined`);
    }
  }
  return actors;
}

async function signInIfThere(hub: SeedHub, key: PersonKey, context: ClientContext): Promise<Actor | undefined> {
  try {
    return (await hub.accounts.signIn({ userName: key, password: DEMO_PASSWORD }, context)).actor;
  } catch (error) {
    if (isAppError(error) && error.code === 'auth.wrong-password') return undefined;
    throw error;
  }
}

interface Write {
  hub: SeedHub;
  clock: SeedClock;
  onProgress: Progress;
  actors: Actors;
  plan: readonly ScheduledMessage[];
}

async function writeMessages({ hub, clock, onProgress, actors, plan }: Write): Promise<void> {
  const roomIds = new Map<string, string>();
  for (const [place, { slug, by, text, at, clientId }] of plan.entries()) {
    const actor = actorOf(actors, by);
    if (roomIds.size === 0) for (const room of await hub.rooms.list(actor)) roomIds.set(room.slug, room.roomId);
    clock.setNow(at);
    await hub.messages.post(actor, { roomId: roomIds.get(slug), clientId, text });
    if ((place + 1) % 50 === 0 || place + 1 === plan.length) {
      onProgress(`demo community: ${String(place + 1)} of ${String(plan.length)} messages`);
    }
  }
}

/** Everybody is in every room, and has read everything but what `unread` says of her. Every other one shows her name. */
async function readRooms(hub: SeedHub, actors: Actors): Promise<void> {
  for (const [place, [key, actor]] of [...actors].entries()) {
    const { unread, role } = personOf(key);
    for (const { roomId, slug, posts } of await hub.rooms.list(actor)) {
      const read = posts - (unread?.[slug] ?? 0);
      if (read > 0) await hub.rooms.markRead(actor, { roomId, posts: read });
      await hub.rooms.join(actor, { roomId, shown: role !== 'member' || place % 2 === 0 });
    }
  }
}

function actorOf(actors: Actors, key: PersonKey): Actor {
  const actor = actors.get(key);
  if (!actor) throw new Error(`${key} has not joined the demo`);
  return actor;
}
