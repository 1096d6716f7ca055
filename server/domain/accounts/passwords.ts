// Hashing and checking passwords: argon2id, few at once. Only this area imports it.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../kernel/app-error.ts';

/** `memory` in KiB. */
export interface PasswordCost {
  memory: number;
  passes: number;
}

const COST: PasswordCost = { memory: 19_456, passes: 2 };
const LANES = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
/** One of libuv's four threads stays free for files and names. */
const AT_ONCE = 3;
/** More than this waiting: some seconds of work. Refusing is kinder than a page that never answers. */
const WAITING = 300;

const derive = promisify(argon2);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

function createGate(atOnce: number, waiting: number) {
  const queue: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new AppError('rate.limited', { seconds: 5 });
      // the one that ends hands its place over, so nobody can slip in between
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running--;
    }
  };
}

/** One spelling for what looks the same, whatever keyboard it came from. */
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize('NFKC'));

interface Stored extends PasswordCost {
  salt: Buffer;
  tag: Buffer;
}

const STORED = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function read(stored: string): Stored {
  const [, memory, passes, salt, tag] = STORED.exec(stored) ?? [];
  if (!memory || !passes || !salt || !tag) throw new Error('a stored password is not in the expected form');
  return {
    memory: Number(memory),
    passes: Number(passes),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

export type Passwords = ReturnType<typeof createPasswords>;

/** Stored form: `$argon2id$v=19$m=…,t=…,p=1$salt$tag`. A lower cost is for tests only. Raises rate.limited under a flood. */
export function createPasswords(cost: PasswordCost = COST) {
  const gate = createGate(AT_ONCE, WAITING);
  const work = (message: Buffer, nonce: Buffer, { memory, passes }: PasswordCost): Promise<Buffer> =>
    gate(() => derive('argon2id', { message, nonce, parallelism: LANES, tagLength: TAG_BYTES, memory, passes }));
  const write = (salt: Buffer, tag: Buffer): string =>
    `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${LANES}$${base64(salt)}$${base64(tag)}`;
  const nobody = write(randomBytes(SALT_BYTES), randomBytes(TAG_BYTES));

  return {
    async hash(password: string): Promise<string> {
      const salt = randomBytes(SALT_BYTES);
      return write(salt, await work(bytesOf(password), salt, cost));
    },
    /** `stored` undefined (no such account): the same work, and false. */
    async verify(stored: string | undefined, password: string): Promise<boolean> {
      const { salt, tag, memory, passes } = read(stored ?? nobody);
      const own = await work(bytesOf(password), salt, { memory, passes });
      return own.length === tag.length && timingSafeEqual(own, tag) && stored !== undefined;
    },
    /** True when it was stored at another cost than today's: hash it again at the next sign-in. */
    outdated(stored: string): boolean {
      const { memory, passes } = read(stored);
      return memory !== cost.memory || passes !== cost.passes;
    },
  };
}
