import { EngineError, messageOf } from '../model/errors.ts';

/** Why a store is unusable. The remedy is always to delete and rebuild it, because the store is a cache. */
export type UnusableState = 'absent' | 'damaged' | 'other-model' | 'other-schema';

/** The store must be rebuilt. `reason` completes the sentence "The index was rebuilt because ...". */
export class StoreUnusable extends EngineError {
  readonly state: UnusableState;
  readonly reason: string;
  constructor(state: UnusableState, reason: string, folder: string, options?: ErrorOptions) {
    super('store-failed', `The index in ${folder} cannot be used: ${reason}. It will be rebuilt.`, options);
    this.name = 'StoreUnusable';
    this.state = state;
    this.reason = reason;
  }
}

/** First line of the library's message, without its build paths. */
const summary = (error: unknown): string => {
  const [line = ''] = messageOf(error).split('\n');
  return line.replace(/,? ?\/(?:root|home|rustc|Users|github|usr)\S*\.rs:\d+(?::\d+)?/g, '').slice(0, 200);
};

const DISK_FULL =
  /no space left on device|os error 28\b|file too large|os error 27\b|EFBIG|ENOSPC|disk quota exceeded|os error 122\b|not enough space on the disk|os error 112\b/i;
const READ_ONLY = /permission denied|read-only file system|os error (?:13|30)\b|access is denied|\bE(?:ACCES|ROFS|PERM)\b/i;
/** File system errors for a path that cannot be a folder or file. LanceDB itself has no such codes. */
const NO_PLACE = new Set(['ENOTDIR', 'EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'ENOTEMPTY']);
/** LanceDB's messages about a query that it cannot parse: a bug of ours, not damage. It also says "Invalid user input" about much else. */
const QUERY_ERROR = /sql parser|error tokenizing|no field named|error during planning/i;

/** Whether another writer interfered, so that a retry can succeed. */
export const isConflict = (error: unknown): boolean => /retryable commit conflict|commit conflict|concurrent/i.test(messageOf(error));

/**
 * Translates an error of LanceDB or the file system. A full disk and a read-only folder have their own codes, a query that LanceDB rejects is
 * `store-failed`, and everything else (a Rust panic, a truncated file, a missing index) means damage.
 */
export function translate(error: unknown, folder: string): Error {
  if (error instanceof EngineError || (error instanceof DOMException && error.name === 'AbortError')) return error;
  const message = messageOf(error);
  if (DISK_FULL.test(message))
    return new EngineError(
      'disk-full',
      `The disk that holds the index (${folder}) is full. Free some space, or set LINTEL_INDEX to a folder elsewhere.`,
      {
        cause: error,
      },
    );
  if (READ_ONLY.test(message) || NO_PLACE.has((error as NodeJS.ErrnoException | null)?.code ?? ''))
    return new EngineError(
      'index-read-only',
      `The index folder ${folder} cannot be read or written. Change its permissions, or set LINTEL_INDEX to another folder.`,
      {
        cause: error,
      },
    );
  if (QUERY_ERROR.test(message))
    return new EngineError('store-failed', `The index in ${folder} did not accept a request: ${summary(error)}`, { cause: error });
  return new StoreUnusable('damaged', `its files are damaged (${summary(error)})`, folder, { cause: error });
}
