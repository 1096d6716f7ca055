// The link of pages that load again when something changed: not everybody at the same moment, and after a gap too. For the live state of such pages.
import { invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';
import { connect, type Connection } from './connection.svelte.ts';
import { claimDevice } from './device.ts';

export interface ReloadingLink {
  readonly connection: Connection;
  /** Loads again within `spreadMs`; many hints are one load. */
  soon(): void;
  close(): void;
}

/** ms; a page that waited so long for its line may be older than what the hub knows. */
const LATE_MS = 1_000;

/** Loading again would take back a tap that is on its way, and the page she goes to is new anyway. */
const reload = (): void => void (navigating.to === null && invalidateAll());

/** Browser only. `watch`: asks for hints, each time the link is up; what was missed while it was away, or not there yet, is loaded. */
export function openReloading(options: {
  accountId: string;
  spreadMs: number;
  watch: (link: Connection) => void;
}): ReloadingLink {
  const { accountId, spreadMs, watch } = options;
  const connection = connect();
  let again: ReturnType<typeof setTimeout> | undefined;
  const begun = performance.now();
  let lost = false;
  const soon = () => {
    clearTimeout(again);
    again = setTimeout(reload, Math.random() * spreadMs);
  };
  void claimDevice(accountId);
  const ends = [
    connection.onConnect(() => {
      watch(connection);
      if (lost || performance.now() - begun > LATE_MS) soon();
      lost = false;
    }),
    connection.onDisconnect(() => (lost = true)),
  ];
  return {
    connection,
    soon,
    close() {
      clearTimeout(again);
      for (const end of ends) end();
      connection.close();
    },
  };
}
