// The link of the pages of what needs a decision: they load again when something changed, and say that she still looks. One per page, made by the layout.
import type { Connection } from '#lib/realtime/connection.svelte.ts';
import { openReloading } from '#lib/realtime/reloading.ts';

interface CasesLive {
  /** null until the page runs in a browser. */
  readonly connection: Connection | null;
  /** Begins in the browser; the returned function ends it. */
  start(accountId: string): () => void;
  /** She went on from this case: the others need not wait until that ends by itself. */
  leave(caseId: string): void;
}

const SPREAD_MS = 400;
/** Below the time after which she is taken to have looked away; also how old a list may be that got no hint. */
const LOOK_MS = 40_000;

/** From here on the list stands beside the case that is open, as in the layout. */
const LIST_BESIDE = '(min-width: 64rem)';

/** `looksAt`: the case that is open; undefined: the list. */
export function createCasesLive(looksAt: () => string | undefined): CasesLive {
  let connection = $state.raw<Connection | null>(null);
  const leave = (caseId: string) => void connection?.ask('cases:look', { caseId, left: true });
  return {
    leave,
    get connection() {
      return connection;
    },
    start(accountId) {
      const watch = (link: Connection) => void link.ask('cases:watch', {});
      const link = openReloading({ accountId, spreadMs: SPREAD_MS, watch });
      connection = link.connection;
      const still = () => {
        const caseId = looksAt();
        if (document.visibilityState !== 'visible') {
          if (caseId !== undefined) leave(caseId);
        } else if (caseId === undefined) link.soon();
        else void link.connection.ask('cases:look', { caseId });
      };
      const looking = setInterval(still, LOOK_MS);
      document.addEventListener('visibilitychange', still);
      const end = link.connection.on('cases:changed', ({ caseId }) => {
        const open = looksAt();
        if (open === undefined || open === caseId || matchMedia(LIST_BESIDE).matches) link.soon();
      });
      return () => {
        clearInterval(looking);
        document.removeEventListener('visibilitychange', still);
        end();
        link.close();
        connection = null;
      };
    },
  };
}
