// Publishes queues to three audiences: everyone by the languages they read, hosts, and each woman her own place. Whole views, at most five a second. Realtime only.
import { isCommunityLanguage } from '#shared/text/languages.ts';
import type { Actor } from '../domain/kernel/actor.ts';
import type { Hub } from '../hub.ts';
import { queueOf, socketsIn, userChannel } from './channels.ts';
import type { Apart } from './apart.ts';
import { createThrottle } from './throttle.ts';
import type { LiveServer } from './types.ts';

export interface Queues {
  /** Somebody came in: what she is sent next need not be different from what others have. */
  entered(dropInId: string, channel: string): void;
  /** Another process moved somebody. */
  moved(dropInId: string): void;
  /** Hints were lost: looks at all that is watched here. */
  poll(): Promise<void>;
  stop(): void;
}

const EVERY_MS = 200;
const POLL_MS = 5_000;

/** What was sent last, without its version: the same is not sent again. */
interface Sent {
  channels: Map<string, string>;
  /** By ticket: what its owner has, if a device of hers is here. */
  owners: Map<string, string>;
  busy: boolean;
  again: boolean;
}

const textOf = ({ version: _version, ...rest }: { version: number }): string => JSON.stringify(rest);

export function createQueues(io: LiveServer, hub: Hub, apart: Apart): Queues {
  const { bus, log, tickets } = hub;
  const known = new Map<string, Sent>();
  const sentOf = (dropInId: string): Sent => {
    const kept = known.get(dropInId) ?? { channels: new Map(), owners: new Map(), busy: false, again: false };
    known.set(dropInId, kept);
    return kept;
  };
  const watched = (): { channel: string; dropInId: string; reads: string[] | null }[] =>
    [...io.sockets.adapter.rooms.keys()].flatMap((channel) => {
      const queue = queueOf(channel);
      return queue ? [{ channel, ...queue }] : [];
    });
  const here = (userId: string): boolean => io.sockets.adapter.rooms.has(userChannel(userId));

  /** A host who is none any more. */
  function putOut(channel: string, who: (actor: Actor) => boolean): void {
    for (const socket of socketsIn(io, channel)) if (who(socket.data.actor)) void socket.leave(channel);
  }

  async function publish(dropInId: string): Promise<void> {
    const sent = sentOf(dropInId);
    const open = watched().filter((one) => one.dropInId === dropInId);
    const alone = open.length === 0 && sent.owners.size === 0 && !(await tickets.ownersIn(dropInId)).some(here);
    if (alone) return void known.delete(dropInId);
    const snapshot = await tickets.snapshot(dropInId);
    for (const channel of sent.channels.keys()) {
      if (!open.some((one) => one.channel === channel)) sent.channels.delete(channel);
    }
    for (const { channel, reads } of open) {
      if (reads === null) putOut(channel, (actor) => !snapshot.serves(actor));
      const view = reads === null ? snapshot.hosts() : snapshot.everyone(reads.filter(isCommunityLanguage));
      const text = textOf(view);
      if (sent.channels.get(channel) === text) continue;
      sent.channels.set(channel, text);
      if ('tickets' in view) apart.send(channel, 'queue:hosts', view);
      else apart.send(channel, 'queue:public', view);
    }
    const owners = snapshot.owners();
    const ids = new Set(owners.map(({ ticketId }) => ticketId));
    const gone = [...sent.owners.keys()].filter((id) => !ids.has(id));
    for (const { userId, ticketId, view } of [...owners, ...(await snapshot.over(gone))]) {
      // who comes later asks for her place herself
      if (!here(userId)) {
        sent.owners.delete(ticketId);
        continue;
      }
      const place = view();
      const text = textOf(place);
      if (sent.owners.get(ticketId) === text) continue;
      sent.owners.set(ticketId, text);
      apart.send(userChannel(userId), 'ticket:changed', place);
    }
    for (const id of gone) sent.owners.delete(id);
    if (open.length === 0 && owners.length === 0) known.delete(dropInId);
  }

  /** One at a time per queue; what came meanwhile is in the next one. */
  function run(dropInId: string): void {
    const sent = sentOf(dropInId);
    if (sent.busy) {
      sent.again = true;
      return;
    }
    sent.busy = true;
    publish(dropInId)
      .catch((error: unknown) => log.warn({ err: error }, 'queue not published'))
      .finally(() => {
        sent.busy = false;
        if (!sent.again) return;
        sent.again = false;
        throttle.touch(dropInId, EVERY_MS);
      });
  }
  const throttle = createThrottle(run);
  const off = [
    bus.on('ticket.moved', ({ ticket }) => throttle.touch(ticket.dropInId, EVERY_MS)),
    bus.on('drop-in.changed', ({ dropInId }) => throttle.touch(dropInId, EVERY_MS)),
  ];
  function movedElsewhere(dropInId: string): void {
    tickets.movedElsewhere(dropInId);
    throttle.touch(dropInId, EVERY_MS);
  }
  const queuesHere = () => new Set([...watched().map(({ dropInId }) => dropInId), ...known.keys()]);
  /** What time changed, and what other processes could not tell. */
  function look(): void {
    for (const dropInId of queuesHere()) throttle.touch(dropInId, EVERY_MS);
  }
  const timer = setInterval(look, POLL_MS).unref();

  return {
    entered(dropInId, channel) {
      sentOf(dropInId).channels.delete(channel);
      throttle.touch(dropInId, EVERY_MS);
    },
    moved: movedElsewhere,
    poll: async () => {
      for (const dropInId of queuesHere()) movedElsewhere(dropInId);
      await Promise.resolve();
    },
    stop() {
      clearInterval(timer);
      throttle.stop();
      for (const stop of off) stop();
    },
  };
}
