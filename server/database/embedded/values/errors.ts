// The errors the embedded engine answers with, under MongoDB's numbers and names. For every file of the engine.

/** An error that a client sees as a MongoDB server error; `extra` is merged into the reply. */
export class EngineError extends Error {
  code: number;
  codeName: string;
  extra: Record<string, unknown>;

  constructor(code: number, codeName: string, message: string, extra: Record<string, unknown> = {}) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
    this.codeName = codeName;
    this.extra = extra;
  }
}

type Maker = (message: string) => EngineError;

function maker(code: number, codeName: string): Maker {
  return (message) => new EngineError(code, codeName, message);
}

/** An error which MongoDB knows by number only (`Location51091`). */
export function location(code: number, message: string): EngineError {
  return new EngineError(code, `Location${code}`, message);
}

export const badValue = maker(2, 'BadValue');
export const failedToParse = maker(9, 'FailedToParse');
export const typeMismatch = maker(14, 'TypeMismatch');
export const illegalOperation = maker(20, 'IllegalOperation');
export const namespaceNotFound = maker(26, 'NamespaceNotFound');
export const indexNotFound = maker(27, 'IndexNotFound');
export const pathNotViable = maker(28, 'PathNotViable');
export const conflictingUpdate = maker(40, 'ConflictingUpdateOperators');
export const cursorNotFound = maker(43, 'CursorNotFound');
export const namespaceExists = maker(48, 'NamespaceExists');
export const maxTimeMSExpired = maker(50, 'MaxTimeMSExpired');
export const emptyFieldName = maker(56, 'EmptyFieldName');
export const commandNotFound = maker(59, 'CommandNotFound');
export const immutableField = maker(66, 'ImmutableField');
export const cannotCreateIndex = maker(67, 'CannotCreateIndex');
export const invalidOptions = maker(72, 'InvalidOptions');
export const indexOptionsConflict = maker(85, 'IndexOptionsConflict');
export const indexKeySpecsConflict = maker(86, 'IndexKeySpecsConflict');
export const documentTooLarge = maker(10334, 'BSONObjectTooLarge');
export const changeStream = maker(40573, 'Location40573');

/** A command option that MongoDB does not have either: `unknownField('find', 'foo')`. */
export function unknownField(command: string, field: string): EngineError {
  return location(40415, `BSON field '${command}.${field}' is an unknown field.`);
}

/** A second document with the key of a unique index; both records go into the reply, as drivers expect. */
export function duplicateKey(
  message: string,
  keyPattern: Record<string, unknown>,
  keyValue: Record<string, unknown>,
): EngineError {
  return new EngineError(11000, 'DuplicateKey', message, { keyPattern, keyValue });
}
