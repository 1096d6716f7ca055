// Real socket clients with a page's Origin and a login's cookie, and a room as a page keeps it. Tests only.
import { io, type Socket } from 'socket.io-client';
import { randomUUID } from 'node:crypto';
import type { ErrorView } from '#shared/errors.ts';
import type { MessageView } from '#shared/messages.ts';
import { applyChanges, applyJoin, emptyRoom, type RoomState } from '#shared/messages.reduce.ts';
import { SOCKET_PATH, type ClientToServer, type Result, type ServerToClient } from '#shared/realtime.ts';
import type { Answer, AnsweredEvent } from '../../server/realtime/types.ts';

export type TestSocket = Socket<ServerToClient, ClientToServer>;

/** Not connected yet. `cookie` null: a stranger; `origin` null: no Origin at all. */
export function openSocket(url: string, cookie: string | null, origin: string | null = url): TestSocket {
  return io(url, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 50,
    reconnectionDelayMax: 300,
    forceNew: true,
    extraHeaders: { ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}) },
  });
}

/** Resolves with null once connected, or with why it was refused. */
export function connect(socket: TestSocket): Promise<(Error & { data?: ErrorView }) | null> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('connect_error', (error) => resolve(error));
    socket.connect();
  });
}

/** Sends and waits for the answer; rejects after `timeout` milliseconds or when the connection breaks. */
export async function ask<Name extends AnsweredEvent>(
  socket: TestSocket,
  name: Name,
  input: unknown,
  timeout = 10_000,
): Promise<Result<Answer<Name>>> {
  const emitter = socket.timeout(timeout) as unknown as {
    emitWithAck(event: string, input: unknown): Promise<Result<Answer<Name>>>;
  };
  return emitter.emitWithAck(name, input);
}

/** The data of the answer; raises the error's code. */
export async function must<Name extends AnsweredEvent>(socket: TestSocket, name: Name, input: unknown) {
  const answer = await ask(socket, name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
  return answer.data;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `done` is true; fails with `what` after `timeout` milliseconds. */
export async function until(what: string, done: () => boolean | Promise<boolean>, timeout = 15_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`still waiting: ${what}`);
    await pause(20);
  }
}

export interface TestRoom {
  readonly socket: TestSocket;
  readonly state: RoomState;
  /** Gaps that made it join again. */
  readonly gaps: number;
  /** The first join was answered: what is written from now on is shown, whole. Before, a busy room is its newest page only. */
  readonly joined: boolean;
  /** Resolves with the stored message; tries again with the same id whatever happens, until it is acknowledged. */
  post(text: string, clientId?: string): Promise<MessageView>;
  close(): void;
}

/** Keeps a room as a page does: subscribes, buffers until the join is answered, applies envelopes, joins again at gaps and connects. */
export function followRoom(socket: TestSocket, roomId: string): TestRoom {
  let state = emptyRoom();
  let fresh = true;
  let gaps = 0;
  let joining = 0;
  let waiting: Parameters<ServerToClient['room:changes']>[0][] = [];

  async function join(): Promise<void> {
    const mine = ++joining;
    waiting = [];
    const answer = await ask(socket, 'room:join', { roomId, since: fresh ? null : state.rev }).catch(() => null);
    if (mine !== joining) return;
    if (!answer?.ok) {
      await pause(100);
      if (socket.connected && mine === joining) await join();
      return;
    }
    state = applyJoin(state, answer.data);
    fresh = false;
    joining = 0;
    for (const envelope of waiting.splice(0)) take(envelope);
  }
  function take(envelope: Parameters<ServerToClient['room:changes']>[0]): void {
    if (envelope.roomId !== roomId) return;
    if (joining > 0) {
      waiting.push(envelope);
      return;
    }
    const applied = applyChanges(state, envelope);
    state = applied.state;
    if (applied.outcome !== 'gap') return;
    gaps += 1;
    void join();
  }
  socket.on('connect', () => void join());
  socket.on('room:changes', take);
  socket.on('room:resync', (input) => void (input.roomId === roomId && join()));
  if (socket.connected) void join();

  return {
    socket,
    get state() {
      return state;
    },
    get gaps() {
      return gaps;
    },
    get joined() {
      return !fresh;
    },
    async post(text, clientId = randomUUID()) {
      for (;;) {
        const answer = await ask(socket, 'message:post', { roomId, clientId, text }, 5_000).catch(() => null);
        if (answer?.ok) return answer.data.message;
        const code = answer?.error.code ?? 'unavailable';
        if (code !== 'unavailable' && code !== 'rate.limited') throw new Error(code);
        await pause(code === 'rate.limited' ? Number(answer?.error.params?.seconds ?? 1) * 1000 : 100);
      }
    },
    close: () => socket.disconnect(),
  };
}
