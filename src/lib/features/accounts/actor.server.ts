// Who acts on a page that hooks opened for her. Only +page.server.ts files of signed-in pages import it.
import { redirect } from '@sveltejs/kit';
import type { Actor } from '#server/domain/kernel/actor.ts';

/** Hooks let no stranger in here; this says so to the types, and holds if that ever changes. */
export function actorOf(locals: App.Locals): Actor {
  if (!locals.actor) redirect(303, '/sign-in');
  return locals.actor;
}
