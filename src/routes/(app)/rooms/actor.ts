// Who is reading: hooks let nobody else come this far. For loads and actions under /rooms.
import { error } from '@sveltejs/kit';

export function actorOf(locals: App.Locals): NonNullable<App.Locals['actor']> {
  if (!locals.actor) error(401, { message: 'auth.required', code: 'auth.required' });
  return locals.actor;
}
