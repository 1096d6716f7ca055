// Clients of the crash test that change documents, each with a model of what it was told. For crash.ts only.
import { MongoServerError, type Db } from 'mongodb';
import type { Doc } from '../values/bson.ts';
import type { Stored } from './crash.ts';
import type { Random } from './random.ts';

/** Documents that are always changed together by one command, so they are all alike or all gone. */
interface Group {
  readonly size: number;
  readonly step: number;
}

type State = Group | undefined;

const MAX_GROUPS = 6;
const MAX_SIZE = 8;
const SLOTS = 100_000;

export class Writer {
  /** The group a command without an answer is about, and what it makes of it. */
  underway: { readonly group: string; readonly after: State } | undefined;
  /** At the last comparison: the command without an answer had been carried out. */
  carriedOut = false;
  readonly #told = new Map<string, Group>();
  readonly #name: string;
  readonly #random: Random;
  #made = 0;

  constructor(n: number, random: Random) {
    this.#name = `w${n}`;
    this.#random = random;
  }

  /** One command and its answer. */
  async step(db: Db): Promise<void> {
    const groups = [...this.#told.keys()];
    const group = groups[this.#random.below(Math.max(1, groups.length))];
    if (group === undefined || (groups.length < MAX_GROUPS && this.#random.chance(3))) await this.#create(db);
    else if (groups.length === MAX_GROUPS && this.#random.chance(3)) await this.#remove(db, group);
    else await this.#change(db, group);
  }

  async #create(db: Db): Promise<void> {
    const group = `${this.#name}-${this.#made++}`;
    const size = 1 + this.#random.below(MAX_SIZE);
    const docs = db.collection<Doc & { _id: string }>('docs');
    this.underway = { group, after: { size, step: 0 } };
    if (size === 1) {
      await docs.updateOne({ _id: `${group}/0` }, { $setOnInsert: { group, ...look(0) } }, { upsert: true });
    } else {
      await docs.insertMany(Array.from({ length: size }, (_, i) => ({ _id: `${group}/${i}`, group, ...look(0) })));
    }
    this.#acknowledged();
  }

  async #change(db: Db, group: string): Promise<void> {
    const docs = db.collection('docs');
    const before = this.#told.get(group) ?? { size: 0, step: 0 };
    const step = before.step + 1;
    this.underway = { group, after: { ...before, step } };
    const changes = { $inc: { step: 1 }, $set: { room: look(step).room, tags: look(step).tags } };
    if (before.size > 1) await docs.updateMany({ group }, changes);
    else if (this.#random.chance(2)) await docs.findOneAndUpdate({ group }, changes);
    else await docs.replaceOne({ group }, { group, ...look(step) });
    this.#acknowledged();
  }

  async #remove(db: Db, group: string): Promise<void> {
    this.underway = { group, after: undefined };
    await db.collection('docs').deleteMany({ group });
    this.#acknowledged();
  }

  #acknowledged(): void {
    if (!this.underway) return;
    const { group, after } = this.underway;
    if (after) this.#told.set(group, after);
    else this.#told.delete(group);
    this.underway = undefined;
  }

  /** What differs from the model; it then follows what is stored. @returns one sentence each */
  compare(stored: Stored): string[] {
    const wrong: string[] = [];
    const found = Map.groupBy(stored.get('docs') ?? [], (doc) => String(doc['group']));
    const { underway } = this;
    this.carriedOut = false;
    if (underway) {
      const before = this.#told.get(underway.group);
      const docs = found.get(underway.group) ?? [];
      this.carriedOut = isState(docs, underway.after);
      if (this.carriedOut) this.#acknowledged();
      else if (!isState(docs, before)) wrong.push(`${underway.group}: half of a command is left: ${shown(docs)}`);
      this.underway = undefined;
    }
    for (const [group, state] of this.#told) {
      const docs = found.get(group) ?? [];
      if (!isState(docs, state)) {
        wrong.push(`${group}: acknowledged as ${state.size} of step ${state.step}, found ${shown(docs)}`);
      }
    }
    for (const group of found.keys()) {
      if (group.startsWith(`${this.#name}-`) && !this.#told.has(group)) wrong.push(`${group}: should be gone`);
    }
    return wrong;
  }
}

/** Everything of a document that follows from its step. */
function look(step: number): { step: number; room: number; tags: string[] } {
  return { step, room: step % 5, tags: [`s${step % 3}`, `t${step % 7}`] };
}

function isState(docs: readonly Doc[], state: State): boolean {
  if (docs.length !== (state?.size ?? 0)) return false;
  return docs.every((doc) => {
    const { step, room, tags } = look(state?.step ?? 0);
    return doc['step'] === step && doc['room'] === room && String(doc['tags']) === String(tags);
  });
}

const shown = (docs: readonly Doc[]): string =>
  JSON.stringify(docs.map(({ step, room, tags }) => [step, room, tags])).slice(0, 300);

/** Takes slots that only one may have. */
export class Claimer {
  underway: number | undefined;
  carriedOut = false;
  readonly #mine = new Set<number>();
  readonly #taken = new Set<number>();
  readonly #name: string;
  readonly #random: Random;

  constructor(n: number, random: Random) {
    this.#name = `c${n}`;
    this.#random = random;
  }

  async step(db: Db): Promise<void> {
    // Few at a time, so that all claimers want the same ones.
    const slot = (this.#mine.size * 3 + this.#random.below(5)) % SLOTS;
    this.underway = slot;
    try {
      await db.collection('claims').insertOne({ slot, by: this.#name });
      this.#mine.add(slot);
    } catch (error) {
      if (!(error instanceof MongoServerError && error.code === 11000)) throw error;
      this.#taken.add(slot);
    }
    this.underway = undefined;
  }

  compare(stored: Stored): string[] {
    const holders = Map.groupBy(stored.get('claims') ?? [], (doc) => Number(doc['slot']));
    const wrong: string[] = [];
    const holderOf = (slot: number): unknown => holders.get(slot)?.[0]?.['by'];
    for (const [slot, claims] of holders)
      if (claims.length > 1) wrong.push(`slot ${slot} has ${claims.length} holders`);
    const { underway } = this;
    this.carriedOut = underway !== undefined && !this.#mine.has(underway) && holderOf(underway) === this.#name;
    if (this.carriedOut && underway !== undefined) this.#mine.add(underway);
    this.underway = undefined;
    for (const slot of this.#mine) {
      if (holderOf(slot) !== this.#name) wrong.push(`${this.#name} was told that slot ${slot} is hers`);
    }
    for (const slot of this.#taken) {
      if (!holders.has(slot)) wrong.push(`${this.#name} was told that slot ${slot} is taken, and nobody has it`);
    }
    return wrong;
  }
}
