// What the form actions of the account pages share. Only +page.server.ts files import it.
import { fail, type ActionFailure } from '@sveltejs/kit';
import { asFail } from '#lib/server/page.ts';
import type { ErrorView } from '#shared/errors.ts';

export type Failed = ActionFailure<{ error: ErrorView; values: Record<string, string>; on: string }>;

/** The text of a field; a file or a missing field counts as empty, and the service says so. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** The named fields as an object. */
export const fieldsOf = <K extends string>(form: FormData, ...names: K[]): Record<K, string> =>
  Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as Record<K, string>;

/**
 * A refused form with what she typed, so that nothing has to be typed again. Never pass passwords in. `on` names the
 * form on a page with several.
 */
export function failWith(error: unknown, values: Record<string, string> = {}, on = ''): Failed {
  const { status, data } = asFail(error);
  return fail(status, { ...data, values, on });
}
