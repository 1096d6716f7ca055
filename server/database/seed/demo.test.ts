// The order and the care of the demo seed, on a hub of a few maps. tests/integration/seed.test.ts runs it on the real one.
import type { Connection } from 'mongoose';
import { describe, expect, it } from 'vitest';
import type { Role } from '#shared/accounts.ts';
import { AppError } from '../../domain/kernel/app-error.ts';
import type { Actor } from '../../domain/kernel/actor.ts';
import { createSeedClock } from './clock.ts';
import { CONVERSATIONS } from './conversations/schedule.ts';
import { seedDemo, type SeedHub } from './demo.ts';
import { DEMO_PASSWORD, PERSON_KEYS, personOf } from './people.ts';

interface Input {
  code: string;
  userName: string;
  password: string;
  role: Role;
  uses: number;
  roomId: string;
  clientId: string;
  text: string;
  posts: number;
}

/** Keeps what a database would keep; `cutAfter` calls of a service the process "dies". */
function makeHub() {
  const clock = createSeedClock();
  const marks = new Map<string, object>();
  const users = new Map<string, Actor>();
  const invitations = new Map<string, { role: Role; left: number }>();
  const posts = new Map<string, { clientId: string; by: string; text: string; at: Date }[]>();
  const reads: Record<string, number> = {};
  const joined = new Set<string>();
  const schedules = new Set<string>();
  const onDuty = new Set<string>();
  let left = Infinity;
  let calls = 0;
  const logins = new Set<string>();
  const tick = <T>(value: () => T): Promise<T> => {
    calls++;
    if (left-- <= 0) return Promise.reject(new Error('killed'));
    return Promise.resolve(value());
  };
  const invite = (role: Role, uses: number) => {
    const code = `code-${String(invitations.size)}`;
    invitations.set(code, { role, left: uses });
    return { code };
  };
  const signedIn = (actor: Actor) => ({ actor: logins.add(actor.userName) && actor });
  const marksCollection = {
    findOne: () => tick(() => marks.get('demo') ?? null),
    updateOne: (_filter: object, update: { $set?: object; $setOnInsert?: object }) =>
      tick(() => marks.set('demo', { ...update.$setOnInsert, ...marks.get('demo'), ...update.$set })),
  };
  const hub: SeedHub = {
    database: { connection: { collection: () => marksCollection } as unknown as Connection },
    accounts: {
      firstInvitation: () =>
        tick(() => ([...users.values()].some(({ role }) => role === 'coordinator') ? null : invite('coordinator', 1))),
      createInvitation: (_actor, input) => tick(() => invite((input as Input).role, (input as Input).uses)),
      register: (input) =>
        tick(() => {
          const { code, userName } = input as Input;
          const invitation = invitations.get(code);
          if (!invitation || invitation.left-- <= 0) throw new AppError('auth.invitation-invalid');
          if (users.has(userName)) throw new AppError('auth.name-taken');
          const person = { displayName: userName, locale: 'de', sessionId: userName } as const;
          users.set(userName, { ...person, id: userName, userName, role: invitation.role });
          return signedIn(users.get(userName) as Actor);
        }),
      signIn: (input) =>
        tick(() => {
          const actor = users.get((input as Input).userName);
          if (!actor || (input as Input).password !== DEMO_PASSWORD) throw new AppError('auth.wrong-password');
          return signedIn(actor);
        }),
      signOutEverywhere: (actor) => tick(() => logins.delete(actor.userName)),
    },
    rooms: {
      ensureFirstRooms: () => tick(() => CONVERSATIONS.forEach(({ slug }) => posts.has(slug) || posts.set(slug, []))),
      list: () => tick(() => [...posts].map(([slug, list]) => ({ roomId: slug, slug, posts: list.length }))),
      markRead: (actor, input) => {
        const { roomId, posts: read } = input as Input;
        return tick(() => (reads[`${actor.userName} ${roomId}`] = read));
      },
      join: (actor, input) => tick(() => joined.add(`${actor.userName} ${(input as Input).roomId}`)),
    },
    officeHours: {
      create: (_actor, input) => tick(() => ({ id: schedules.add((input as Input).clientId) && 'f'.repeat(24) })),
      joinHosts: () => tick(() => null),
      checkIn: (actor) => tick(() => onDuty.add(actor.userName)),
      follow: () => tick(() => null),
      seen: () => tick(() => null),
    },
    messages: {
      post: (actor, input) =>
        tick(() => {
          const { roomId, clientId, text } = input as Input;
          const room = posts.get(roomId) ?? [];
          const known = room.find((post) => post.clientId === clientId);
          if (known && known.text !== text) throw new AppError('message.id-reused');
          if (!known) room.push({ clientId, by: actor.userName, text, at: clock.now() });
        }),
    },
  };
  const kill = (after: number) => (left = after);
  return { hub, clock, users, posts, reads, joined, schedules, onDuty, logins, kill, calls: () => calls };
}

function expectComplete({ users, posts, joined, schedules, onDuty, logins, clock }: ReturnType<typeof makeHub>) {
  expect([...users.values()].map(({ userName, role }) => [userName, role])).toEqual(
    PERSON_KEYS.map((key) => [key, personOf(key).role]),
  );
  for (const { slug, messages } of CONVERSATIONS) {
    const room = posts.get(slug) ?? [];
    expect(room.map(({ by, text }) => [by, text])).toEqual(messages.map(({ by, text }) => [by, text]));
    const times = room.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
  expect(joined.size).toBe(users.size * posts.size);
  expect(schedules.size).toBe(6);
  expect([...onDuty]).toEqual(['oksana', 'hiba']);
  expect(logins.size).toBe(0);
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(5_000);
}

describe('the demo seed', () => {
  it('fills an empty hub, leaves nobody signed in and gives the clock back', async () => {
    const made = makeHub();
    const said: string[] = [];
    const result = await seedDemo(made.hub, made.clock, (text) => said.push(text));
    expectComplete(made);
    expect(result?.signIns.map(({ userName }) => userName)).toContain('katrin');
    expect(said.at(-1)).toContain('166 of 166 messages');
  });

  it('leaves unread what people have not read', async () => {
    const made = makeHub();
    await seedDemo(made.hub, made.clock);
    const total = made.posts.get('jobs')?.length ?? 0;
    expect(made.reads['nour jobs']).toBe(total - 3);
    expect(made.reads['zirka jobs']).toBe(total);
    expect(made.reads['rima jobs']).toBeUndefined();
  });

  it('asks one question only when everything is there', async () => {
    const made = makeHub();
    const first = await seedDemo(made.hub, made.clock);
    const before = made.calls();
    expect(await seedDemo(made.hub, made.clock)).toEqual(first);
    expect(made.calls() - before).toBe(1);
    expectComplete(made);
  });

  it('leaves the hub of a real community alone', async () => {
    const made = makeHub();
    const link = await made.hub.accounts.firstInvitation();
    await made.hub.accounts.register({ code: link?.code, userName: 'ada' }, { address: '', userAgent: '' });
    expect(await seedDemo(made.hub, made.clock)).toBeNull();
    expect([...made.users.keys()]).toEqual(['ada']);
    expect(made.posts.size).toBe(0);
  });

  it('completes what a run left that was cut off, wherever that was', async () => {
    const whole = makeHub();
    await seedDemo(whole.hub, whole.clock);
    for (let after = 0; after < whole.calls(); after += 3) {
      const made = makeHub();
      made.kill(after);
      await expect(seedDemo(made.hub, made.clock)).rejects.toThrow('killed');
      made.kill(Infinity);
      expect(await seedDemo(made.hub, made.clock)).not.toBeNull();
      expectComplete(made);
    }
  });

  it('gives the clock back when it was cut off', async () => {
    const made = makeHub();
    made.kill(40);
    await expect(seedDemo(made.hub, made.clock)).rejects.toThrow('killed');
    expect(Math.abs(made.clock.now().getTime() - Date.now())).toBeLessThan(5_000);
  });
});
