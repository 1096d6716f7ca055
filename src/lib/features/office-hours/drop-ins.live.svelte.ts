// The link of the drop-in pages: what changes is loaded again, not by everybody at the same moment. One per page, made by the layout.
import type { Connection } from '#lib/realtime/connection.svelte.ts';
import { openReloading } from '#lib/realtime/reloading.ts';

interface DropInsLive {
  /** null until the page runs in a browser. */
  readonly connection: Connection | null;
  /** Begins in the browser; the returned function ends it. */
  start(accountId: string): () => void;
}

const SPREAD_MS = 800;

export function createDropInsLive(): DropInsLive {
  let connection = $state.raw<Connection | null>(null);
  return {
    get connection() {
      return connection;
    },
    start(accountId) {
      const watch = (link: Connection) => void link.ask('drop-ins:watch', {});
      const link = openReloading({ accountId, spreadMs: SPREAD_MS, watch });
      connection = link.connection;
      const end = link.connection.on('drop-in:changed', link.soon);
      return () => {
        end();
        link.close();
        connection = null;
      };
    },
  };
}
