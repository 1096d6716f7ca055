// A form on its way: busy while it travels, keeps what was typed when the network is away. For forms of the account pages.
import { tick } from 'svelte';
import type { SubmitFunction } from '@sveltejs/kit';
import type { ErrorView } from '#shared/errors.ts';

export interface Sending {
  readonly busy: boolean;
  /** Set when the hub could not be reached: nothing was lost, the form is as it was. */
  readonly failure: ErrorView | null;
  /** For `use:enhance`. */
  submit: SubmitFunction;
}

interface Options {
  /** Runs before the page that follows a success opens (wiping the device at sign-out). */
  before?: () => Promise<void>;
  /** Keeps the fields after a success (default: they are emptied). */
  keep?: boolean;
}

async function showComplaint(form: HTMLFormElement): Promise<void> {
  await tick();
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

/**
 * A redirect loads the next page anew instead of inside this one: who she is and which language is hers have changed,
 * and nothing of before may stay in memory.
 */
export function createSending({ before, keep = false }: Options = {}): Sending {
  let busy = $state(false);
  let failure = $state<ErrorView | null>(null);
  return {
    get busy() {
      return busy;
    },
    get failure() {
      return failure;
    },
    submit: ({ cancel }) => {
      if (busy) return cancel();
      busy = true;
      failure = null;
      return async ({ result, update, formElement }) => {
        if (result.type === 'redirect') {
          await before?.();
          location.assign(result.location);
          return;
        }
        if (result.type === 'error') failure = { code: navigator.onLine ? 'unknown' : 'unavailable' };
        else await update({ reset: !keep });
        busy = false;
        await showComplaint(formElement);
      };
    },
  };
}
