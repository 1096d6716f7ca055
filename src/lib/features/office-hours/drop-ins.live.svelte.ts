// The link of the drop-in pages: what changes is loaded again, not by everybody at the same moment. One per page, made by the layout.
import { connect, type Connection } from '#lib/realtime/connection.svelte.ts';
import { claimDevice, wipeDevice } from '#lib/realtime/device.ts';

interface DropInsLive {
  /** null until the page runs in a browser. */
  readonly connection: Connection | null;
  /** Begins in the browser; the returned function ends it. */
  start(accountId: string): () => void;
}

const SPREAD_MS = 800;
/** A full load, not a navigation: nothing of hers may stay in the page's memory. */
const toSignIn = () => location.replace('/sign-in');

export function createDropInsLive(reload: () => Promise<unknown>): DropInsLive {
  let connection = $state.raw<Connection | null>(null);
  return {
    get connection() {
      return connection;
    },
    start(accountId) {
      const link = connect({ ended: () => void wipeDevice().then(toSignIn), unknown: toSignIn });
      let again: ReturnType<typeof setTimeout> | undefined;
      let lost = false;
      const soon = () => {
        clearTimeout(again);
        again = setTimeout(() => void reload(), Math.random() * SPREAD_MS);
      };
      void claimDevice(accountId);
      connection = link;
      const ends = [
        link.on('drop-in:changed', soon),
        link.onConnect(() => {
          void link.ask('drop-ins:watch', {});
          if (lost) soon();
          lost = false;
        }),
        link.onDisconnect(() => (lost = true)),
      ];
      return () => {
        clearTimeout(again);
        for (const end of ends) end();
        link.close();
        connection = null;
      };
    },
  };
}
