import type { z } from 'zod';

/** An entry of a list that has no effect as a whole, and why. */
export interface UnusableEntry {
  readonly entry: readonly PropertyKey[];
  /** What completes "has no effect: ". */
  readonly because: string;
}

const startsWith = (path: readonly PropertyKey[], keys: readonly string[]): boolean => keys.every((key, at) => path[at] === key);

const plain = (message: string): string => message.replace(/^Invalid input: /, '').replace(/(?<![.?!])$/, '.');

/**
 * The entry that a mistake makes unusable: an override without its paths or its rules, and an allowed format with any mistake, because without the part
 * that is wrong it would allow more than what was meant. `undefined` where the default can take the place of what is wrong.
 */
export function unusableEntry({ path, code, message }: z.core.$ZodIssue): UnusableEntry | undefined {
  if (startsWith(path, ['overrides']) && path.length === 3 && (code === 'invalid_type' || code === 'too_small'))
    return { entry: path.slice(0, 2), because: 'it needs a list "paths" and a map "rules".' };
  if (!startsWith(path, ['identifiers', 'allow']) || path.length < 3) return undefined;
  const entry = path.slice(0, 3);
  const inner = path.slice(3).map(String).join('.');
  if (inner === 'reason') return { entry, because: 'it needs a "reason".' };
  return { entry, because: inner === '' ? plain(message) : `"${inner}" is not valid: ${plain(message)}` };
}
