/** Stable identifier of a failure, for callers that react to one in particular. */
export type EngineErrorCode =
  | 'not-a-folder'
  | 'not-a-repository'
  | 'git-missing'
  | 'git-limit'
  | 'git-refused'
  | 'index-absent'
  | 'index-busy'
  | 'index-read-only'
  | 'disk-full'
  | 'store-failed'
  | 'model-missing'
  | 'model-refused'
  | 'unknown-commit'
  | 'config-invalid'
  | 'not-published'
  | 'published-absent'
  | 'published-damaged'
  | 'published-unreachable'
  | 'platform-unsupported';

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A failure to show to the user: `message` says what happened, where, and what to do about it. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** Whether this is an {@link EngineError}, also one of another bundle of this package, whose classes are others. */
export const isEngineError = (error: unknown): error is EngineError =>
  error instanceof EngineError || (error instanceof Error && error.name === 'EngineError' && 'code' in error);
