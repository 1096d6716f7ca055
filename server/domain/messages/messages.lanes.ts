// The lanes of this process, one per room, and their repair after a failure. Imported by the messages service.
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Measure } from '../kernel/measure.ts';
import { createLane, type Lane } from './messages.lane.ts';
import type { RoomCommand, RoomOutcome } from './messages.commands.ts';
import { createRoomWork, type RoomWorkParts } from './messages.room.ts';

export interface Lanes {
  submit(roomId: string, command: RoomCommand): Promise<RoomOutcome>;
  /** Projects and publishes what stands in the log of this room. */
  catchUp(roomId: string): Promise<void>;
  /** Resolves when what was accepted before is stored and published, or has failed. */
  settle(): Promise<void>;
  /** Resolves when no lane has anything on its way; repairs that wait are given up (the next start does them). */
  flush(): Promise<void>;
}

/** Waits before the repairs after a failed batch; after the last one, whoever notices next does it. */
const REPAIR_MS = [250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000];

/** `mayGo`: the last look before a command is on its way for good. */
export function createLanes(
  parts: RoomWorkParts,
  log: Logger,
  measure: Measure,
  mayGo: (roomId: string, command: RoomCommand) => boolean,
): Lanes {
  const lanes = new Map<string, Lane<RoomCommand, RoomOutcome>>();
  const repairs = new Map<string, { timer: NodeJS.Timeout; tries: number }>();

  /** A batch that failed may have stored something all the same: project it as soon as the database answers. */
  function repairLater(roomId: string): void {
    const tries = repairs.get(roomId)?.tries ?? 0;
    const wait = REPAIR_MS[tries];
    clearTimeout(repairs.get(roomId)?.timer);
    if (wait === undefined) return void repairs.delete(roomId);
    const timer = setTimeout(() => {
      laneOf(roomId)
        .submit({ kind: 'catch-up' })
        .catch((error: unknown) => log.warn({ roomId, err: error }, 'room not yet caught up'));
    }, wait);
    timer.unref();
    repairs.set(roomId, { timer, tries: tries + 1 });
  }

  function repaired(roomId: string): void {
    clearTimeout(repairs.get(roomId)?.timer);
    repairs.delete(roomId);
  }

  function makeLane(roomId: string): Lane<RoomCommand, RoomOutcome> {
    const work = createRoomWork(roomId, parts);
    return createLane(async (batch) => {
      const began = performance.now();
      try {
        await work(batch);
        if (batch.some((job) => job.command.kind === 'catch-up')) repaired(roomId);
      } catch (error) {
        log.warn({ roomId, commands: batch.length, err: error }, 'room batch failed');
        repairLater(roomId);
        throw error;
      } finally {
        measure.batch(batch.length, performance.now() - began);
      }
    });
  }

  function laneOf(roomId: string): Lane<RoomCommand, RoomOutcome> {
    const known = lanes.get(roomId);
    if (known) return known;
    const lane = makeLane(roomId);
    lanes.set(roomId, lane);
    return lane;
  }

  measure.queue('commands', () => [...lanes.values()].reduce((sum, lane) => sum + lane.waiting(), 0));

  return {
    submit: (roomId, command) =>
      mayGo(roomId, command) ? laneOf(roomId).submit(command) : Promise.reject(new AppError('forbidden')),
    async settle() {
      const busy = [...lanes.values()].filter((lane) => lane.busy());
      await Promise.allSettled(busy.map((lane) => lane.submit({ kind: 'catch-up' })));
    },
    async catchUp(roomId) {
      await laneOf(roomId).submit({ kind: 'catch-up' });
    },
    async flush() {
      for (const roomId of repairs.keys()) repaired(roomId);
      await Promise.all([...lanes.values()].map((lane) => lane.idle()));
    },
  };
}
