// The quick exit in the browser: hides first, then wipes and signs out. For Leave.svelte; the server's half is routes/leave.

/** A page anyone may have open: the public weather service. No address of ours, nothing to explain. */
export const NEUTRAL_SITE = 'https://www.dwd.de/';

/** Read by the server: a page asked for with this mark signs the device out before anything is shown. */
export const LEFT_MARK = 'left';

const wiping = import.meta.glob<{ wipeDevice?: () => Promise<void> }>('../../realtime/device.ts');

async function wipe(): Promise<void> {
  await Promise.all(Object.values(wiping).map(async (load) => (await load()).wipeDevice?.()));
}

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
  void Promise.race([Promise.allSettled([signedOut, wipe()]), late]).then(() => location.replace(NEUTRAL_SITE));
}
