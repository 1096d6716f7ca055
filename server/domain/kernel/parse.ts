// The one place where unknown input becomes typed input: every service calls it first.
import * as v from 'valibot';
import type { ErrorCode } from '#shared/errors.ts';
import { AppError } from './app-error.ts';

const CODES: Record<string, ErrorCode> = {
  empty: 'input.empty',
  'too-long': 'input.too-long',
  'too-short': 'input.too-short',
  window: 'input.window',
};

/** Parses or raises an `input.*` error that names the first wrong field (dotted path). */
export function parse<Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const field = v.getDotPath(issue) ?? '';
  const code = CODES[issue.message] ?? 'input.invalid';
  const bound = typeof issue.requirement === 'number' ? issue.requirement : undefined;
  if (code === 'input.too-long' && bound !== undefined) throw new AppError(code, { field, max: bound });
  if (code === 'input.too-short' && bound !== undefined) throw new AppError(code, { field, min: bound });
  throw new AppError(code, { field });
}
