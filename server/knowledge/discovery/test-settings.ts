import { z } from 'zod';
import { MOST_PATTERNS, pattern } from './rule-settings.ts';

const MOST_SUITES = 100;
const MOST_TAGS = 100;
const LONGEST_COMMAND = 1_000;
const LONGEST_TAG = 100;

const suite = z.strictObject({
  globs: z
    .array(pattern)
    .max(MOST_PATTERNS)
    .default([])
    .describe('Files that are end-to-end tests, in addition to those that are found by their frameworks.'),
  exclude: z
    .array(pattern)
    .max(MOST_PATTERNS)
    .default([])
    .describe('Files that are no end-to-end tests, even if a framework or another entry takes them.'),
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
  .union([suite, z.array(suite).max(MOST_SUITES)], {
    error: 'use "globs", "exclude", "command" and "tags", or a list of such entries.',
  })
  .default([])
  .describe('End-to-end tests: one suite, or a list of them.');

/** What `lintel.yaml` says about end-to-end tests: an entry, or a list of them. */
export type TestsSetting = z.infer<typeof testsSetting>;

/** The suites that `lintel.yaml` names; one entry stands for a list of one. */
export const testSuites = (tests: TestsSetting): readonly z.infer<typeof suite>[] => (Array.isArray(tests) ? tests : [tests]);
