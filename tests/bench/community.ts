// The hub's people for the bench: made once through its own services, with logins; only the password hash is cheap. Bench only.
import type { Hub } from '../../server/hub.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { AppError } from '../../server/domain/kernel/app-error.ts';
import { TEST_PASSWORD } from '../support/hub.ts';
import { withHub } from '../support/servers.ts';

export interface Community {
  cookies: string[];
  roomId: string;
}

const context = { address: '192.0.2.1', userAgent: 'bench' };
const USES = 100;
const ROOM = 'jobs';

/**
 * `count` people with a login each: the first is the coordinator, then come so many `mentors`, then members. `also` runs
 * before the hub closes.
 */
export function makeCommunity(
  folder: string,
  count: number,
  also: (hub: Hub, people: Actor[]) => Promise<void> = () => Promise.resolve(),
  mentors = 0,
): Promise<Community> {
  return withHub({ folder }, async (hub) => {
    const { accounts, door, rooms, messages } = hub;
    const people: Actor[] = [];
    const cookies: string[] = [];
    async function join(code: string | undefined): Promise<Actor> {
      const userName = `person-${people.length}`;
      const person = { locale: 'de', displayName: `Person ${people.length}`, userName, password: TEST_PASSWORD, code };
      const { actor, setCookie } = await accounts.register(person, context);
      people.push(actor);
      cookies.push(setCookie.split(';')[0] ?? '');
      return actor;
    }
    const first = await join((await accounts.firstInvitation())?.code);
    let code = '';
    while (people.length < count) {
      if (people.length % USES === 1 || people.length === mentors + 1) {
        const role = people.length <= mentors ? 'mentor' : 'member';
        code = (await accounts.createInvitation(first, { role, note: '', uses: USES, days: 1 })).code;
      }
      try {
        await join(code);
      } catch (error) {
        // So many newcomers at once are a raid to the door: the coordinator opens it again.
        if (!(error instanceof AppError) || error.code !== 'auth.door-closed') throw error;
        await door.set(first, { open: true });
      }
    }
    const roomId = (await rooms.list(first)).find(({ slug }) => slug === ROOM)?.roomId ?? '';
    await also(hub, people);
    await messages.flush();
    return { cookies, roomId };
  });
}
