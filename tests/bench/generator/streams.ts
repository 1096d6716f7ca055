// Whether every client saw every message once and in one order; the first who sees a message decides its place. Bench only.

export interface StreamFaults {
  lost: number;
  doubled: number;
  swapped: number;
  /** Ranges that did not follow the one before. */
  gaps: number;
}

export interface Streams {
  /** What one client got in one packet, in its order. `range`: the revs that the packet says it covers. */
  take(client: number, markers: readonly number[], range?: { from: number; to: number }): void;
  /** The markers in the one order that clients saw. */
  order(): readonly number[];
  /** How many deliveries are still missing when everybody shall have seen `total` messages. */
  missing(total: number): number;
  /** `acknowledged`: what was answered as stored; whoever did not see it has lost it. */
  faults(acknowledged: Iterable<number>): StreamFaults;
}

interface Client {
  /** So many places of the order are behind it. */
  at: number;
  /** Places that it jumped over, until they come after all. */
  skipped: Set<number> | null;
  /** The end of the last range. */
  rev: number | null;
}

export function createStreams(clients: number): Streams {
  const order: number[] = [];
  const placeOf = new Map<number, number>();
  const found: StreamFaults = { lost: 0, doubled: 0, swapped: 0, gaps: 0 };
  const all: Client[] = Array.from({ length: clients }, () => ({ at: 0, skipped: null, rev: null }));
  let delivered = 0;

  function skip(client: Client, to: number): void {
    client.skipped ??= new Set();
    for (; client.at < to; client.at++) client.skipped.add(client.at);
  }

  function takeOne(client: Client, marker: number): void {
    if (order[client.at] === marker) {
      client.at += 1;
      delivered += 1;
      return;
    }
    const place = placeOf.get(marker);
    if (place === undefined) {
      skip(client, order.length);
      placeOf.set(marker, order.length);
      order.push(marker);
    } else if (place > client.at) skip(client, place);
    else if (client.skipped?.delete(place)) {
      found.swapped += 1;
      delivered += 1;
      return;
    } else {
      found.doubled += 1;
      return;
    }
    client.at += 1;
    delivered += 1;
  }

  return {
    take(index, markers, range) {
      const client = all[index];
      if (!client) throw new Error(`no client ${index}`);
      if (range) {
        if (client.rev !== null && range.from !== client.rev + 1) found.gaps += 1;
        client.rev = range.to;
      }
      for (const marker of markers) takeOne(client, marker);
    },
    order: () => order,
    missing: (total) => total * clients - delivered,
    faults(acknowledged) {
      let lost = 0;
      for (const { at, skipped } of all) lost += order.length - at + (skipped?.size ?? 0);
      for (const marker of acknowledged) if (!placeOf.has(marker)) lost += clients;
      return { ...found, lost };
    },
  };
}
