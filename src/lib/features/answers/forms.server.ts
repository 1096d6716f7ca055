// What the forms of saved answers send, and how a refused one comes back. Only +page.server.ts files import it.
import { fieldsOf, textOf } from '#lib/features/accounts/forms.server.ts';
import { COMMUNITY_LANGUAGES } from '#shared/text/languages.ts';

const fieldOf = (lang: string) => `texts.${lang}`;

/** Everything she typed, by the names of the fields. */
export const typedAnswer = (form: FormData): Record<string, string> =>
  fieldsOf(form, 'clientId', 'version', 'title', ...COMMUNITY_LANGUAGES.map(fieldOf));

/** The same as the service takes it. */
export function answerInput(form: FormData): Record<string, unknown> {
  const texts = Object.fromEntries(COMMUNITY_LANGUAGES.map((lang) => [lang, textOf(form, fieldOf(lang))]));
  return { ...fieldsOf(form, 'clientId', 'version', 'title'), texts };
}
