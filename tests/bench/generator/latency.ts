// Many durations in little memory: buckets that grow by two per cent. Bench only.

export interface Latencies {
  add(ms: number): void;
  readonly count: number;
  /** The upper edge of the bucket below which the share `q` (0 to 1) lies; 0 when nothing was added. */
  quantile(q: number): number;
}

const SMALLEST_MS = 0.05;
const GROWTH = Math.log(1.02);
const BUCKETS = 800;

export function createLatencies(): Latencies {
  const buckets = new Uint32Array(BUCKETS);
  let count = 0;
  return {
    add(ms) {
      const at = ms <= SMALLEST_MS ? 0 : Math.ceil(Math.log(ms / SMALLEST_MS) / GROWTH);
      const bucket = Math.min(at, BUCKETS - 1);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      count += 1;
    },
    get count() {
      return count;
    },
    quantile(q) {
      let left = q * count;
      for (const [at, size] of buckets.entries()) {
        left -= size;
        if (size > 0 && left <= 0) return SMALLEST_MS * Math.exp(GROWTH * at);
      }
      return 0;
    },
  };
}
