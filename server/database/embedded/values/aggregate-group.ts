// `$group`: documents with the same key become one. For aggregate.ts only.
import { accumulators } from './accumulators.ts';
import type { Accumulator } from './accumulators.ts';
import { compileStageExpression } from './aggregate-expression.ts';
import type { Doc } from './bson.ts';
import { location } from './errors.ts';
import type { Expression } from './expression.ts';
import { encodeKey } from './key-string.ts';
import { isPlain } from './paths.ts';

interface Field {
  name: string;
  begin: () => Accumulator;
  evaluate: Expression;
}

interface Group {
  id: unknown;
  accumulators: Accumulator[];
}

/** Takes documents in one by one. */
export interface Grouping {
  add(document: Doc): void;
  /** One document for each key, in the order in which the keys first came. */
  results(): Doc[];
}

/** @throws 15955 without `_id`, 15952 for an unknown accumulator, 15947 for no document */
export function beginGroup(spec: unknown, variables: Doc): Grouping {
  if (!isPlain(spec)) throw location(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw location(15955, 'a group specification must include an _id');
  const idOf = compileStageExpression(spec['_id'], variables);
  const fields = Object.keys(spec).flatMap((name) =>
    name === '_id' ? [] : [compileField(name, spec[name], variables)],
  );
  const groups = new Map<string, Group>();
  return {
    add(document) {
      const id = idOf(document) ?? null;
      const key = encodeKey([id]).toString('latin1');
      let found = groups.get(key);
      if (!found) groups.set(key, (found = { id, accumulators: fields.map(({ begin }) => begin()) }));
      for (let i = 0; i < fields.length; i++) found.accumulators[i]?.add(fields[i]?.evaluate(document));
    },
    results: () =>
      [...groups.values()].map(({ id, accumulators: results }) => {
        const document: Doc = { _id: id };
        fields.forEach(({ name }, i) => (document[name] = results[i]?.result()));
        return document;
      }),
  };
}

function compileField(name: string, spec: unknown, variables: Doc): Field {
  if (name.includes('.')) throw location(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw location(40236, `The field name '${name}' cannot be an operator name`);
  const [operator, ...others] = isPlain(spec) ? Object.keys(spec) : [];
  if (!isPlain(spec) || operator === undefined)
    throw location(40234, `The field '${name}' must be an accumulator object`);
  if (others.length > 0) throw location(40238, `The field '${name}' must specify one accumulator`);
  const begin = Object.hasOwn(accumulators, operator) ? accumulators[operator] : undefined;
  if (!begin) throw location(15952, `unknown group operator '${operator}'`);
  return { name, begin, evaluate: compileStageExpression(spec[operator], variables) };
}
