// Why nothing was looked for, in words. For the pages with a search.
import { errorText } from '#lib/i18n/errors.ts';
import { m } from '#lib/i18n/generated/messages.js';
import type { ErrorView } from '#shared/errors.ts';

export const whyNot = (error: ErrorView | null): string | undefined =>
  error?.code === 'input.empty' ? m.search_no_word() : error ? errorText(error) : undefined;
