// The one error that may reach people. Everything else becomes 'unknown' with an id that is in the log.
import type { ErrorCode, ErrorParams, ErrorView } from '#shared/errors.ts';

export class AppError extends Error implements ErrorView {
  readonly code: ErrorCode;
  readonly params?: ErrorParams;

  constructor(code: ErrorCode, params?: ErrorParams, options?: ErrorOptions) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    if (params) this.params = params;
  }
}
