// Keeps two machines from using one data folder, as on a shared disk, where file locks cannot be relied on. connect.ts only.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Another machine has the folder open. */
class SecondMachineError extends Error {
  override readonly name = 'SecondMachineError';

  constructor(folder: string, machine: string) {
    super(
      `The folder ${folder} is in use by the hub on another machine (${machine}). The embedded database serves one machine. ` +
        'For several, set MONGODB_URI to the same MongoDB on each; npm run data:copy moves what is here.',
    );
  }
}

export interface Claim {
  /** Leaves the sign to another process of this machine. */
  forget(): void;
  /** Lets another machine in at once. */
  release(): Promise<void>;
}

const FILE = 'machine.json';
const BEAT_MS = 5_000;

interface Sign {
  machine: string;
  /** Changes as long as that machine is at it: no two clocks have to agree. */
  beat: number;
}

async function readSign(file: string): Promise<Sign | null> {
  try {
    const { machine, beat } = JSON.parse(await readFile(file, 'utf8')) as Partial<Sign>;
    return typeof machine === 'string' && typeof beat === 'number' ? { machine, beat } : null;
  } catch {
    return null;
  }
}

/** Watches the sign of another machine; raises SecondMachineError as soon as it changes. */
async function requireStill(folder: string, file: string, seen: Sign, beatMs: number): Promise<void> {
  for (let waited = 0; waited < 2.5 * beatMs; waited += beatMs / 10) {
    await new Promise((resolve) => setTimeout(resolve, beatMs / 10));
    const now = await readSign(file);
    if (now === null) return;
    if (now.machine !== seen.machine || now.beat !== seen.beat) throw new SecondMachineError(folder, now.machine);
  }
}

/**
 * Says that this machine uses the folder. What a dead machine left there costs a wait of twelve seconds, once.
 * Raises SecondMachineError.
 */
export async function claimMachine(folder: string, machine = hostname(), beatMs = BEAT_MS): Promise<Claim> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined); // the engine has words for it
  const file = join(folder, FILE);
  const seen = await readSign(file);
  if (seen && seen.machine !== machine) await requireStill(folder, file, seen, beatMs);
  let beat = seen?.beat ?? 0;
  let writing = Promise.resolve();
  const write = (): Promise<void> => {
    const sign: Sign = { machine, beat: ++beat };
    const draft = `${file}.${process.pid}`;
    const wrote = writeFile(draft, JSON.stringify(sign), { mode: 0o600 }).then(() => rename(draft, file));
    // a full disk is told by the database itself
    return (writing = wrote.catch(() => undefined));
  };
  await write();
  const beating = setInterval(() => void write(), beatMs).unref();
  const forget = (): void => clearInterval(beating);
  return {
    forget,
    async release() {
      forget();
      await writing;
      await rm(file, { force: true });
    },
  };
}
