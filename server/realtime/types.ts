// Socket.IO's types with the hub's contract filled in. Realtime only.
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Ack, ClientToServer, ServerToClient } from '#shared/realtime.ts';
import type { Actor } from '../domain/kernel/actor.ts';

interface SocketData {
  actor: Actor;
  /** How many events she may still send at once, and since when; milliseconds of a clock that nobody sets. */
  flood?: { tokens: number; at: number };
  /** Rooms she has open; a join that is overtaken by a leave must not end up inside. */
  open?: Map<string, symbol>;
  /** When she last typed there. */
  typedAt?: Map<string, number>;
}
export type LiveServer = Server<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;
export type LiveSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;

export type EventName = keyof ClientToServer;
/** What the ack of an event answers; never for events without an answer. */
export type Answer<Name extends EventName> =
  Parameters<ClientToServer[Name]> extends [unknown, Ack<infer T>] ? T : never;
export type AnsweredEvent = { [Name in EventName]: [Answer<Name>] extends [never] ? never : Name }[EventName];
