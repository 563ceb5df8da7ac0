import ignore from 'ignore';

/** Patterns in .gitignore syntax over repository-relative paths. */
export interface Matcher {
  /** The pattern that decides; `undefined` if none matches, if a negated one does, or if the path is outside the repository. */
  match(path: string): string | undefined;
}

const MAX_STARS = 6;
const MAX_LENGTH = 1_000;

/**
 * Whether a pattern can be matched in reasonable time. Patterns become regular expressions, in which every `*` of a segment multiplies the steps a
 * hostile path takes. Refuses more than 6 `*` in a segment, more than 6 `**`, and more than 1,000 characters.
 */
export const isSafePattern = (pattern: string): boolean =>
  pattern.length <= MAX_LENGTH &&
  pattern.split('**').length - 1 <= MAX_STARS &&
  pattern.split('/').every((segment) => segment.replace(/\*{2,}/g, '*').split('*').length - 1 <= MAX_STARS);

/**
 * Compiles patterns, leaving out unsafe ones (see {@link isSafePattern}). As in .gitignore, a later pattern overrides an earlier one, except below a
 * folder that matched as a whole.
 */
export const createMatcher = (patterns: readonly string[]): Matcher => {
  const safe = patterns.filter(isSafePattern);
  if (safe.length === 0) return { match: () => undefined };
  const rules = ignore().add(safe);
  return { match: (path) => (ignore.isPathValid(path) ? rules.test(path).rule?.pattern : undefined) };
};
