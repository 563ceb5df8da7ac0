import { expandBraces, hasFewAlternatives } from './braces.ts';
import { type Pattern, parsePattern, prefixesMatched } from './pattern.ts';

/** Patterns in .gitignore syntax over repository-relative paths. */
export interface Matcher {
  /** The pattern that decides; `undefined` if none matches, if a negated one does, or if the path is outside the repository. */
  match(path: string): string | undefined;
  /** The same with the difference between no pattern (`undefined`) and a negated one (`false`). A path that ends in `/` is a folder. */
  decide(path: string): boolean | undefined;
  /** Number of patterns that are not matched, because they are too long or too many. */
  readonly leftOut: number;
}

/** How patterns are read. */
export interface MatcherOptions {
  /** `{a,b}` means either, as in most tools but .gitignore and CODEOWNERS, where braces are characters. Default: false. */
  readonly braces?: boolean;
  /** Comparisons that a pattern may take for a path. Default: 10,000; a pattern that people write takes less than 500. */
  readonly steps?: number;
}

const MAX_LENGTH = 1_000;
/** Rules of one matcher. The largest .gitignore files that people write have some hundred lines. */
const MOST_RULES = 2_000;

/** Whether a pattern is short enough to be matched: up to 1,000 characters. Wildcards cost nothing extra. */
export const isSafePattern = (pattern: string): boolean => pattern.length <= MAX_LENGTH;

/** Why a pattern is not matched as it is written, in words that follow "This pattern"; `undefined` if it is. */
export const patternProblem = (pattern: string): string | undefined => {
  if (!isSafePattern(pattern)) return 'is longer than 1,000 characters';
  return hasFewAlternatives(pattern) ? undefined : 'has braces with more than 64 combinations';
};

/** True for a path from the root of the repository that does not lead out of it. */
export const isInside = (path: string): boolean => path !== '' && !/^(?:\.{0,2}\/|\.{1,2}$)/.test(path);

interface Rule {
  /** As written. */
  readonly written: string;
  readonly pattern: Pattern;
}

/**
 * Compiles patterns, leaving out those that are too long (see {@link isSafePattern}) and all after the 2,000th. As in .gitignore, a later pattern overrides
 * an earlier one, except below a folder that matched as a whole. Heeds no case. Time grows with the length of the patterns times that of the path, whatever
 * they are, and a pattern that takes too many steps does not match: libraries make regular expressions of patterns, and those backtrack, which is why this
 * matcher is our own.
 */
export const createMatcher = (patterns: readonly string[], { braces = false, steps = 10_000 }: MatcherOptions = {}): Matcher => {
  const rules: Rule[] = [];
  let leftOut = 0;
  for (const written of patterns) {
    if (!isSafePattern(written)) {
      leftOut += 1;
      continue;
    }
    for (const one of braces ? expandBraces(written) : [written]) {
      const pattern = parsePattern(one);
      if (pattern === undefined) continue;
      if (rules.length < MOST_RULES) rules.push({ written, pattern });
      else leftOut += 1;
    }
  }
  const deciding = (path: string): Rule | undefined => {
    if (rules.length === 0 || !isInside(path)) return undefined;
    const isFolder = path.endsWith('/');
    const segments = (isFolder ? path.slice(0, -1) : path).toLowerCase().split('/');
    // The last rule that matches each prefix of the path: the folders from the root, then the path itself.
    const last: (Rule | undefined)[] = [];
    for (const rule of rules) {
      const matched = prefixesMatched(rule.pattern, segments, { steps: 0, most: steps });
      if (matched === undefined) continue;
      for (let length = 1; length <= segments.length; length += 1) {
        if (!matched[length] || (rule.pattern.folderOnly && length === segments.length && !isFolder)) continue;
        last[length] = rule;
      }
    }
    for (let length = 1; length < segments.length; length += 1) {
      const rule = last[length];
      if (rule !== undefined && !rule.pattern.negated) return rule;
    }
    return last[segments.length];
  };
  return {
    leftOut,
    match: (path) => {
      const rule = deciding(path);
      return rule === undefined || rule.pattern.negated ? undefined : rule.written;
    },
    decide: (path) => {
      const rule = deciding(path);
      return rule === undefined ? undefined : !rule.pattern.negated;
    },
  };
};
