// Tickets as the services know them, and as the database has them. Imported by the tickets area and its tests.
import mongoose from 'mongoose';
import type { LastStep, TicketDocument } from './tickets.model.ts';

type Ids = 'officeHoursId' | 'ownerId' | 'heldBy' | 'hostId' | 'talkId' | 'invite' | 'handOver' | 'last';
export interface Step extends Omit<LastStep, 'by'> {
  by: string | null;
}
export interface Ticket extends Omit<TicketDocument, '_id' | 'active' | Ids> {
  id: string;
  officeHoursId: string;
  ownerId: string;
  heldBy: string | null;
  hostId: string | null;
  talkId: string | null;
  invite: { by: string; talkId: string } | null;
  handOver: string | null;
  last: Step;
}
export type NewTicket = Pick<
  Ticket,
  | 'id'
  | 'dropInId'
  | 'officeHoursId'
  | 'ownerId'
  | 'number'
  | 'firstName'
  | 'topic'
  | 'words'
  | 'languages'
  | 'how'
  | 'windows'
  | 'message'
  | 'state'
  | 'first'
  | 'dueAt'
>;
/** What a step may write besides the state. */
export type TicketChange = Partial<
  Pick<
    Ticket,
    | 'priority'
    | 'hostId'
    | 'heldBy'
    | 'calledAt'
    | 'dueAt'
    | 'talkId'
    | 'grouped'
    | 'invite'
    | 'handOver'
    | 'endedAt'
    | 'expireAt'
    | 'toldSoon'
    | 'toCount'
  >
>;

export const objectId = (id: string) => new mongoose.Types.ObjectId(id);
export const hex = (id: mongoose.Types.ObjectId | null | undefined): string | null => id?.toHexString() ?? null;

export function ticketOf(document: TicketDocument): Ticket {
  const { _id, active: _active, invite, last, ...rest } = document;
  return {
    ...rest,
    id: _id.toHexString(),
    officeHoursId: rest.officeHoursId.toHexString(),
    ownerId: rest.ownerId.toHexString(),
    heldBy: hex(rest.heldBy),
    hostId: hex(rest.hostId),
    talkId: hex(rest.talkId),
    invite: invite && { by: invite.by.toHexString(), talkId: invite.talkId.toHexString() },
    handOver: hex(rest.handOver),
    last: { ...last, by: hex(last.by) },
  };
}
/** Ids as the database has them. */
export function stored({ hostId, heldBy, talkId, invite, handOver, ...rest }: TicketChange) {
  const id = (value: string | null | undefined) => (value ? objectId(value) : null);
  return {
    ...rest,
    ...(hostId === undefined ? {} : { hostId: id(hostId) }),
    ...(heldBy ? { heldBy: objectId(heldBy) } : {}),
    ...(talkId === undefined ? {} : { talkId: id(talkId) }),
    ...(invite === undefined ? {} : { invite: invite && { by: objectId(invite.by), talkId: objectId(invite.talkId) } }),
    ...(handOver === undefined ? {} : { handOver: id(handOver) }),
  };
}
