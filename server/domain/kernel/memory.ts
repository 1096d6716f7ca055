// What is asked for often and changes seldom, from memory for a while. For services.
import type { Clock } from './clock.ts';

export interface Memory<T> {
  /** Those who ask at the same time share one answer. A failure is not remembered. */
  get(key: string, load: () => Promise<T>): Promise<T>;
  /** What is on its way is not remembered either. */
  forget(key: string): void;
  forgetAll(startingWith: string): void;
}

/** `ms`: so long it holds. `most`: with more keys it begins anew. `unless`: what is asked for again each time. */
export function createMemory<T>(options: {
  clock: Clock;
  ms: number;
  most: number;
  unless?: (value: T) => boolean;
}): Memory<T> {
  const { clock, ms, most, unless } = options;
  const entries = new Map<string, { value: Promise<T>; at: number }>();
  return {
    get(key, load) {
      const now = clock.now().getTime();
      const kept = entries.get(key);
      if (kept && Math.abs(now - kept.at) < ms) return kept.value;
      if (entries.size >= most) entries.clear();
      const entry = { value: load(), at: now };
      entries.set(key, entry);
      const forget = (): void => void (entries.get(key) === entry && entries.delete(key));
      entry.value.then((value) => unless?.(value) && forget(), forget);
      return entry.value;
    },
    forget: (key) => void entries.delete(key),
    forgetAll(startingWith) {
      for (const key of entries.keys()) if (key.startsWith(startingWith)) entries.delete(key);
    },
  };
}
