import { z } from 'zod';
import type { Severity } from '../../model/finding.ts';
import { RULE_IDS } from '../../model/rule-ids.ts';
import { didYouMean } from '../../text/suggest.ts';
import { createMatcher, patternProblem } from './globs.ts';

/** What `lintel.yaml` can make of the findings of a rule. */
const LEVELS = ['off', 'hint', 'info', 'warning', 'error'] as const;

/** Every rule that is not named beside it. */
const EVERY_RULE = 'all';

/** The names that may stand under `rules:`. */
export const RULE_KEYS: readonly string[] = [EVERY_RULE, ...RULE_IDS];

const level = z.enum(LEVELS, {
  error: ({ input }) => `use off, hint, info, warning or error.${typeof input === 'string' ? didYouMean(input, LEVELS) : ''}`,
});

const rules = z
  .strictObject(Object.fromEntries(RULE_KEYS.map((name) => [name, level.optional()])))
  .describe('Severity by rule; "off" turns a rule off, "all" stands for every rule that is not named.');

/** Every pattern of a list is tried for every file. */
export const MOST_PATTERNS = 1_000;
/** More overrides are a mistake. */
const MOST_OVERRIDES = 200;

/** One pattern in .gitignore syntax. */
export const pattern = z
  .string()
  .min(1)
  .refine((text) => patternProblem(text) === undefined, { error: ({ input }) => `This pattern ${patternProblem(String(input))}.` })
  .meta({ description: 'A pattern in .gitignore syntax, relative to the root of the repository.' });

export const rulesSetting = rules.prefault({});

export const overridesSetting = z
  .array(
    z.strictObject({
      paths: z.array(pattern).min(1).max(MOST_PATTERNS).describe('Files that the rules below are set for.'),
      rules: rules,
    }),
  )
  .max(MOST_OVERRIDES)
  .default([])
  .describe('Severity by rule for some files. Of several overrides that match a file, the last one that sets a rule counts.');

/** The settings of rules in a configuration. */
export interface RuleSettings {
  readonly rules: z.infer<typeof rules>;
  readonly overrides: z.infer<typeof overridesSetting>;
}

/** What the configuration says of a rule in a file; `undefined` if it says nothing. */
export type LevelOf = (path: string, rule: string) => Severity | 'off' | undefined;

const compiled = new WeakMap<RuleSettings, LevelOf>();

/** The levels of a configuration. Overrides are stronger than `rules`, a later override than an earlier one, and within each the name of a rule than `all`. */
export function levelsOf(settings: RuleSettings): LevelOf {
  const known = compiled.get(settings);
  if (known) return known;
  const layers = settings.overrides
    .map(({ paths, rules: own }) => ({ matcher: createMatcher(paths, { braces: true }), rules: own }))
    .reverse();
  const levels: LevelOf = (path, rule) => {
    for (const layer of layers) {
      const set = layer.rules[rule] ?? layer.rules[EVERY_RULE];
      if (set !== undefined && layer.matcher.match(path) !== undefined) return set;
    }
    return settings.rules[rule] ?? settings.rules[EVERY_RULE];
  };
  compiled.set(settings, levels);
  return levels;
}
