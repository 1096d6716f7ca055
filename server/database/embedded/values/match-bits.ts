// `$mod` and the `$bits` operators. For the matcher.
import { Binary } from 'bson';
import { badValue } from './errors.ts';
import { isNumber, toInteger } from './numbers.ts';

type Test = (value: unknown) => boolean;

/** `$mod: [divisor, remainder]`, both cut to integers. */
export function compileMod(argument: unknown): Test {
  if (!Array.isArray(argument)) throw badValue('malformed mod, needs to be an array');
  if (argument.length !== 2)
    throw badValue(`malformed mod, ${argument.length < 2 ? 'not enough' : 'too many'} elements`);
  const divisor = toInteger(argument[0], true);
  const remainder = toInteger(argument[1], true);
  if (divisor === undefined) throw badValue('malformed mod, divisor not a number');
  if (remainder === undefined) throw badValue('malformed mod, remainder not a number');
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return (value) => {
    if (!isNumber(value)) return false;
    const integer = toInteger(value, true);
    return integer !== undefined && integer % divisor === remainder;
  };
}

/** `$bitsAllSet`, `$bitsAnySet`, `$bitsAllClear`, `$bitsAnyClear` with a mask, binary or list of positions. */
export function compileBits(name: string, argument: unknown): Test {
  const mask = toMask(name, argument);
  const all = name.startsWith('$bitsAll');
  const set = name.endsWith('Set');
  return (value) => {
    const bits = value instanceof Binary ? fromBytes(value.value()) : isNumber(value) ? toInteger(value) : undefined;
    if (bits === undefined) return false;
    const found = (set ? bits : ~bits) & mask;
    return all ? found === mask : found !== 0n;
  };
}

function toMask(name: string, argument: unknown): bigint {
  if (argument instanceof Binary) return fromBytes(argument.value());
  if (Array.isArray(argument)) {
    return argument.reduce((mask: bigint, position: unknown) => {
      const bit = toInteger(position);
      if (bit === undefined || bit < 0n || bit > 1_000_000n)
        throw badValue(`bit positions of ${name} must be non-negative integers`);
      return mask | (1n << bit);
    }, 0n);
  }
  const mask = isNumber(argument) ? toInteger(argument) : undefined;
  if (mask === undefined || mask < 0n) throw badValue(`${name} takes an Array, a number, or a BinData`);
  return mask;
}

/** Bit 0 is the lowest bit of the first byte. */
function fromBytes(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
