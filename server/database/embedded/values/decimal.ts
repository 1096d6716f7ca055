// Exact parts of decimal and binary numbers. For key-number.ts and numbers.ts.

/** `coefficient` times ten to the `exponent`. */
export interface DecimalParts {
  coefficient: bigint;
  exponent: number;
}

const view = new DataView(new ArrayBuffer(8));

/** The parts of a Decimal128 given as text; undefined for an infinity or NaN. */
export function parseDecimal(text: string): DecimalParts | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:E([+-]?\d+))?$/i.exec(text);
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2] ?? ''}${fraction}` || '0');
  return { coefficient: match[1] === '-' ? -digits : digits, exponent: Number(match[4] ?? 0) - fraction.length };
}

/** A finite double as `mantissa` times two to the `power`, exactly. */
export function exactParts(value: number): { mantissa: bigint; power: number } {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: bits >> 63n ? -magnitude : magnitude, power: Math.max(biased, 1) - 1075 };
}
