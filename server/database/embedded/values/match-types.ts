// The names and numbers of BSON types for `$type`. For the matcher.
import { badValue } from './errors.ts';
import { typeByte } from './key-string.ts';
import { isNumber, numberKind } from './numbers.ts';
import { isPlain } from './paths.ts';
import { BSONSymbol, BSONValue, Code, Timestamp } from 'bson';
import { isRegex } from './regex.ts';

type Test = (value: unknown) => boolean;

const tag = (name: string): Test => {
  return (value) => value instanceof BSONValue && value._bsontype === name;
};

const tests: Record<string, Test> = {
  double: (value) => numberKind(value) === 'double',
  string: (value) => typeof value === 'string',
  object: (value) => isPlain(value) || tag('DBRef')(value),
  array: Array.isArray,
  binData: tag('Binary'),
  undefined: () => false,
  objectId: tag('ObjectId'),
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  regex: isRegex,
  dbPointer: () => false,
  javascript: (value) => value instanceof Code && !value.scope,
  symbol: (value) => value instanceof BSONSymbol,
  javascriptWithScope: (value) => value instanceof Code && value.scope !== null,
  int: (value) => numberKind(value) === 'int',
  timestamp: (value) => value instanceof Timestamp,
  long: (value) => numberKind(value) === 'long',
  decimal: (value) => numberKind(value) === 'decimal',
  minKey: tag('MinKey'),
  maxKey: tag('MaxKey'),
  number: isNumber,
};

const names = new Map<number, string>([
  ...Object.keys(tests)
    .slice(0, 19)
    .map((name, i): [number, string] => [i + 1, name]),
  [-1, 'minKey'],
  [127, 'maxKey'],
]);

/**
 * The test for the argument of `$type`: a name, a number, or a list of them. In a document that was not decoded
 * typed, a whole number within int32 counts as int, also if a double was stored.
 */
export function compileType(argument: unknown): Test {
  const wanted = (Array.isArray(argument) ? argument : [argument]).map((type: unknown) => {
    const name = isNumber(type) ? names.get(Number(type.toString())) : String(type);
    const test = name !== undefined && Object.hasOwn(tests, name) ? tests[name] : undefined;
    if (!test) throw badValue(`Unknown type name alias: ${String(type)}`);
    return test;
  });
  if (wanted.length === 0) throw badValue('$type must match at least one type');
  return (value) => value !== undefined && wanted.some((test) => test(value));
}

/** The type name of a value, as `$type` of an expression and error messages say it. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  for (const name of Object.keys(tests)) if (tests[name]?.(value)) return name;
  return `type ${typeByte(value)}`;
}
