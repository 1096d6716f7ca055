// Expressions of aggregation stages: our own where we have them, else mingo's. For the aggregate files only.
import { BSONValue } from 'bson';
import { Context, evalExpr } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import type { Doc } from './bson.ts';
import { badValue, EngineError } from './errors.ts';
import { applyOperator, compileExpression, isKnownOperator } from './expression.ts';
import type { Expression } from './expression.ts';
import { isPlain } from './paths.ts';

/** An operator of mingo: it gets its argument unevaluated. */
type Operator = (document: unknown, argument: unknown, options: never) => unknown;

/** Operators that run code of a query are never offered. */
const FORBIDDEN = new Set(['$function', '$accumulator', '$where']);
/** Operators whose arguments are evaluated lazily; mingo's are right for these. */
const LAZY = new Set(['$and', '$or', '$not', '$cond', '$ifNull', '$size', '$isArray']);

const MAX_RANGE = 100_000;

const mingoOperators = new Map<string, Operator>();
for (const [name, operator] of [...Object.entries(accumulators), ...Object.entries(expressions)]) {
  if (name.startsWith('$') && !FORBIDDEN.has(name)) mingoOperators.set(name, operator as Operator);
}

/**
 * Compiles an expression of a stage for documents with plain numbers (`decodePlain`).
 * @param variables by name; `NOW` among them
 * @throws code 168 for an operator nobody knows
 */
export function compileStageExpression(expression: unknown, variables: Doc): Expression {
  try {
    return compileExpression(expression, variables);
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 168)) throw error;
  }
  const used: Record<`$${string}`, Operator> = {};
  const prepared = prepare(expression, variables, used);
  const options = { context: Context.init({ expression: used as never }), variables, scriptEnabled: false };
  return (document) => {
    try {
      return evalExpr(document, prepared, options as never);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      throw badValue(`Expression failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}

/** A list of numbers, of which a document could ask for any amount. @throws 292 beyond MAX_RANGE */
function boundedRange(theirs: Operator): Operator {
  return (document, argument, options) => {
    const list: unknown[] = Array.isArray(argument) ? argument : [];
    const [from = 0, to = 0, step = 1] = list.map((item) => Number(evalExpr(document, item, options)));
    if (Math.abs((to - from) / step) > MAX_RANGE) {
      const message = `$range makes more than ${MAX_RANGE} numbers`;
      throw new EngineError(292, 'QueryExceededMemoryLimitNoDiskUseAllowed', message);
    }
    return theirs(document, { $literal: [from, to, step] }, options);
  };
}

/** A copy for mingo, with the time filled in; notes the operators it uses. */
function prepare(expression: unknown, variables: Doc, used: Record<`$${string}`, Operator>): unknown {
  if (expression === '$$NOW') return variables['NOW'] ?? new Date();
  if (Array.isArray(expression)) return expression.map((item: unknown) => prepare(item, variables, used));
  if (!isPlain(expression)) return expression;
  if ('$literal' in expression) {
    used['$literal'] = mingoOperators.get('$literal') ?? (() => undefined);
    return expression;
  }
  return Object.fromEntries(
    Object.entries(expression).map(([name, argument]) => {
      if (isOperatorName(name)) used[name] = operatorFor(name);
      return [name, prepare(argument, variables, used)];
    }),
  );
}

function isOperatorName(name: string): name is `$${string}` {
  return name.startsWith('$');
}

function operatorFor(name: string): Operator {
  const theirs = mingoOperators.get(name);
  if (isKnownOperator(name) && !LAZY.has(name)) {
    return (document, argument, options) => {
      const list: unknown[] = Array.isArray(argument) ? argument : [argument];
      return applyOperator(
        name,
        list.map((item) => evalExpr(document, item, options)),
      );
    };
  }
  if (!theirs) throw new EngineError(168, 'InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  if (name === '$range') return boundedRange(theirs);
  if (name !== '$toString') return theirs;
  return (document, argument, options) => {
    const value = evalExpr(document, argument, options);
    return value instanceof BSONValue ? String(value) : theirs(document, { $literal: value }, options);
  };
}
