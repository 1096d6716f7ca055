// What has to hold, and whether it did. Bench only.

export interface Gate {
  name: string;
  unit: string;
  /** One of each round. */
  values: number[];
  bound: number;
  goal: number | null;
  /** 'most': the value must not be above its bound. 'least': not below. */
  sense: 'most' | 'least';
  /** Times depend on the machine: they miss only when every round did. */
  kind: 'figure' | 'time';
}
export interface Judged extends Gate {
  median: number;
  passed: boolean;
  /** Null: there is no goal. */
  goalMet: boolean | null;
}

/** The middle one; of two the mean. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1] ?? NaN, sorted[Math.floor(half)] ?? NaN];
  return (low + high) / 2;
}

export function judge(gate: Gate): Judged {
  const { values, bound, goal, sense, kind } = gate;
  const holds = (value: number, limit: number): boolean => (sense === 'most' ? value <= limit : value >= limit);
  const middle = median(values);
  const passed = kind === 'time' ? values.some((value) => holds(value, bound)) : holds(middle, bound);
  return { ...gate, median: middle, passed, goalMet: goal === null ? null : holds(middle, goal) };
}
