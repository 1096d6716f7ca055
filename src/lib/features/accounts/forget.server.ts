// The answer that has a browser forget this site: outbox, drafts, caches. For signing out and for the quick exit.

/** Holds also for a tap before the page's script runs, or without it: nothing of hers stays on the phone. */
export const FORGET = { 'clear-site-data': '"storage"' };
