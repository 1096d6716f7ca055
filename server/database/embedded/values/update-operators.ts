// The update operators, each applied to one concrete path of a draft. For update.ts only.
import { Long, Timestamp } from 'bson';
import { clearPlace, readPlace, writePlace } from './draft.ts';
import type { Draft } from './draft.ts';
import { badValue, typeMismatch } from './errors.ts';
import { compareValues } from './key-string.ts';
import { typeName } from './match-types.ts';
import { calculate, isNumber, numberKind, toInteger } from './numbers.ts';
import { isPlain } from './paths.ts';
import { addToSet, pop, pull, pullAll, push } from './update-arrays.ts';

/** Changes one concrete path of a draft by the argument given for it. */
export type UpdateOperator = (draft: Draft, path: string, argument: unknown, now: Date) => void;

function set(draft: Draft, path: string, value: unknown): void {
  writePlace(draft.make(path), value);
}

function unset(draft: Draft, path: string): void {
  const place = draft.find(path);
  if (place) clearPlace(place);
}

function arithmetic(name: '$inc' | '$mul'): UpdateOperator {
  const operation = name === '$inc' ? 'add' : 'multiply';
  return (draft, path, argument) => {
    const verb = name === '$inc' ? 'increment' : 'multiply';
    if (!isNumber(argument)) throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}}`);
    const place = draft.make(path);
    const value = readPlace(place);
    if (value === undefined && name === '$inc') return writePlace(place, argument);
    const before = value === undefined ? 0 : value;
    if (!isNumber(before)) {
      throw typeMismatch(
        `Cannot apply ${name} to a value of non-numeric type. The field '${path}' is of type ${typeName(value)}`,
      );
    }
    const result = calculate(operation, before, argument);
    if (result === undefined) throw badValue(`Failed to apply ${name} operations to the value of '${path}': overflow`);
    writePlace(place, result);
  };
}

/** `$min` and `$max`: `sign` is the order of the argument and the value for which the argument is taken. */
function extreme(sign: number): UpdateOperator {
  return (draft, path, argument) => {
    const place = draft.make(path);
    const value = readPlace(place);
    if (value === undefined || compareValues(argument, value) * sign > 0) writePlace(place, argument);
  };
}

function currentDate(draft: Draft, path: string, argument: unknown, now: Date): void {
  const type = isPlain(argument) ? argument['$type'] : 'date';
  if ((!isPlain(argument) && typeof argument !== 'boolean') || (type !== 'date' && type !== 'timestamp')) {
    throw badValue(`${typeName(argument)} is not valid type for $currentDate`);
  }
  const seconds = Math.floor(now.getTime() / 1000);
  set(draft, path, type === 'date' ? now : new Timestamp({ t: seconds, i: 1 }));
}

function rename(draft: Draft, path: string, argument: unknown): void {
  if (typeof argument !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${path}`);
  const source = draft.find(path);
  const value = source && readPlace(source);
  if (!source || value === undefined) return;
  if (Array.isArray(source.container)) throw badValue(`The source field cannot be an array element, '${path}'`);
  clearPlace(source);
  unset(draft, argument);
  const target = draft.make(argument);
  if (Array.isArray(target.container))
    throw badValue(`The destination field cannot be an array element, '${argument}'`);
  writePlace(target, value);
}

/** An operator that makes a new list of the old; `missing`: whether a missing field counts as an empty list. */
function onList(
  name: string,
  missing: boolean,
  change: (list: unknown[], argument: unknown) => unknown[],
): UpdateOperator {
  return (draft, path, argument) => {
    const place = missing ? draft.make(path) : draft.find(path);
    const value = place && readPlace(place);
    if (!place || (value === undefined && !missing)) {
      change([], argument); // a wrong argument is an error even so
      return;
    }
    const list: unknown = value === undefined ? [] : value;
    if (!Array.isArray(list)) throw notAList(name, path, value);
    writePlace(place, change(list, argument));
  };
}

function notAList(name: string, path: string, value: unknown): Error {
  const type = typeName(value);
  if (name === '$push') return badValue(`The field '${path}' must be an array but is of type ${type}`);
  if (name === '$pop') return typeMismatch(`Path '${path}' contains an element of non-array type '${type}'`);
  return badValue(`Cannot apply ${name} to a non-array value. The field '${path}' is of type ${type}`);
}

function bit(draft: Draft, path: string, argument: unknown): void {
  if (!isPlain(argument) || Object.keys(argument).length === 0)
    throw badValue('The $bit modifier needs and, or or xor');
  const place = draft.make(path);
  const before = readPlace(place);
  let kind = before === undefined ? 'int' : numberKind(before);
  let bits = before === undefined ? 0n : toInteger(before);
  for (const name of Object.keys(argument)) {
    const mask = argument[name];
    const value = isWhole(mask) ? toInteger(mask) : undefined;
    if (value === undefined) throw badValue(`The $bit modifier field must be an Integer(32/64 bit): ${name}`);
    if (bits === undefined || (kind !== 'int' && kind !== 'long')) {
      throw badValue(`Cannot apply $bit to a value of non-integral type: '${path}' is ${typeName(before)}`);
    }
    if (name === 'and') bits &= value;
    else if (name === 'or') bits |= value;
    else if (name === 'xor') bits ^= value;
    else throw badValue(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
    if (numberKind(mask) === 'long') kind = 'long';
  }
  writePlace(place, kind === 'long' ? Long.fromBigInt(bits ?? 0n) : Number(bits ?? 0n));
}

function isWhole(value: unknown): boolean {
  const kind = numberKind(value);
  return kind === 'int' || kind === 'long';
}

/** Every update operator by its name. */
export const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  $set: set,
  $setOnInsert: set,
  $unset: unset,
  $inc: arithmetic('$inc'),
  $mul: arithmetic('$mul'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $rename: rename,
  $push: onList('$push', true, push),
  $addToSet: onList('$addToSet', true, addToSet),
  $pop: onList('$pop', false, pop),
  $pull: onList('$pull', false, pull),
  $pullAll: onList('$pullAll', false, pullAll),
  $bit: bit,
};
