// What is hers on this device goes: for signing out and for the quick exit. Loaded late, since few pages need it.

/** Resolves when everything is gone or `ms` have passed; never raises. */
export async function wipeWithin(ms: number): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, ms));
  const wiped = import('#lib/realtime/device.ts').then(({ wipeDevice }) => wipeDevice());
  await Promise.race([wiped.catch(() => undefined), late]);
}
