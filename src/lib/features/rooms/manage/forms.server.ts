// What the form actions of the pages about rooms share. Only +page.server.ts files import it.
import { failWith, fieldsOf, textOf, type Failed } from '#lib/features/accounts/forms.server.ts';
import { LOCALES } from '#shared/locales.ts';

const TEXTS = ['name', 'purpose', 'rules', 'welcome'] as const;

/** What she typed, by the names of the fields (`name.de`), so that a refused form can show it again. */
export const typedRoom = (form: FormData): Record<string, string> =>
  fieldsOf(form, 'access', 'version', 'clientId', ...TEXTS.flatMap((text) => LOCALES.map((one) => `${text}.${one}`)));

/** The same as the service takes it. */
export function roomInput(form: FormData): Record<string, unknown> {
  const perLanguage = (text: string) =>
    Object.fromEntries(LOCALES.map((locale) => [locale, textOf(form, `${text}.${locale}`)]));
  return {
    ...fieldsOf(form, 'access', 'version', 'clientId'),
    ...Object.fromEntries(TEXTS.map((text) => [text, perLanguage(text)])),
  };
}

/** Runs a command of one tap; a refusal names the form it came from. */
export async function tap<Name extends string>(
  on: Name,
  run: () => Promise<unknown>,
): Promise<{ done: Name } | Failed> {
  try {
    await run();
    return { done: on };
  } catch (error) {
    return failWith(error, {}, on);
  }
}
