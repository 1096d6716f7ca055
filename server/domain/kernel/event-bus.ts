// Domain events inside one process: services emit, publishers listen. Listeners must not throw into the service.
import type { Logger } from './logger.ts';

export interface EventBus<Events> {
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void;
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void;
}

/** Calls listeners in the order they came, synchronously; a listener's error is logged and stops nothing. */
export function createEventBus<Events>(log: Logger): EventBus<Events> {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>();
  return {
    on(name, listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener as (event: never) => void));
      return () => all.delete(listener as (event: never) => void);
    },
    emit(name, event) {
      for (const listener of listeners.get(name) ?? []) {
        try {
          (listener as (event: unknown) => void)(event);
        } catch (error) {
          log.error({ err: error, event: String(name) }, 'event listener failed');
        }
      }
    },
  };
}
