// A client of the crash test that builds and drops indexes and collections. For crash.ts only.
import type { Db, IndexDescription } from 'mongodb';
import type { Stored } from './crash.ts';
import type { Random } from './random.ts';

const INDEXES: readonly IndexDescription[] = [
  { name: 'room', key: { room: 1, step: -1 } },
  { name: 'tags', key: { tags: 1, room: 1 } },
  { name: 'group', key: { group: 1, _id: 1 } },
  { name: 'early', key: { step: 1 }, partialFilterExpression: { step: { $gt: 2 } } },
  { name: 'sparse', key: { room: -1, group: 1, step: 1 }, sparse: true },
];
const EXTRA = 'extra';
const EXTRA_SIZE = 200;

/** What exists: names of indexes, and `extra` for the collection of that name. */
type Things = ReadonlySet<string>;

export class Builder {
  /** What the command without an answer leaves. */
  underway: Things | undefined;
  #told: Things = new Set();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** One command and its answer. */
  async step(db: Db): Promise<void> {
    if (this.#random.chance(4)) await this.#makeOrDropCollection(db);
    else await this.#makeOrDropIndexes(db);
    this.#told = this.underway ?? this.#told;
    this.underway = undefined;
  }

  async #makeOrDropCollection(db: Db): Promise<void> {
    if (this.#told.has(EXTRA)) {
      this.underway = new Set([...this.#told].filter((name) => name !== EXTRA));
      await db.collection(EXTRA).drop();
    } else {
      this.underway = new Set([...this.#told, EXTRA]);
      await db.collection(EXTRA).insertMany(Array.from({ length: EXTRA_SIZE }, (_, n) => ({ n })));
    }
  }

  /** Up to three of those that are missing, by one command; or one that is there, or all, go. */
  async #makeOrDropIndexes(db: Db): Promise<void> {
    const docs = db.collection('docs');
    const missing = INDEXES.filter(({ name }) => !this.#told.has(name ?? '')).slice(0, 1 + this.#random.below(3));
    const [first] = INDEXES.filter(({ name }) => this.#told.has(name ?? ''));
    if (missing.length > 0 && (!first || !this.#random.chance(3))) {
      this.underway = new Set([...this.#told, ...missing.map(({ name }) => name ?? '')]);
      await docs.createIndexes([...missing]);
    } else if (this.#random.chance(3)) {
      this.underway = new Set([...this.#told].filter((name) => name === EXTRA));
      // not dropIndexes(): the driver's answers `false` to a broken connection, which looks like an acknowledgement
      await docs.dropIndex('*');
    } else {
      this.underway = new Set([...this.#told].filter((name) => name !== first?.name));
      await docs.dropIndex(first?.name ?? '');
    }
  }

  /** @param indexes names by collection. @returns what differs from the model, which then follows what is stored */
  compare(stored: Stored, indexes: ReadonlyMap<string, readonly string[]>): string[] {
    const extra = stored.get(EXTRA);
    const now = new Set((indexes.get('docs') ?? []).filter((name) => name !== '_id_'));
    if (extra) now.add(EXTRA);
    const isAllowed = same(now, this.#told) || (this.underway !== undefined && same(now, this.underway));
    const told = `${[...this.#told].join()}${this.underway ? `, under way ${[...this.underway].join()}` : ''}`;
    this.#told = now;
    this.underway = undefined;
    const wrong: string[] = [];
    if (!isAllowed) wrong.push(`indexes and collections were acknowledged as ${told}, found ${[...now].join()}`);
    if (extra && extra.length !== EXTRA_SIZE) wrong.push(`of ${EXTRA_SIZE} documents inserted at once ${extra.length}`);
    return wrong;
  }
}

const same = (a: Things, b: Things): boolean => a.size === b.size && [...a].every((name) => b.has(name));
