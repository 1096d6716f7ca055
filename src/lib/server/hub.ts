// The typed hand-off of the running hub to pages (house plan, section 4). Hooks, loads and actions may import it.
import type { Hub } from '#server/hub.ts';

/** The hub that server/main.ts put here before it loaded the pages. */
export function hub(): Hub {
  const running = (globalThis as { [key: symbol]: unknown })[Symbol.for('strong-together.hub')];
  if (!running) throw new Error('no hub: the pages were started without server/main.ts');
  return running as Hub;
}
