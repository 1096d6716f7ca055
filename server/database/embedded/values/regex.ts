// MongoDB's regular expressions (PCRE pattern and options) as JavaScript's. For the matcher.
import { BSONRegExp } from 'bson';
import { badValue, location } from './errors.ts';

export function isRegex(value: unknown): value is RegExp | BSONRegExp {
  return value instanceof RegExp || value instanceof BSONRegExp;
}

/**
 * Compiles a pattern, a BSON or a JavaScript expression.
 * @param options of `$options`, over those of the expression: i, m, s, x and u
 * @throws code 2 for an unknown option, 51091 for a pattern JavaScript cannot do
 */
export function compileRegex(expression: unknown, options?: string): RegExp {
  let { pattern, flags } = partsOf(expression);
  flags = options ?? flags;
  for (const flag of flags) {
    if (!'imsxu'.includes(flag)) throw badValue(`invalid flag in regex options: ${flag}`);
  }
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline) {
    pattern = pattern.slice(inline[0].length);
    flags += inline[1] ?? '';
  }
  if (flags.includes('x')) pattern = withoutSpace(pattern);
  pattern = translate(pattern);
  const kept = [...new Set(flags)].filter((flag) => 'ims'.includes(flag)).join('');
  try {
    return new RegExp(pattern, `${kept}u`);
  } catch {
    // Unicode mode refuses needless escapes that PCRE allows.
  }
  try {
    return new RegExp(pattern, kept);
  } catch (error) {
    throw location(51091, `Regular expression is invalid: ${error instanceof Error ? error.message : pattern}`);
  }
}

function partsOf(expression: unknown): { pattern: string; flags: string } {
  if (typeof expression === 'string') return { pattern: expression, flags: '' };
  if (expression instanceof BSONRegExp) return { pattern: expression.pattern, flags: expression.options };
  if (expression instanceof RegExp) {
    return { pattern: expression.source, flags: expression.flags.replace(/[gydv]/g, '') };
  }
  throw badValue('$regex has to be a string');
}

/** Option x: white space and comments outside of classes and escapes do not count. */
function withoutSpace(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|#[^\n]*|\s+/gs, (part) => (/^[\\[]/.test(part) ? part : ''));
}

/** Escapes of letters which JavaScript has too, in the same sense. */
const SHARED = /^[dDwWsSbBnrtfcxukpP]$/;
const START = '(?<![^])';
const END = '(?![^])';

/** Says in JavaScript what PCRE says otherwise, and refuses what JavaScript would silently take for something else. */
function translate(pattern: string): string {
  if (/\[[^\]]*\[([:.=])[^\]]*\1\]/.test(pattern))
    throw location(51091, 'Regular expression is invalid: POSIX classes are not supported');
  return pattern.replace(
    /\\Q(.*?)(?:\\E|$)|\\(.)/gsu,
    (escape, quoted: string | undefined, letter: string | undefined) => {
      if (quoted !== undefined) return quoted.replace(/[^\w\s]/g, '\\$&');
      if (letter === 'A') return START;
      if (letter === 'z') return END;
      if (letter === 'Z') return `(?=\\n?${END})`;
      if (letter === undefined || !/[A-Za-z]/.test(letter) || SHARED.test(letter)) return escape;
      throw location(51091, `Regular expression is invalid: ${escape} is not supported`);
    },
  );
}
