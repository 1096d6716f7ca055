// Every socket event is sent by women under a mute, a suspension and a ban, and by mentors, moderators and coordinators: what they lose, and what is theirs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../server/domain/kernel/ids.ts';
import type { EventName } from '../server/realtime/types.ts';
import { asStaff, STAFF_EVENTS } from './support/closed.staff.ts';
import { EVENTS, goodInput, MUTED } from './support/closed.ts';
import { startTestHub, type TestHub } from './support/hub.ts';
import { ask, connect, openSocket, type TestSocket } from './support/sockets.ts';

const forever = { roomId: null, until: null };

describe('socket events', () => {
  let running: TestHub;
  let socket: TestSocket;
  let roomId = '';
  const sockets = {} as Record<'muted' | 'mentor' | 'moderator' | 'coordinator', TestSocket>;

  beforeAll(async () => {
    running = await startTestHub();
    const coordinator = await running.join('coordinator', 'coordinator');
    const person = await running.join('muted');
    roomId = await running.roomId();
    await running.hub.accounts.sanction(person.actor.id, { id: newId(), kind: 'mute', ...forever });
    const staff = { mentor: await running.join('mentor', 'mentor'), moderator: await running.join('mod', 'moderator') };
    for (const [standing, { cookie }] of Object.entries({ muted: person, ...staff, coordinator })) {
      const one = openSocket(running.origin, cookie);
      sockets[standing as keyof typeof sockets] = one;
      expect(await connect(one)).toBeNull();
    }
    socket = sockets.muted;
  }, 60_000);
  afterAll(async () => {
    for (const one of Object.values(sockets)) one.disconnect();
    await running.close();
  });

  test.each(['suspension', 'ban'] as const)('a woman under a %s has no socket to send any of them by', async (kind) => {
    const person = await running.join(`under-${kind}`);
    await running.hub.accounts.sanction(person.actor.id, { id: newId(), kind, ...forever });
    const refused = openSocket(running.origin, person.cookie);
    refused.io.reconnection(false);
    expect((await connect(refused))?.data?.code).toBe('forbidden');
    refused.disconnect();
  });

  test.each(Object.entries(EVENTS))(
    '%s gives a muted woman what every member gets, unless the mute takes it',
    async (name, kind) => {
      if (kind === 'silent') {
        socket.emit(name as 'room:typing', goodInput(roomId));
        await ask(socket, 'notes:look', {});
        expect(running.hub.presence.view(roomId).typing).toEqual([]);
        return;
      }
      const answer = await ask(socket, name as Exclude<EventName, 'room:typing'>, goodInput(roomId));
      expect(answer.ok ? 'ok' : answer.error.code).toBe(MUTED[name as EventName] ?? kind);
    },
  );

  test.each(Object.entries(EVENTS).filter(([, kind]) => kind !== 'silent'))(
    '%s gives mentors, moderators and coordinators what is named for them',
    async (name, kind) => {
      const expected = asStaff(STAFF_EVENTS[name as EventName], kind);
      const got: Record<string, string> = {};
      for (const standing of ['mentor', 'moderator', 'coordinator'] as const) {
        const answer = await ask(sockets[standing], name as Exclude<EventName, 'room:typing'>, goodInput(roomId));
        got[standing] = answer.ok ? 'ok' : answer.error.code;
      }
      expect(got).toEqual(expected);
    },
  );
});
