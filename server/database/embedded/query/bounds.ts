// Turns conditions into ranges of index keys. For plan.ts only.
import { encodeKey, successor, typeBracket } from '../values/key-string.ts';
import type { Index } from '../storage/model.ts';
import type { Predicate } from './predicates.ts';

/** Keys from `from` (inclusive) to `to` (exclusive). */
export interface Bound {
  readonly from: Buffer;
  readonly to: Buffer;
}

export interface IndexUse {
  readonly bounds: readonly Bound[];
  /** How many leading fields are fixed to points. */
  readonly equal: number;
  /** The field after those is limited. */
  readonly range: boolean;
  /** There is one fixed prefix, so that the rest of the index is in order. */
  readonly single: boolean;
  readonly used: ReadonlySet<string>;
  /** The bounds are the conditions on the used fields, with nothing left for the matcher. */
  readonly exact: boolean;
}

/** Beyond this many combinations of `$in` values a range over the first field is cheaper. */
const MAX_POINTS = 500;
/** Above every key: no value's type byte is 0xff, ascending or descending. */
const END = Buffer.alloc(1, 0xff);

/** How an index narrows down the candidates; with no usable condition one bound over all of it. */
export function useIndex(index: Index, fields: ReadonlyMap<string, Predicate>): IndexUse {
  const used = new Set<string>();
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let exact = true;
  let equal = 0;
  for (; equal < index.fields.length; equal++) {
    const field = index.fields[equal] ?? '';
    const points = fields.get(field)?.points;
    if (!points || prefixes.length * points.length > MAX_POINTS) break;
    const keys = distinct(points.map((value) => encodeKey([value], [index.directions[equal] ?? 1])));
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => Buffer.concat([prefix, key])));
    used.add(field);
    exact &&= fields.get(field)?.exact === true;
  }
  const field = index.fields[equal];
  const predicate = field === undefined ? undefined : fields.get(field);
  const isRange = predicate !== undefined && !predicate.points && (predicate.lower ?? predicate.upper) !== undefined;
  if (!isRange || field === undefined) {
    const bounds = prefixes.map((prefix) => ({ from: prefix, to: after(prefix) }));
    return { bounds, equal, range: false, single: prefixes.length === 1, used, exact };
  }
  used.add(field);
  const range = rangeBounds(predicate, index.directions[equal] ?? 1, index.multikey);
  const bounds = prefixes.flatMap((prefix) =>
    range.map(({ from, to }) => ({ from: Buffer.concat([prefix, from]), to: Buffer.concat([prefix, to]) })),
  );
  return { bounds, equal, range: true, single: prefixes.length === 1, used, exact: exact && predicate.exact };
}

/** The key range of one limited field, none if its limits are of different types. */
function rangeBounds(predicate: Predicate, direction: number, multikey: boolean): Bound[] {
  const { lower } = predicate;
  // Different elements of an array may meet the two limits: one of them only can be trusted.
  const upper = multikey && lower ? undefined : predicate.upper;
  const [first, past] = typeBracket((lower ?? upper)?.value);
  if (lower && upper && typeBracket(upper.value)[0] !== first) return [];
  const key = (value: unknown): Buffer => encodeKey([value], [direction]);
  const above = (limit: { value: unknown; inclusive: boolean }, inside: boolean): Buffer =>
    inside ? key(limit.value) : after(key(limit.value));
  if (direction > 0) {
    return [
      {
        from: lower ? above(lower, lower.inclusive) : Buffer.of(first),
        to: upper ? above(upper, !upper.inclusive) : Buffer.of(past),
      },
    ];
  }
  // Descending keys are complements: the upper limit comes first.
  return [
    {
      from: upper ? above(upper, upper.inclusive) : Buffer.of(~(past - 1) & 0xff),
      to: lower ? above(lower, !lower.inclusive) : Buffer.of((~first & 0xff) + 1),
    },
  ];
}

const after = (key: Buffer): Buffer => successor(key) ?? END;

function distinct(keys: readonly Buffer[]): Buffer[] {
  const byText = new Map(keys.map((key) => [key.toString('latin1'), key]));
  // In key order, so that several bounds are walked through in one direction.
  return [...byText.values()].sort(Buffer.compare);
}
