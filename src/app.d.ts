// What hooks put on every request, and what an error page knows.
import type { Actor, ClientContext } from '#server/domain/kernel/actor.ts';
import type { ErrorCode, ErrorParams } from '#shared/errors.ts';
import type { Locale } from '#shared/locales.ts';

declare global {
  namespace App {
    interface Locals {
      actor: Actor | null;
      locale: Locale;
      /** For limits and the list of logins. */
      client: ClientContext;
    }
    interface PageData {
      /** The page has a link of its own, which counts what waits for her too. */
      linked?: boolean;
    }
    interface PageState {
      /** The root of the thread that is open beside its room. */
      thread?: string;
      /** So many steps back to the room without it. */
      steps?: number;
    }
    interface Error {
      message: string;
      code?: ErrorCode;
      params?: ErrorParams;
      errorId?: string;
    }
  }
}
