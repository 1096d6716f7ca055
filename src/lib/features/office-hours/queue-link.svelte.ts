// The live link of pages about queues: one per page, ends when the page is left, and wipes the device when the login ends.
import { connect, type Connection } from '#lib/realtime/connection.svelte.ts';
import { wipeDevice } from '#lib/realtime/device.ts';

const toSignIn = (): void => location.replace('/sign-in');

/** Browser only: call it from an effect or onMount. */
export const openLink = (): Connection => connect({ ended: () => void wipeDevice().then(toSignIn), unknown: toSignIn });
