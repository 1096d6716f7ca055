// The quick exit in the browser: hides first, then wipes and signs out. For Leave.svelte; the server's half is routes/leave.

import { wipeWithin } from './wipe.ts';

/** A page anyone may have open: the public weather service. No address of ours, nothing to explain. */
export const NEUTRAL_SITE = 'https://www.dwd.de/';

/** Read by the server: a page asked for with this mark signs the device out before anything is shown. */
export const LEFT_MARK = 'left';

/**
 * Covers the page at once, leaves the mark (a cookie, for the case that the network is away), signs out, wipes what is
 * hers on this device, and goes. Waits at most 400 ms for the wiping; the request outlives the page.
 */
export function leaveNow(): void {
  document.documentElement.classList.add('leaving');
  document.title = '';
  document.cookie = `${LEFT_MARK}=1; path=/; max-age=31536000; samesite=lax`;
  const signedOut = fetch('/leave', { method: 'POST', keepalive: true, headers: { 'content-type': 'text/plain' } });
  const late = new Promise((resolve) => setTimeout(resolve, 400));
  void Promise.race([Promise.allSettled([signedOut, wipeWithin(400)]), late]).then(() => {
    location.replace(NEUTRAL_SITE);
  });
}
