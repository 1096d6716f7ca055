// How large a document that a pipeline makes has become, before anything walks through all of it. For aggregate.ts only.
import { documentTooLarge } from './errors.ts';
import { isPlain } from './paths.ts';

/** As of stored documents. */
const MAX_BYTES = 16 * 1024 * 1024;
/** At least so much for a value of any kind, its name included. */
const VALUE_BYTES = 8;

/**
 * Parts that a document has several times count each time, for so they are written; stops as soon as it is too much.
 * @throws 10334 BSONObjectTooLarge
 */
export function weigh(document: unknown): void {
  let bytes = 0;
  const rest: unknown[] = [document];
  while (rest.length > 0) {
    const value = rest.pop();
    bytes += VALUE_BYTES;
    if (typeof value === 'string') bytes += value.length;
    else if (Array.isArray(value)) for (const element of value) rest.push(element);
    else if (isPlain(value)) for (const name of Object.keys(value)) rest.push(value[name]);
    if (bytes > MAX_BYTES) throw documentTooLarge(`a document of the pipeline is larger than ${MAX_BYTES} bytes`);
  }
}
