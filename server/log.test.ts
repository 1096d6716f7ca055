// What of an error may stand in the log.
import { expect, test } from 'vitest';
import { AppError } from './domain/kernel/app-error.ts';
import { safeError } from './log.ts';

test('an error of the database keeps its code and place, but not its words: they quote what is stored', () => {
  const message = 'E11000 duplicate key error dup key: { userName: "amira" }';
  const error = Object.assign(new Error(message), {
    name: 'MongoServerError',
    code: 11000,
    keyValue: { userName: 'amira' },
  });
  const logged = safeError(error);
  expect(logged).toMatchObject({ type: 'MongoServerError', code: 11000 });
  expect(JSON.stringify(logged)).not.toContain('amira');
});

test('the cause is there too, just as careful', () => {
  const cause = Object.assign(new Error('userName: "amira"'), { name: 'ValidationError' });
  const logged = safeError(new AppError('unavailable', undefined, { cause }));
  expect(logged).toMatchObject({ code: 'unavailable', message: 'unavailable', cause: { type: 'ValidationError' } });
  expect(JSON.stringify(logged)).not.toContain('amira');
});

test('a message of several lines does not come back through the stack', () => {
  const error = Object.assign(new Error('no\nuserName amira'), { name: 'CastError' });
  expect(JSON.stringify(safeError(error))).not.toContain('amira');
});

test('whatever else was thrown is named by its kind only', () => {
  expect(safeError('amira')).toEqual({ type: 'string' });
});
