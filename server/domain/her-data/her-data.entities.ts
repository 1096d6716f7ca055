// Whose data are looked for, and how a stored row is said in words. Only this area imports it.
import type mongoose from 'mongoose';
import type { DataPart } from '#shared/her-data.ts';

type Id = mongoose.Types.ObjectId;
export type Row = Record<string, unknown> & { _id: unknown };

/** Whose things are looked for. `aliases`: who she is in talks. */
export interface Her {
  id: string;
  oid: Id;
  authors: Id[];
  authorNames: string[];
}
/** A stored row in words. `room`: where it stands. */
interface Said {
  at?: unknown;
  room?: unknown;
  /** Whom it is about: her name is among the words, as she sees it elsewhere. */
  person?: string;
  words?: unknown[];
  data: Record<string, unknown>;
  file?: { id: string; name: string };
}
export interface Source {
  part: DataPart;
  collection: string;
  filter(her: Her): Record<string, unknown>;
  say(row: Row, her: Her): Said | null;
}

export const pick = (row: object, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, (row as Record<string, unknown>)[name] ?? null]));
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const within = (value: unknown): Record<string, unknown> => (value ?? {}) as Record<string, unknown>;
export const same = (one: unknown, other: unknown): boolean => String(one) === String(other);
