import { z } from 'zod';
import { MOST_PATTERNS, pattern } from './rule-settings.ts';

const MOST_SUITES = 100;
const MOST_TAGS = 100;
const LONGEST_COMMAND = 1_000;
const LONGEST_TAG = 100;
/** An absolute path, or one that climbs. */
const LEADS_OUT = /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/;

const patterns = z.array(pattern).max(MOST_PATTERNS).default([]);

const suite = z.strictObject({
  globs: patterns.describe('Files that are end-to-end tests, in addition to those that are found by their frameworks.'),
  exclude: patterns.describe('Files that are no end-to-end tests, even if a framework or another entry takes them.'),
  command: z
    .string()
    .trim()
    .min(1)
    .max(LONGEST_COMMAND)
    .optional()
    .describe('The command that runs tests of this suite. Default: the one of their framework.'),
  tags: z.array(z.string().trim().min(1).max(LONGEST_TAG)).max(MOST_TAGS).default([]).describe('Tags of all tests of this suite.'),
});

export const testsSetting = z
  .strictObject({
    ...suite.shape,
    suites: z.array(suite).max(MOST_SUITES).default([]).describe('Further suites, each with its files, command and tags.'),
    inert: patterns.describe('Files that cannot reach an end-to-end test: a change of them selects nothing.'),
    coverage: z
      .array(
        pattern.refine((written) => !LEADS_OUT.test(written), {
          error: 'Coverage must be inside the repository. "lintel tests select --coverage" takes others.',
        }),
      )
      .max(MOST_PATTERNS)
      .default([])
      .describe('Coverage of single end-to-end tests: files, folders and patterns. A spec that ran a changed line is selected.'),
    runs: z
      .strictObject({
        folder: z
          .string()
          .min(1)
          .max(1_000)
          .refine((folder) => !LEADS_OUT.test(folder), {
            error: 'The folder must be inside the repository. "lintel tests record --folder" takes others.',
          })
          .default('.lintel')
          .describe('Folder of test-runs.jsonl, the log of recorded runs, inside the repository.'),
      })
      .prefault({})
      .describe('Where runs of end-to-end tests are recorded.'),
    shadow: z
      .strictObject({
        runs: z.int().min(1).max(100_000).default(30).describe('Full runs with a selection before the gate opens.'),
        days: z.number().min(0).max(3_650).default(7).describe('Days from the first of these runs to the last.'),
        missed: z
          .number()
          .min(0)
          .max(100)
          .default(1)
          .describe('Percentage of the failures in these runs that the selection may have missed.'),
      })
      .prefault({})
      .describe('When the selection of end-to-end tests may decide what runs.'),
  })
  .prefault({})
  .describe('End-to-end tests and their selection.');

/** What `lintel.yaml` says about end-to-end tests. */
export type TestsSetting = z.infer<typeof testsSetting>;
/** One suite that `lintel.yaml` names. */
export type SuiteSetting = z.infer<typeof suite>;

/** The suites that `lintel.yaml` names: the one of `tests` itself, if it says anything, and those of its list. */
export const testSuites = ({ globs, exclude, command, tags, suites }: TestsSetting): readonly SuiteSetting[] => {
  const says = globs.length + exclude.length + tags.length > 0 || command !== undefined;
  return says ? [{ globs, exclude, ...(command === undefined ? {} : { command }), tags }, ...suites] : suites;
};
