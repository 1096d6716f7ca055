// Those who ask in the same moment are answered by one question to the database: a herd that comes back costs little. For repositories.

/** What one question may ask for: below the limits of a database command. */
const MOST = 500;

interface Waiting<Item, T> {
  item: Item;
  promise: Promise<T | undefined>;
  resolve(value: T | undefined): void;
  reject(error: unknown): void;
}

/**
 * `load` gets what was asked for, or is to be written, while its last call was on its way: each thing once, by its key. So
 * an answer is never older than the question, which plain sharing would not keep. A key that `load` leaves out is
 * answered undefined. What is answered is shared: nobody may change it.
 */
export function createGathered<Item, T>(
  keyOf: (item: Item) => string,
  load: (items: Item[]) => Promise<ReadonlyMap<string, T>>,
) {
  let waiting = new Map<string, Waiting<Item, T>>();
  let running = false;

  async function loadSome(some: Map<string, Waiting<Item, T>>): Promise<void> {
    try {
      const found = await load([...some.values()].map(({ item }) => item));
      for (const [key, { resolve }] of some) resolve(found.get(key));
    } catch (error) {
      for (const { reject } of some.values()) reject(error);
    }
  }

  async function run(): Promise<void> {
    await Promise.resolve(); // what is asked for in the same breath goes together
    while (waiting.size > 0) {
      const now = waiting;
      waiting = new Map();
      const entries = [...now];
      for (let at = 0; at < entries.length; at += MOST) await loadSome(new Map(entries.slice(at, at + MOST)));
    }
    running = false;
  }

  return (item: Item): Promise<T | undefined> => {
    const key = keyOf(item);
    const asked = waiting.get(key);
    if (asked) return asked.promise;
    const mine = { item, ...Promise.withResolvers<T | undefined>() };
    waiting.set(key, mine);
    if (!running) {
      running = true;
      void run();
    }
    return mine.promise;
  };
}

/** The same for things that are known by their key alone. */
export const createTogether = <T>(load: (keys: string[]) => Promise<ReadonlyMap<string, T>>) =>
  createGathered<string, T>((key) => key, load);

/** The same for questions that cannot be put as one: who asks the same as somebody else shares the answer, never an older one. */
export function createShared<T>(load: (key: string) => Promise<T>) {
  const asking = new Map<string, { ask: (key: string) => Promise<T | undefined>; open: number }>();
  return async (key: string): Promise<T> => {
    const one = asking.get(key) ?? { ask: createTogether(async () => new Map([[key, await load(key)]])), open: 0 };
    asking.set(key, one);
    one.open += 1;
    try {
      return (await one.ask(key)) as T;
    } finally {
      one.open -= 1;
      if (one.open === 0) asking.delete(key);
    }
  };
}
