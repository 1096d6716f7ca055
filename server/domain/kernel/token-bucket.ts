// A rate limit in memory: so many at once, then so many a second. For services; nothing but speed depends on it.
import type { Clock } from './clock.ts';

export interface TokenBucket {
  /** Takes one token of `key`: 0 when there was one, otherwise the whole seconds until the next. */
  take(key: string): number;
}

/** Above this many keys, full buckets are thrown away: they say nothing. */
const KEYS = 5_000;

/** `burst` tokens at first, `perSecond` more each second, never above `burst`. A clock that jumps back refills nothing. */
export function createTokenBucket(limits: { burst: number; perSecond: number }, clock: Clock): TokenBucket {
  const buckets = new Map<string, { tokens: number; at: number }>();

  const refilled = (bucket: { tokens: number; at: number }, now: number): number =>
    Math.min(limits.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * limits.perSecond);

  function dropFull(now: number): void {
    for (const [key, bucket] of buckets) if (refilled(bucket, now) >= limits.burst) buckets.delete(key);
  }

  return {
    take(key) {
      const now = clock.now().getTime();
      const bucket = buckets.get(key) ?? { tokens: limits.burst, at: now };
      const tokens = refilled(bucket, now);
      const granted = tokens >= 1;
      if (buckets.size >= KEYS) dropFull(now);
      buckets.set(key, { tokens: granted ? tokens - 1 : tokens, at: now });
      return granted ? 0 : Math.max(1, Math.ceil((1 - tokens) / limits.perSecond));
    },
  };
}
