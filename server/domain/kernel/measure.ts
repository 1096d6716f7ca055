// What services tell about their work: numbers only, never about whom. server/metrics.ts counts it; others leave it out.
export interface Measure {
  /** A batch of one room was stored, projected and handed on, or failed. */
  batch(commands: number, ms: number): void;
  /** So many messages came again from outboxes although they were stored before. */
  retried(messages: number): void;
  /** One message or change was handed to so many sockets. */
  delivered(sockets: number): void;
  /** Names a queue; `length` is asked whenever somebody looks. */
  queue(name: string, length: () => number): void;
}

export const noMeasure: Measure = {
  batch: () => undefined,
  retried: () => undefined,
  delivered: () => undefined,
  queue: () => undefined,
};
