// Where FerretDB 1.24 is known to answer otherwise than MongoDB; each entry is explained in the README. For differential.test.ts.
import type { Document } from 'mongodb';
import type { Command } from './differential-arbitraries.ts';
import { text } from './differential-commands.ts';

/** A server that has not got something says so in one of these ways. */
const HAS_NOT_GOT = /not implemented|unknown operator|not supported|'array', expected type/;

export const hasNotGot = (message: string): boolean => HAS_NOT_GOT.test(message);

/** Lists directly within lists cannot be stored there. */
export const cannotBeStored = (documents: readonly Document[]): boolean => /\[\[|\],\[/.test(text(documents));

const DOTTED = /"[ace]\.[b01]"/;

const DIFFERENT: readonly ((command: Command, said: string) => boolean)[] = [
  // A second accumulator of a $group sees no documents.
  (command, said) => command.kind === 'aggregate' && said.includes('"two"'),
  // Computed fields are taken as they stand, and what follows an $unwind loses fields.
  (command, said) => command.kind === 'aggregate' && /"x"|"n\.x"|"\$unwind"/.test(said),
  // A dotted path that meets a list: for null and what is not, in sorts and where elements are removed.
  (_command, said) => DOTTED.test(said) && /null|"\$(?:ne|nin|not|nor|unset|sort|exists|all)"/.test(said),
  (command) => 'sort' in command && DOTTED.test(text(command.sort)),
  // The positional operator is not known everywhere.
  (_command, said) => said.includes('.$"'),
  // $mod does not look into lists.
  (_command, said) => said.includes('"$mod"'),
  // Fields come in the order of the projection, not of the document.
  (command) => command.kind === 'find' && Object.keys(command.projection ?? {}).length > 1,
  // $each with nothing in it makes no list, and $slice and $sort are not applied.
  (_command, said) => said.includes('"$each"'),
];

export const isKnownToDiffer = (command: Command): boolean => {
  const said = text(Object.fromEntries(Object.entries(command).filter(([, value]) => value !== null)));
  return DIFFERENT.some((differs) => differs(command, said));
};
