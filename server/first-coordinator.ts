// Hands over the one-time link of an empty hub: to a terminal, else in a file only its owner can read; never to a log. main.ts only.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '#shared/limits.ts';
import type { Hub } from './hub.ts';

/** Offers the link when the hub has no coordinator; removes the file of an earlier start, and this one's once it was used. */
export async function offerFirstLink(
  hub: Pick<Hub, 'accounts' | 'bus' | 'config' | 'log'>,
  terminal: boolean,
  print: (line: string) => void,
): Promise<void> {
  const file = join(hub.config.dataFolder, 'first-coordinator.txt');
  await rm(file, { force: true });
  const invitation = await hub.accounts.firstInvitation();
  if (!invitation) return;
  const link = `${hub.config.origin}/join/${invitation.code}`;
  const words = `The hub is empty. The first coordinator creates her account here (one time, within ${LIMITS.firstInvitationHours} hours):`;
  if (terminal) {
    print(`\n${words}\n  ${link}\n`);
    return;
  }
  // 'wx': a file that somebody else put there is not written to
  await writeFile(file, `${words}\n${link}\n`, { mode: 0o600, flag: 'wx' });
  hub.log.info({ file }, 'the link for the first coordinator is in this file');
  const off = hub.bus.on('user.joined', () => {
    off();
    rm(file, { force: true }).catch((error: unknown) => hub.log.warn({ err: error, file }, 'link not removed'));
  });
}
