// Tests of updates by a pipeline.
import { Double, Int32, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { decodeTyped, encodeDocument } from './bson.ts';
import type { Doc } from './bson.ts';
import { applyUpdate } from './update.ts';

const now = new Date(1_700_000_000_000);
const updated = (document: Doc, pipeline: Doc[], variables: Doc = {}) =>
  applyUpdate(document, pipeline, { now, variables });
const refused = (pipeline: Doc[], code: number) =>
  expect(() => updated({ _id: 1, n: 1 }, pipeline)).toThrow(expect.objectContaining({ code }));

describe('an update by a pipeline', () => {
  it('computes from the document, the variables and the time', () => {
    const document = { _id: 1, m: 3, x: 8, old: 1 };
    const pipeline = [{ $set: { sum: { $add: ['$m', '$x', '$$more'] }, at: '$$NOW' } }, { $unset: 'old' }];
    expect(updated(document, pipeline, { more: 5 })).toEqual({ _id: 1, m: 3, x: 8, sum: 16, at: now });
    expect(document).toEqual({ _id: 1, m: 3, x: 8, old: 1 });
  });

  it('keeps the types of the numbers it does not compute', () => {
    const stored = encodeDocument({
      _id: new Long(1),
      d: new Double(5),
      big: Long.fromString('9007199254740993'),
      l: [new Double(1)],
      n: 1,
    });
    const result = updated(decodeTyped(stored), [{ $set: { twice: { $multiply: ['$n', 2] } } }]);
    expect(decodeTyped(encodeDocument(result))).toEqual({ ...decodeTyped(stored), twice: new Int32(2) });
  });

  it('keeps the _id of a document it replaces', () => {
    expect(updated({ _id: 1, a: { b: 2 } }, [{ $replaceWith: '$a' }])).toEqual({ _id: 1, b: 2 });
    expect(updated({ _id: 1, a: 1, b: 2 }, [{ $project: { a: 1 } }])).toEqual({ _id: 1, a: 1 });
  });

  it('is refused where it would change the _id or use other stages', () => {
    refused([{ $set: { _id: 2 } }], 66);
    refused([{ $match: { n: 1 } }], 72);
    refused([{ $group: { _id: 1 } }], 72);
    refused([{ $replaceWith: '$n' }], 40228);
  });
});
