// The link of the pages of what needs a decision: they load again when something changed, and say that she still looks. One per page, made by the layout.
import { connect, type Connection } from '#lib/realtime/connection.svelte.ts';
import { claimDevice, wipeDevice } from '#lib/realtime/device.ts';

interface CasesLive {
  /** null until the page runs in a browser. */
  readonly connection: Connection | null;
  /** Begins in the browser; the returned function ends it. */
  start(accountId: string): () => void;
}

/** Moderators do not load again all at the same moment, and many hints are one load. */
const SPREAD_MS = 400;
/** Below the time after which she is taken to have looked away; also how old a list may be that got no hint. */
const LOOK_MS = 40_000;
/** A full load, not a navigation: nothing of hers may stay in the page's memory. */
const toSignIn = () => location.replace('/sign-in');

/** `looksAt`: the case that is open; undefined: the list. */
export function createCasesLive(looksAt: () => string | undefined, reload: () => Promise<unknown>): CasesLive {
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
      const still = () => {
        if (document.visibilityState !== 'visible') return;
        const caseId = looksAt();
        if (caseId === undefined) soon();
        else void link.ask('cases:look', { caseId });
      };
      void claimDevice(accountId);
      connection = link;
      const looking = setInterval(still, LOOK_MS);
      document.addEventListener('visibilitychange', still);
      const ends = [
        link.on('cases:changed', ({ caseId }) => {
          const open = looksAt();
          if (open === undefined || open === caseId) soon();
        }),
        link.onConnect(() => {
          void link.ask('cases:watch', {});
          if (lost) soon();
          lost = false;
        }),
        link.onDisconnect(() => (lost = true)),
      ];
      return () => {
        clearTimeout(again);
        clearInterval(looking);
        document.removeEventListener('visibilitychange', still);
        for (const end of ends) end();
        link.close();
        connection = null;
      };
    },
  };
}
