// Closed unless listed: whoever is suspended or banned gets nothing of a service but what is named. Only hub.ts uses it.
import { AppError } from '../kernel/app-error.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import { shutOutOf } from '../kernel/sanctions.ts';

const isActor = (value: unknown): value is Actor =>
  typeof value === 'object' && value !== null && 'sessionId' in value && 'role' in value;

/**
 * The same service; a verb whose first argument is an actor raises 'forbidden' for one who is shut out, unless it is in
 * `open`. Verbs that answer at once and not by a promise have to be in it.
 */
export function closedTo<Service extends object>(
  service: Service,
  clock: Clock,
  open: readonly (keyof Service)[] = [],
): Service {
  const guard = ([name, verb]: [string, unknown]): [string, unknown] => {
    if (typeof verb !== 'function' || open.includes(name as keyof Service)) return [name, verb];
    const call = verb as (...args: unknown[]) => unknown;
    const guarded = (...args: unknown[]): unknown => {
      const [actor] = args;
      if (isActor(actor) && shutOutOf(actor, clock.now())) return Promise.reject(new AppError('forbidden'));
      return call(...args);
    };
    return [name, guarded];
  };
  return Object.fromEntries(Object.entries(service).map(guard)) as Service;
}
