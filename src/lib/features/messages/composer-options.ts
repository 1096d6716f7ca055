// What she chose for a half-written message, as it lies on the device. Pure; for the composer.
import { LIMITS } from '#shared/limits.ts';
import type { Named } from '#shared/text/names.ts';

export interface ComposerOptions {
  anonymous: boolean;
  question: boolean;
  /** Whom she chose among the suggestions. */
  people: Named[];
  /** The message that it answers, and where that stands. Its words are not kept on the device. */
  reply: Answered | null;
}
export interface Answered {
  id: string;
  seq: number;
}

const isNamed = (one: unknown): one is Named => {
  const { id, displayName } = (one ?? {}) as Partial<Record<keyof Named, unknown>>;
  return typeof id === 'string' && typeof displayName === 'string';
};

const answeredIn = (one: unknown): Answered | null => {
  const { id, seq } = (one ?? {}) as Partial<Record<keyof Answered, unknown>>;
  return typeof id === 'string' && typeof seq === 'number' ? { id, seq } : null;
};

/** Empty when nothing was chosen: then nothing is kept. */
export function writeOptions({ anonymous, question, people, reply }: ComposerOptions): string {
  if (!anonymous && !question && people.length === 0 && !reply) return '';
  const names = people.slice(-LIMITS.mentions).map(({ id, displayName }) => ({ id, displayName }));
  return JSON.stringify({ anonymous, question, people: names, reply });
}

/** Whatever lies there: an older version of these pages may have written it. */
export function readOptions(kept: string): ComposerOptions {
  let value: unknown = null;
  try {
    value = JSON.parse(kept);
  } catch {
    // nothing was chosen
  }
  const { anonymous, question, people, reply } = (value ?? {}) as Partial<Record<keyof ComposerOptions, unknown>>;
  return {
    anonymous: anonymous === true,
    question: question === true,
    people: Array.isArray(people) ? people.filter(isNamed) : [],
    reply: answeredIn(reply),
  };
}
