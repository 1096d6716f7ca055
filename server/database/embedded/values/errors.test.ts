// Tests of the errors' numbers and names.
import { describe, expect, it } from 'vitest';
import { badValue, duplicateKey, immutableField, location, unknownField } from './errors.ts';

describe('errors', () => {
  it('carry the number and name that drivers know', () => {
    expect(badValue('no')).toMatchObject({ code: 2, codeName: 'BadValue', message: 'no', extra: {} });
    expect(immutableField('no')).toMatchObject({ code: 66, codeName: 'ImmutableField' });
    expect(location(51091, 'x')).toMatchObject({ code: 51091, codeName: 'Location51091' });
  });

  it('say which key is there twice and which option is unknown', () => {
    expect(duplicateKey('twice', { a: 1 }, { a: 'x' })).toMatchObject({
      code: 11000,
      extra: { keyPattern: { a: 1 }, keyValue: { a: 'x' } },
    });
    expect(unknownField('find', 'foo')).toMatchObject({
      code: 40415,
      codeName: 'Location40415',
      message: "BSON field 'find.foo' is an unknown field.",
    });
  });
});
