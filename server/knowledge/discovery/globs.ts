import ignore from 'ignore';

/** Patterns in .gitignore syntax over repository-relative paths. */
export interface Matcher {
  /** The pattern that decides for this path; undefined where none matches, a negative one does, or the path is not inside the repository. */
  match(path: string): string | undefined;
}

const MAX_STARS = 6;
const MAX_LENGTH = 1_000;

/**
 * Whether a pattern can be matched in reasonable time. Patterns become regular expressions, and each further `*` within a segment multiplies the steps of
 * a hostile path: more than 6 of them, or 6 `**`, or 1,000 characters are refused.
 */
export const isSafePattern = (pattern: string): boolean =>
  pattern.length <= MAX_LENGTH &&
  pattern.split('**').length - 1 <= MAX_STARS &&
  pattern.split('/').every((segment) => segment.replace(/\*{2,}/g, '*').split('*').length - 1 <= MAX_STARS);

/** Compiles patterns; unsafe ones are left out (see {@link isSafePattern}). A later pattern wins over an earlier one. */
export const createMatcher = (patterns: readonly string[]): Matcher => {
  const safe = patterns.filter(isSafePattern);
  if (safe.length === 0) return { match: () => undefined };
  const rules = ignore().add(safe);
  return { match: (path) => (ignore.isPathValid(path) ? rules.test(path).rule?.pattern : undefined) };
};
