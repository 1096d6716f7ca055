// One server with one crowd in one room: everything that is measured of fan-out, in one sitting. Bench only.
import { setTimeout as pause } from 'node:timers/promises';
import type { Community } from './community.ts';
import type { DialectName, Target } from './generator/client.ts';
import type { LoadOrder, LoadReport, Verdict } from './generator/crowd.ts';
import { startGenerator, startHub, startPeer, type BenchServer, type Generator } from './processes.ts';
import { memoryOf } from './processor.ts';
import { storedMarkers } from './stored.ts';

export interface Sitting {
  server: BenchServer;
  target: Target;
  generator: Generator;
  load(order: Omit<LoadOrder, 'watch'>): Promise<LoadReport>;
  /** Ends all; answers what the clients saw, and for the hub what is stored. */
  end(): Promise<{ verdict: Verdict; stored: number[] | null }>;
}

export interface Place extends Community {
  folder: string;
}

const NOBODY: Place = { folder: '', cookies: [], roomId: 'room' };
let tags = 0;
/** Letters that no other run of this bench uses. */
const newTag = (): string =>
  `bench-${String.fromCharCode(97 + Math.floor(tags / 26))}${String.fromCharCode(97 + (tags++ % 26))}`;

export function sitAt(server: BenchServer, place: Place = NOBODY): Sitting {
  const { dialect, port, pid } = server;
  const { cookies, roomId, folder } = place;
  const target = { dialect, port, cookies, roomId, tag: newTag() };
  const generator = startGenerator();
  return {
    server,
    target,
    generator,
    load: (order) => generator.ask<LoadReport>({ name: 'load', order: { ...order, watch: [pid] } }),
    async end() {
      const verdict = await generator.ask<Verdict>({ name: 'verdict' });
      await generator.end();
      await server.end();
      return { verdict, stored: dialect === 'hub' ? await storedMarkers(folder, target.tag) : null };
    },
  };
}

export async function sitDown(dialect: Exclude<DialectName, 'xmpp'>, place: Place = NOBODY): Promise<Sitting> {
  return sitAt(dialect === 'hub' ? await startHub(place.folder) : await startPeer(dialect), place);
}

/** Seconds until everybody was in. */
export const openAll = ({ generator, target }: Sitting, count: number): Promise<number> =>
  generator.ask<number>({ name: 'open', target, count });

const SETTLE_MS = 3_000;

/**
 * Bytes of memory per connection: of so many that what a process keeps for itself hardly counts, after others have come
 * and gone, so that its own growth is over.
 */
export async function weighConnections(sitting: Sitting, count: number): Promise<number> {
  const { server, generator } = sitting;
  await openAll(sitting, Math.ceil(count / 4));
  await generator.ask({ name: 'leave' });
  await pause(SETTLE_MS);
  const before = memoryOf(server.pid);
  await openAll(sitting, count);
  await pause(SETTLE_MS);
  const bytes = (memoryOf(server.pid) - before) / count;
  await generator.ask({ name: 'leave' });
  await pause(SETTLE_MS);
  return bytes;
}

export const PROCESSOR_MS = ({ own, deliveries }: LoadReport): number => ((own[1] ?? NaN) / deliveries) * 1_000;
